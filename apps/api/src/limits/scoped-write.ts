import {
  isInScope,
  isLocated,
  type AccessScope,
  type Located,
  type NewAuditEntry,
  type Place,
  type WriteLimit,
} from '@cloudpam/audit';
import { contains, sameCidr } from '@cloudpam/cidr';
import { AccessError } from '@cloudpam/identity';
import { PoolError, poolNotFound, toldOfPool } from '@cloudpam/pools';
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

/**
 * Keeps a write inside an access scope: what it names must be seen, and all of its events must lie
 * in it, with the places before and after.
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
  async after<T>(given: unknown, events: readonly NewAuditEntry[], result: T): Promise<T> {
    const stores = given as Stores; // of the storage that the server runs on
    for (const { entityType, entityId, place, formerPlace } of events) {
      const places = [place, formerPlace].filter((each) => each !== null);
      const isInside =
        entityType === 'job'
          ? (await visibleTo(this.accessScope, stores).jobs.get(Number(entityId))) !== undefined
          : places.length > 0 &&
            places.every((each) => isLocated(each) && isInScope(this.accessScope, each));
      if (!isInside) throw outside();
    }
    await this.checkBelow(stores, events);
    return redactedFor(this.accessScope, stores, result);
  }

  /**
   * What lies right below a pool is changed with it: it gets another parent where the pool comes,
   * goes or moves, and another verdict where its rules change. No event tells of that.
   */
  private async checkBelow(stores: Stores, events: readonly NewAuditEntry[]): Promise<void> {
    const changes = events.flatMap((event) => changeBelow(event) ?? []);
    const now = new Map(
      (await stores.pools.getMany(changes.map(({ id }) => id))).map((pool) => [pool.id, pool]),
    );
    for (const { id, was, is, parentBefore, rules } of changes) {
      const stays = (place: Located): boolean =>
        was !== null &&
        is !== null &&
        was.kind === is.kind &&
        was.vrfId === is.vrfId &&
        contains(was.cidr, place.cidr) &&
        contains(is.cidr, place.cidr);
      const isChanged = (place: Located): boolean =>
        !isInScope(this.accessScope, place) && (rules || !stays(place));
      const parentId = parentBefore === undefined ? (now.get(id)?.parentId ?? null) : parentBefore;
      const below = is ? await stores.pools.childrenWithin(is.vrfId, id, [is.cidr]) : [];
      const left = was ? await stores.pools.childrenWithin(was.vrfId, parentId, [was.cidr]) : [];
      if ([...below, ...left].some((pool) => pool.id !== id && isChanged(pool))) throw outside();
    }
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

interface ChangeBelow {
  readonly id: number;
  /** Where the pool was and is; null where it was or is not there. */
  readonly was: Located | null;
  readonly is: Located | null;
  /** undefined when it is as now. */
  readonly parentBefore: number | null | undefined;
  /** Whether its rules have changed. */
  readonly rules: boolean;
}

/** What an event changes of what lies right below its pool; undefined for nothing. */
function changeBelow(event: NewAuditEntry): ChangeBelow | undefined {
  const { entityType, entityId, place, formerPlace } = event;
  if (entityType !== 'pool' || !place || !isLocated(place)) return undefined;
  const { before, after } = toldOfPool(event);
  const rules = before !== null && after !== null && ('rules' in before || 'rules' in after);
  const moved = !before || !after || 'parent_id' in after || isMoved(place, formerPlace);
  if (!moved && !rules) return undefined;
  const former = formerPlace && isLocated(formerPlace) ? formerPlace : place;
  return {
    id: Number(entityId),
    was: before && former,
    is: after && place,
    parentBefore: before?.parent_id,
    rules,
  };
}

/** Another account alone is no other place in the tree. */
function isMoved(place: Located, former: Place | null): boolean {
  return (
    former !== null &&
    isLocated(former) &&
    (place.vrfId !== former.vrfId ||
      place.kind !== former.kind ||
      !sameCidr(place.cidr, former.cidr))
  );
}

function outside(): AccessError {
  return new AccessError(
    'outside_limits',
    'This reaches beyond the accounts and pools that you are limited to; nothing was ' +
      'changed. Give new pools an account_id and a place that are within your limits.',
  );
}
