import { contains, formatCidr, sameCidr } from '@cloudpam/cidr';
import { scopeRegion } from '@cloudpam/clouds';
import type { Change } from '@cloudpam/audit';
import type { DiscoveredResource, Network } from './inventory';
import { networkKey, type Owner, type Owners } from './owners';
import type { ReconciliationStores } from './reconciliation-stores';
import type { ScopeSnapshot, SeenResource } from './snapshot';

export interface Inventory {
  /** Seen for the first time, stored without a pool yet. */
  readonly added: readonly DiscoveredResource[];
  /** Known, and seen with other attributes; stored. */
  readonly changed: readonly {
    readonly before: DiscoveredResource;
    readonly after: DiscoveredResource;
  }[];
  /** Known and as before, those of `unpooled` among them. */
  readonly unchanged: readonly DiscoveredResource[];
  /** Known, changed or not, and still without a pool: what was in the way may have gone. */
  readonly unpooled: readonly DiscoveredResource[];
  /** Not in a complete listing of their own scope any more. */
  readonly gone: readonly DiscoveredResource[];
}

/**
 * Compares a listing with what is known, and stores what is new or changed about the resources
 * themselves.
 */
export async function takeInventory(
  stores: ReconciliationStores,
  change: Change,
  snapshot: ScopeSnapshot,
  own: Owner,
  owners: Owners,
  networks: ReadonlyMap<string, Network>,
): Promise<Inventory> {
  const seen = await attribute(snapshot, own, owners);
  const ofScope = await stores.discovery.resourcesOfScope(own.scope.id);
  const elsewhere = seen.filter(({ owner }) => owner.scope.id !== own.scope.id);
  const foreign =
    elsewhere.length === 0
      ? []
      : await stores.discovery.resourcesByExternalId(
          [...new Set(elsewhere.map(({ owner }) => owner.scope.id))],
          [...new Set(elsewhere.map(({ resource }) => resource.externalId))],
        );
  const known = new Map(
    [...ofScope, ...foreign].map((each) => [
      identity(each.scopeId, each.externalId, formatCidr(each.cidr)),
      each,
    ]),
  );

  const fresh: { resource: SeenResource; owner: Owner; network: Network }[] = [];
  const changed: { before: DiscoveredResource; after: DiscoveredResource }[] = [];
  const unpooled: DiscoveredResource[] = [];
  const unchanged: DiscoveredResource[] = [];
  const recounted: DiscoveredResource[] = [];
  const met = new Set<number>();
  const seenKeys = new Set(
    seen.map(({ resource, owner }) =>
      identity(owner.scope.id, resource.externalId, formatCidr(resource.cidr)),
    ),
  );
  const unseen = new Map<string, DiscoveredResource[]>();
  for (const each of ofScope) {
    if (seenKeys.has(identity(each.scopeId, each.externalId, formatCidr(each.cidr)))) continue;
    unseen.set(each.externalId, [...(unseen.get(each.externalId) ?? []), each]);
  }
  for (const { resource, owner } of seen) {
    const network = networks.get(networkKey(resource.ownerAccount, resource.networkExternalId));
    const before =
      known.get(identity(owner.scope.id, resource.externalId, formatCidr(resource.cidr))) ??
      unseen
        .get(resource.externalId)
        ?.find((each) => !met.has(each.id) && isResized(each, resource, owner));
    if (!network || (before && met.has(before.id))) continue;
    if (!before) {
      // An owner's complete listing from after this one, without the resource, knows better.
      const refuted =
        owner.scope.id !== own.scope.id &&
        owner.scope.completeAt !== null &&
        owner.scope.completeAt >= snapshot.collectedAt;
      if (!refuted) fresh.push({ resource, owner, network });
      continue;
    }
    met.add(before.id);
    // Where the owner's own scope is listed, its word counts; a participant of a shared VPC only
    // repeats it.
    const authority =
      owner.scope.id === own.scope.id ||
      (owner.scope.completeAt === null && owner.scope.coverage === 'failed');
    const counted = authority ? withCount(before, resource) : before;
    const after = authority ? updated(counted, resource, network, change) : before;
    if (authority && after.poolId === null) unpooled.push(after);
    if (after === counted) {
      unchanged.push(counted);
      if (counted !== before) recounted.push(counted);
    } else changed.push({ before, after });
  }
  const gone = snapshot.coverage === 'complete' ? ofScope.filter((each) => !met.has(each.id)) : [];
  const added = await insert(stores, change, fresh);
  await stores.discovery.saveResources(changed.map(({ after }) => after));
  await stores.discovery.setFreeHosts(recounted);
  return { added, changed, unchanged, unpooled, gone };
}

