import type { paths, Schemas } from '@cloudpam/api-client';

/** What discovery says on the wire; see `wire.ts`. */
export type DiscoveryStatus = Schemas['DiscoveryStatus'];

export type DiscoveryState = DiscoveryStatus['items'][number];

/** How far one region of an account was read, with the cloud's own error where it was not. */
export type RegionCoverage = DiscoveryState['coverage'][number];

export type Coverage = RegionCoverage['coverage'];

/** What happens by itself with what is discovered. */
export type DiscoveryPolicy = DiscoveryStatus['policy'];

/** A VPC, subnet or range as the cloud reports it. */
export type Resource = Schemas['Resource'];

export type Network = Schemas['Network'];

export type Finding = Schemas['Finding'];

export type FindingType = Finding['type'];

/** Who ignored a finding, why, and until when. */
export type Dismissal = Schemas['Dismissal'];

/** What came, or would come, of a decision, a result for each resource. */
export type Decisions = Schemas['Decisions'];

export type DecisionResult = Decisions['results'][number];

/** What came, or would come, of giving a network another VRF. */
export type Isolation = Schemas['Isolation'];

export type Job = Schemas['Job'];

/** A collector in agent mode. */
export type Agent = Schemas['Agent'];

/** A decision about many resources at once. */
export type DecisionRequest = NonNullable<
  paths['/api/v1/discovery/decisions']['post']['requestBody']
>['content']['application/json'];

/** What a person can decide about a discovered resource. */
export type Decision = DecisionRequest['decision'];

/** Findings of resources; those of accounts, `unseen`, are not decided upon. */
export type ResourceFindingType = Exclude<FindingType, 'unseen'>;
