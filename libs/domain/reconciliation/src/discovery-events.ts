import {
  eventsOf,
  eventType,
  type Changed,
  type Created,
  type Deleted,
  type EventWriter,
  type Located,
  type Place,
} from '@cloudpam/audit';
import type { InterfaceCoverage } from '@cloudpam/pools';
import type { DiscoveredResource, Dismissals, Management, Overlap } from './inventory';
import type { JobCounts, JobStatus } from './job';
import type { Coverage } from './snapshot';

/** What a person has decided about a resource. */
export type DecisionFacts = {
  readonly management: Management;
  readonly overlap_status: Overlap;
  readonly ignored: Dismissals;
};

/** Without the lease, which is a secret, and without what an agent reports on its way. */
export type JobFacts = {
  readonly status: JobStatus;
  /** The agent that has taken it; null before that. */
  readonly instance: string | null;
  readonly attempt: number;
  readonly error: string | null;
  readonly counts: { readonly [Name in keyof JobCounts]: JobCounts[Name] } | null;
};

const decided = eventType<Changed<DecisionFacts>, Located>;
const worked = eventType<Changed<JobFacts>, Place>;

/** All that happens to the inventory, its scopes and the jobs; pools have their own, see `POOL_EVENTS`. */
export const DISCOVERY_EVENTS = {
  'resource.reject': decided(),
  'resource.ignore': decided(),
  'resource.restore': decided(),
  'resource.release': eventType<Deleted<{ readonly external_id: string }>, Located>(),
  'network.isolate': eventType<Changed<{ readonly vrf_id: number }>, Place>(),
  /** How many rows of the inventory a snapshot has made other than before. */
  'scope.inventory': eventType<
    Created<{
      readonly networks_added: number;
      readonly resources_added: number;
      readonly resources_changed: number;
      readonly resources_gone: number;
    }>,
    Place
  >(),
  /** How many observed addresses a snapshot has made other than before. */
  'scope.addresses': eventType<
    Created<{
      readonly addresses_added: number;
      readonly addresses_changed: number;
      readonly addresses_gone: number;
    }>,
    Place
  >(),
  /** How far interfaces were listed, where that is other than before. */
  'scope.interfaces': eventType<
    Changed<{ readonly coverage: InterfaceCoverage; readonly error: string | null }>,
    Place
  >(),
  /** Addresses that were gone for long enough are no longer held. */
  'scope.release_addresses': eventType<Deleted<{ readonly count: number }>>(),
  'scope.coverage': eventType<
    {
      readonly before: { readonly coverage: Coverage } | null;
      readonly after: { readonly coverage: Coverage; readonly error: string | null };
    },
    Place
  >(),
  'job.request': eventType<Created<{ readonly account: string }>, Place>(),
  'job.schedule': eventType<Created<{ readonly account: string | null }>, Place>(),
  'job.cancel': worked(),
  'job.claim': worked(),
  'job.finish': worked(),
  'job.hand_back': worked(),
  'job.fail': worked(),
  'job.purge': eventType<Deleted<{ readonly count: number }>>(),
};

/** Writes the events of the inventory and of jobs. */
export const discoveryEvent: EventWriter<typeof DISCOVERY_EVENTS> = eventsOf(DISCOVERY_EVENTS);

/** Where the events of a resource happen. */
export function placeOfResource({ accountId, vrfId, cidr, kind }: DiscoveredResource): Located {
  return { accountId, vrfId, cidr, kind };
}
