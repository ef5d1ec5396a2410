import type { AccessScope } from '@cloudpam/audit';
import type { Stores } from '../storage/storage';
import { never, type EntityAccess } from './entities/entity-access';
import type { AnyEvent } from './event-types';
import { ADDRESS_ACCESS } from './entities/address-access';
import { JOB_ACCESS } from './entities/job-access';
import { POOL_ACCESS } from './entities/pool-access';
import { RANGE_ACCESS } from './entities/range-access';
import { RECORD_ACCESS } from './entities/record-access';
import { RESOURCE_ACCESS } from './entities/resource-access';
import { visibleAddresses } from './visible/visible-addresses';
import { visibleAudit } from './visible/visible-audit';
import { visibleDiscovery } from './visible/visible-discovery';
import { visibleAgents, visibleJobs } from './visible/visible-jobs';
import { visibleMismatches, visibleObserved } from './visible/visible-observed';
import { visiblePools } from './visible/visible-pools';
import { visibleRanges } from './visible/visible-ranges';
import { visibleRecommendations } from './visible/visible-recommendations';
import { VISIBLE_RECORDS } from './visible/visible-records';
import { visibleWebhooks } from './visible/visible-webhooks';
import { visibleEstate, visibleForecasts, visibleUsage } from './visible/visible-usage';

/** What events are about. */
export type EntityType = AnyEvent extends infer Type
  ? Type extends `${infer Entity}.${string}`
    ? Entity
    : never
  : never;

/** What nobody with limits names or changes. */
const CLOSED: EntityAccess = { mayCause: never };

/**
 * How each type of entity is kept to an access scope: the one registration that writes, their
 * answers and their events go through; reads go through `VISIBLE`. An entity with
 * events that is missing here does not compile.
 */
export const ENTITIES: { readonly [Entity in EntityType]: EntityAccess } = {
  pool: POOL_ACCESS,
  address: ADDRESS_ACCESS,
  range: RANGE_ACCESS,
  resource: RESOURCE_ACCESS,
  ...RECORD_ACCESS,
  job: JOB_ACCESS,
  network: CLOSED,
  finding: CLOSED,
  lease: CLOSED,
  scope: CLOSED,
  token: CLOSED,
  user: CLOSED,
  import_map: CLOSED,
  webhook: CLOSED,
  digest: CLOSED,
};

/** Nothing of a store is for callers with limits, and no route reads it in their name. */
const HIDDEN = undefined;

/**
 * How each store is kept to an access scope: the one registration that reads go through. A store of
 * the bag that is missing here does not compile.
 */
export const VISIBLE = {
  pools: visiblePools,
  addresses: visibleAddresses,
  ranges: visibleRanges,
  discovery: visibleDiscovery,
  observed: visibleObserved,
  mismatches: visibleMismatches,
  ...VISIBLE_RECORDS,
  jobs: visibleJobs,
  agents: visibleAgents,
  audit: visibleAudit,
  usage: visibleUsage,
  forecasts: visibleForecasts,
  estate: visibleEstate,
  recommendations: visibleRecommendations,
  answers: HIDDEN,
  seals: HIDDEN,
  subscribers: HIDDEN,
  tokens: HIDDEN,
  users: HIDDEN,
  sessions: HIDDEN,
  attempts: HIDDEN,
  loginCounts: HIDDEN,
  parts: HIDDEN,
  told: HIDDEN,
  savedMaps: HIDDEN,
  digests: HIDDEN,
  webhooks: visibleWebhooks,
  deliveries: HIDDEN,
} as const satisfies {
  readonly [Name in keyof Stores]:
    ((stores: Stores, accessScope: AccessScope) => Partial<Stores[Name]>) | typeof HIDDEN;
};
