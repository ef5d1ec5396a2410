import type { Tags } from './wire';

/** What discovery says on the wire; see `wire.ts`. */
export type Coverage = 'complete' | 'partial' | 'failed';
export type FindingType = 'overlap' | 'drift' | 'orphan' | 'unmanaged';
export type Management = 'managed' | 'unmanaged' | 'ignored' | 'pending';
export type OverlapStatus = 'overlapping' | 'nonoverlapping' | 'ignored';

/** How far one region of an account was read, with the cloud's own error where it was not. */
export interface RegionCoverage {
  readonly region: string;
  readonly coverage: Coverage;
  readonly collected_at: string | null;
  readonly complete_at: string | null;
  readonly error_code: string | null;
  readonly error_msg: string | null;
  readonly vpc_count: number;
  readonly subnet_count: number;
}

export interface DiscoveryState {
  readonly account_id: number;
  readonly account_key: string;
  readonly account_name: string;
  readonly provider: string;
  readonly last_run_at: string | null;
  readonly status: Coverage;
  readonly vpc_count: number;
  readonly subnet_count: number;
  readonly error_msg: string | null;
  readonly coverage: readonly RegionCoverage[];
}

export interface DiscoveryStatus {
  readonly items: readonly DiscoveryState[];
  readonly findings: Readonly<Record<FindingType, number>>;
  readonly policy: string;
}

/** A VPC, subnet or range as the cloud reports it. */
export interface Resource {
  readonly id: number;
  readonly network_id: number;
  readonly network_external_id: string;
  readonly vrf_id: number;
  readonly account_id: number;
  readonly account_key: string;
  readonly provider: string;
  readonly region: string;
  readonly zone_id: string | null;
  readonly kind: string;
  readonly external_id: string;
  readonly name: string;
  readonly cidr: string;
  readonly tags: Tags;
  readonly pool_id: number | null;
  readonly management: Management;
  readonly management_reason: string | null;
  readonly overlap_status: OverlapStatus;
  readonly overlap_reason: string | null;
  readonly sync_status: 'synced' | 'drift' | 'orphaned' | null;
  readonly sync_reason: string | null;
  readonly explained_by: number | string | null;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
}

export interface Network {
  readonly id: number;
  readonly account_id: number;
  readonly account_key: string;
  readonly provider: string;
  readonly region: string;
  readonly external_id: string;
  readonly name: string;
  readonly is_default: boolean;
  readonly vrf_id: number;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
}

export interface Finding {
  readonly id: string;
  readonly type: FindingType;
  readonly status: 'open' | 'ignored';
  readonly reason: string;
  readonly resource: Resource;
}
