import type { Schemas } from '@cloudpam/api-client';

/** What discovery says on the wire; see `wire.ts`. */
export type Coverage = 'complete' | 'partial' | 'failed';
export type FindingType = 'overlap' | 'drift' | 'orphan' | 'unmanaged';
export type Management = 'managed' | 'unmanaged' | 'ignored' | 'pending';
export type OverlapStatus = 'overlapping' | 'nonoverlapping' | 'ignored';

/** How far one region of an account was read, with the cloud's own error where it was not. */
export type RegionCoverage = DiscoveryState['coverage'][number];

export type DiscoveryState = Schemas['DiscoveryStatus']['items'][number];

export type DiscoveryStatus = Schemas['DiscoveryStatus'];

/** A VPC, subnet or range as the cloud reports it. */
export type Resource = Schemas['Resource'];

export type Network = Schemas['Network'];

export type Finding = Schemas['Finding'];
