import {
  isInScope,
  type Located,
  type NewAuditEntry,
  type AccessScope,
  type WriteLimit,
} from '@cloudpam/audit';
import { contains, formatCidr, parseCidr } from '@cloudpam/cidr';
import { AccessError } from '@cloudpam/identity';
import { PoolError, poolNotFound } from '@cloudpam/pools';
import { DiscoveryError } from '@cloudpam/reconciliation';
import type { Stores } from '../storage/storage';
import { visibleTo, type VisibleStores } from './visible-stores';
import { redactedFor } from './redacted-for';

/** What a write names: for someone with limits all of it must be in their access scope. */
export interface WriteTargets {
  readonly pools?: readonly number[];
  readonly resources?: readonly number[];
  readonly jobs?: readonly number[];
  readonly accounts?: readonly number[];
  /** What fields of the body name, as on the wire. */
  readonly named?: readonly {
    readonly parent_id?: number | null;
    readonly account_id?: number | null;
    readonly vlan_id?: number | null;
    readonly vrf_id?: number;
  }[];
}

/** Fields of a pool that decide about what lies right below it. */
const CHANGES_BELOW = ['cidr', 'vrf_id', 'kind', 'parent_id', 'rules'];

type Facts = NonNullable<NewAuditEntry['diff']['before']>;

/**
 * Keeps a write inside an access scope: what it names must be seen, and all that it told the audit log must
 * lie in it, before and after.
 */
export class ScopedWrite implements WriteLimit {
  constructor(
    private readonly accessScope: AccessScope,
    private readonly targets: WriteTargets,
  ) {}

  /** @throws PoolError, DiscoveryError not found, as for what does not exist */
  async before(stores: unknown): Promise<void> {
    const seen = visibleTo(this.accessScope, stores as Stores); // of the storage that the server runs on
    const { pools = [], resources = [], jobs = [], accounts = [], named = [] } = this.targets;
    const known = new Set((await seen.pools.getMany(pools)).map((pool) => pool.id));
    for (const id of pools) if (!known.has(id)) throw poolNotFound(id);
    for (const id of resources)
      if (!(await seen.discovery.resource(id)))
        throw new DiscoveryError('resource_not_found', `There is no discovered resource ${id}.`);
    for (const id of jobs)
      if (!(await seen.jobs.get(id)))
        throw new DiscoveryError('job_not_found', `There is no job ${id}.`);
    await this.checkAccounts(seen, [
      ...new Set([...accounts, ...named.flatMap((body) => body.account_id ?? [])]),
    ]);
    const parents = new Set(named.flatMap((body) => body.parent_id ?? []));
    const knownParents = new Set((await seen.pools.getMany([...parents])).map((pool) => pool.id));
    for (const id of parents)
      if (!knownParents.has(id))
        throw new PoolError('pool_not_found', `There is no pool ${id}.`, { field: 'parent_id' });
    for (const id of new Set(named.flatMap((body) => body.vrf_id ?? []))) {
      if (!(await seen.vrfs.get(id)))
        throw new PoolError('vrf_not_found', `There is no VRF ${id}.`, { field: 'vrf_id' });
    }
    for (const id of new Set(named.flatMap((body) => body.vlan_id ?? []))) {
      if (!(await seen.vlans.get(id)))
        throw new PoolError('vlan_not_found', `There is no VLAN ${id}.`, { field: 'vlan_id' });
    }
  }

  /** @throws AccessError `outside_limits` */
  async after<T>(given: unknown, entries: readonly NewAuditEntry[], result: T): Promise<T> {
    const stores = given as Stores; // of the storage that the server runs on
    const changed = entries
      .filter(({ entityType, diff }) => entityType === 'pool' && diff.before && diff.after)
      .map(({ entityId }) => Number(entityId));
    const pools = new Map(
      (await stores.pools.getMany([...new Set(changed)])).map((pool) => [pool.id, pool]),
    );
    for (const { entityType, entityId, diff } of entries) {
      const id = Number(entityId);
      if (entityType === 'pool') {
        const pool = pools.get(id);
        const facts = pool && {
          parent_id: pool.parentId,
          account_id: pool.accountId,
          vrf_id: pool.vrfId,
          cidr: formatCidr(pool.cidr),
          kind: pool.kind,
        };
        this.check(diff.before && placeOf({ ...facts, ...diff.before }));
        this.check(diff.after && placeOf({ ...facts, ...diff.after }));
        await this.checkBelow(stores, id, diff, facts);
      } else if (entityType === 'resource')
        this.check((await stores.discovery.resource(id)) ?? null);
      else if (entityType !== 'job' || !(await visibleTo(this.accessScope, stores).jobs.get(id)))
        throw outside();
    }
    return redactedFor(this.accessScope, stores, result);
  }

  /**
   * What lies right below a pool is changed with it: it gets another parent where the pool comes,
   * goes or moves, and another verdict where its rules change. No entry tells of that.
   */
  private async checkBelow(
    stores: Stores,
    id: number,
    { before, after }: NewAuditEntry['diff'],
    now: Facts | undefined,
  ): Promise<void> {
    if (before && after && !CHANGES_BELOW.some((field) => field in before || field in after))
      return;
    const [was, is] = [
      before && placeOf({ ...now, ...before }),
      after && placeOf({ ...now, ...after }),
    ];
    const stays = (place: Located): boolean =>
      was !== null &&
      is !== null &&
      was.kind === is.kind &&
      was.vrfId === is.vrfId &&
      contains(was.cidr, place.cidr) &&
      contains(is.cidr, place.cidr);
    const rules = before !== null && after !== null && ('rules' in before || 'rules' in after);
    const isChanged = (place: Located): boolean =>
      !isInScope(this.accessScope, place) && (rules || !stays(place));
    const parentOf = (facts: Facts): number | null =>
      typeof facts['parent_id'] === 'number' ? facts['parent_id'] : null;
    const below = is ? await stores.pools.childrenWithin(is.vrfId, id, [is.cidr]) : [];
    const left =
      was && before
        ? await stores.pools.childrenWithin(was.vrfId, parentOf({ ...now, ...before }), [was.cidr])
        : [];
    if ([...below, ...left].some((pool) => pool.id !== id && isChanged(pool))) throw outside();
  }

  private check(place: Located | null): void {
    if (place && !isInScope(this.accessScope, place)) throw outside();
  }

  private async checkAccounts(seen: VisibleStores, ids: readonly number[]): Promise<void> {
    const known = new Set((await seen.accounts.getMany(ids)).map((account) => account.id));
    for (const id of ids)
      if (!known.has(id))
        throw new PoolError('account_not_found', `There is no account ${id}.`, {
          field: 'account_id',
        });
  }
}

/** Where the audit log says that a pool was or is. */
function placeOf({ account_id: accountId, vrf_id: vrfId, cidr, kind }: Facts): Located {
  return {
    accountId: typeof accountId === 'number' ? accountId : null,
    vrfId: Number(vrfId),
    kind: String(kind),
    cidr: parseCidr(String(cidr)),
  };
}

function outside(): AccessError {
  return new AccessError(
    'outside_limits',
    'This reaches beyond the accounts and pools that you are limited to; nothing was ' +
      'changed. Give new pools an account_id and a place that are within your limits.',
  );
}