/** Finds the owner's scope of everything seen, once for each cloud id and CIDR. */
async function attribute(
  snapshot: ScopeSnapshot,
  own: Owner,
  owners: Owners,
): Promise<{ resource: SeenResource; owner: Owner }[]> {
  const result: { resource: SeenResource; owner: Owner }[] = [];
  const met = new Set<string>();
  for (const resource of snapshot.resources) {
    const mine = resource.ownerAccount === snapshot.account;
    const owner = mine
      ? own
      : await owners.scope(resource.ownerAccount, scopeRegion(snapshot.provider, resource.region));
    const key = identity(owner.scope.id, resource.externalId, formatCidr(resource.cidr));
    if (met.has(key)) continue;
    met.add(key);
    result.push({ resource, owner });
  }
  return result;
}

async function insert(
  stores: ReconciliationStores,
  change: Change,
  fresh: readonly { resource: SeenResource; owner: Owner; network: Network }[],
): Promise<DiscoveredResource[]> {
  const wanted = fresh.filter(({ owner, network }) => network.accountId === owner.account.id);
  const ids = await stores.discovery.reserveResourceIds(wanted.length);
  const added = wanted.map(({ resource, owner, network }, index): DiscoveredResource => ({
    id: ids[index] ?? 0,
    networkId: network.id,
    vrfId: network.vrfId,
    scopeId: owner.scope.id,
    accountId: owner.account.id,
    provider: network.provider,
    region: resource.region,
    kind: resource.kind,
    externalId: resource.externalId,
    networkExternalId: resource.networkExternalId,
    zoneId: resource.zoneId,
    name: resource.name,
    cidr: resource.cidr,
    freeHosts: resource.freeHosts ?? null,
    tags: resource.tags,
    poolId: null,
    management: 'unmanaged',
    managementReason: 'not looked at yet',
    overlap: 'nonoverlapping',
    overlapReason: '',
    explainedBy: null,
    sync: 'synced',
    syncReason: '',
    orphanedAt: null,
    outpost: resource.outpost ?? null,
    conflict: '',
    compliance: '',
    dismissals: {},
    firstSeenAt: change.at,
    lastSeenAt: change.at,
  }));
  await stores.discovery.insertResources(added);
  return added;
}

/** The resource with what the cloud counts in it now; the very same object when that is as before. */
function withCount(before: DiscoveredResource, seen: SeenResource): DiscoveredResource {
  const freeHosts = seen.freeHosts ?? null;
  return freeHosts === before.freeHosts ? before : { ...before, freeHosts };
}

/** The resource as seen now; the very same object when nothing about it changed. */
function updated(
  before: DiscoveredResource,
  seen: SeenResource,
  network: Network,
  change: Change,
): DiscoveredResource {
  const same =
    before.name === seen.name &&
    before.zoneId === seen.zoneId &&
    before.outpost === (seen.outpost ?? null) &&
    before.kind === seen.kind &&
    before.region === seen.region &&
    sameCidr(before.cidr, seen.cidr) &&
    before.networkId === network.id &&
    before.sync !== 'orphaned' &&
    sameTags(before.tags, seen.tags);
  if (same) return before;
  return {
    ...before,
    cidr: seen.cidr,
    name: seen.name,
    zoneId: seen.zoneId,
    outpost: seen.outpost ?? null,
    kind: seen.kind,
    region: seen.region,
    networkId: network.id,
    vrfId: network.vrfId,
    networkExternalId: seen.networkExternalId,
    tags: seen.tags,
    sync: before.sync === 'orphaned' ? 'synced' : before.sync,
    syncReason: before.sync === 'orphaned' ? '' : before.syncReason,
    orphanedAt: null,
    lastSeenAt: change.at,
  };
}

/** A GCP subnet can be expanded: the same cloud id, and a CIDR around the one it had. */
function isResized(before: DiscoveredResource, seen: SeenResource, owner: Owner): boolean {
  return (
    before.scopeId === owner.scope.id &&
    before.kind === seen.kind &&
    contains(seen.cidr, before.cidr)
  );
}

function sameTags(a: DiscoveredResource['tags'], b: DiscoveredResource['tags']): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

function identity(scopeId: number, externalId: string, cidr: string): string {
  return `${scopeId} ${externalId} ${cidr}`;
}
