import {
  diffOf,
  eventsOf,
  eventType,
  type Change,
  type Changed,
  type Created,
  type Deleted,
  type EventType,
  type Located,
  type NewAuditEntry,
} from '@cloudpam/audit';
import { formatCidr } from '@cloudpam/cidr';
import type { Pool, PoolKind, PoolSource, PoolStatus, SyncStatus, Tags } from './pool';

/** A pool's own facts as its events tell them, in version 1. */
export type PoolFacts = {
  readonly cidr: string;
  readonly vrf_id: number;
  readonly parent_id: number | null;
  readonly name: string;
  readonly kind: PoolKind;
  readonly status: PoolStatus;
  readonly source: PoolSource;
  readonly account_id: number | null;
  readonly external_id: string | null;
  readonly external_vpc: string | null;
  readonly region: string | null;
  readonly sync_status: SyncStatus | null;
  readonly description: string;
  readonly tags: Tags;
  readonly vlan_id: number | null;
  /** ISO 8601 */
  readonly expires_at: string | null;
  /** The live key, where the pool has one. */
  readonly key?: string | null;
  /** Where the pool has them. */
  readonly rules?: {
    readonly min_prefix_length: number | null;
    readonly max_prefix_length: number | null;
    readonly default_prefix_length: number | null;
    readonly required_tags: readonly string[];
    /** Where there are any. */
    readonly quarantine_days?: number | null;
  } | null;
};

const made = eventType<Created<PoolFacts>, Located>;
const changed = eventType<Changed<PoolFacts>, Located>;

/** All that happens to pools; that of discovery too. */
export const POOL_EVENTS = {
  'pool.create': made(),
  'pool.allocate': made(),
  'pool.split': made(),
  'pool.merge': made(),
  'pool.import': made(),
  'pool.update': changed(),
  'pool.move': changed(),
  'pool.link': changed(),
  'pool.replace': changed(),
  'pool.sync': changed(),
  'pool.orphan': changed(),
  'pool.adopt': changed(),
  'pool.delete': eventType<Deleted<PoolFacts>, Located>(),
};

type TypesOf<Declared extends EventType> = {
  [Type in keyof typeof POOL_EVENTS]: (typeof POOL_EVENTS)[Type] extends Declared ? Type : never;
}[keyof typeof POOL_EVENTS];

const poolEvent = eventsOf(POOL_EVENTS);

/** The event that a pool was made, in one of the ways. */
export function poolMade(
  change: Change,
  type: TypesOf<ReturnType<typeof made>>,
  pool: Pool,
): NewAuditEntry {
  return poolEvent(change, type, pool.id, {
    before: null,
    after: poolFacts(pool),
    place: placeOf(pool),
  });
}

/** The event that a pool was changed, in one of the ways; none where its facts are as before. */
export function poolChanged(
  change: Change,
  type: TypesOf<ReturnType<typeof changed>>,
  before: Pool,
  after: Pool,
): readonly NewAuditEntry[] {
  const diff = diffOf(poolFacts(before), poolFacts(after));
  const [place, formerPlace] = [placeOf(after), placeOf(before)];
  return diff ? [poolEvent(change, type, before.id, { ...diff, place, formerPlace })] : [];
}

/** The event that a pool ends. It is told before the pool goes, so that handlers find what it has. */
export function poolDeleted(change: Change, pool: Pool): NewAuditEntry {
  return poolEvent(change, 'pool.delete', pool.id, {
    before: poolFacts(pool),
    after: null,
    place: placeOf(pool),
  });
}

function placeOf({ accountId, vrfId, cidr, kind }: Pool): Located {
  return { accountId, vrfId, cidr, kind };
}

/** The pool's own facts as its events tell them. */
export function poolFacts(pool: Pool): PoolFacts {
  return {
    cidr: formatCidr(pool.cidr),
    vrf_id: pool.vrfId,
    parent_id: pool.parentId,
    name: pool.name,
    kind: pool.kind,
    status: pool.status,
    source: pool.source,
    account_id: pool.accountId,
    external_id: pool.externalId,
    external_vpc: pool.externalVpc,
    region: pool.region,
    sync_status: pool.syncStatus,
    description: pool.description,
    tags: pool.tags,
    vlan_id: pool.vlanId,
    expires_at: pool.expiresAt?.toISOString() ?? null,
    ...(pool.liveKey && { key: pool.liveKey.key }),
    ...(pool.rules && {
      rules: {
        min_prefix_length: pool.rules.minPrefixLength,
        max_prefix_length: pool.rules.maxPrefixLength,
        default_prefix_length: pool.rules.defaultPrefixLength,
        required_tags: pool.rules.requiredTags,
        ...((pool.rules.quarantineDays ?? null) !== null && {
          quarantine_days: pool.rules.quarantineDays,
        }),
      },
    }),
  };
}
