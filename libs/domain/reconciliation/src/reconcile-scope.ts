import { placeOfAccount, type Change, type NewAuditEntry } from '@cloudpam/audit';
import { formatCidr } from '@cloudpam/cidr';
import type { DiscoveryPolicy } from '@cloudpam/pools';
import { discoveryEvent } from './discovery-events';
import type { DiscoveredResource, Network } from './inventory';
import { keepToPlan } from './keep-to-plan';
import { orphanPools } from './orphan-pools';
import type { Owner, Owners } from './owners';
import { poolResources } from './pool-resources';
import type { ReconciliationStores } from './reconciliation-stores';
import { refreshPools } from './refresh-pools';
import { saveNetworks } from './save-networks';
import type { ScopeSnapshot } from './snapshot';
import { takeAddresses } from './take-addresses';
import { takeInventory, type Inventory } from './take-inventory';

/** What a snapshot changed, or in a dry run would change. */
export interface ApplyResult {
  /** Pools created, or linked to a resource for the first time. */
  readonly imported: number;
  readonly updated: number;
  readonly orphaned: number;
  readonly unchanged: number;
  /** Resources that overlap another network's space. */
  readonly conflicts: number;
}

/**
 * Brings inventory and pools to what was seen of a scope: networks, then resources, then the pools
 * that follow from them by policy, and last the pools that are
 * left without a resource.
 */
export async function reconcileScope(
  stores: ReconciliationStores,
  change: Change,
  snapshot: ScopeSnapshot,
  policy: DiscoveryPolicy,
  own: Owner,
  owners: Owners,
): Promise<ApplyResult> {
  const networks = await saveNetworks(stores, change, snapshot, own, owners);
  const inventory = await takeInventory(stores, change, snapshot, own, owners, networks);
  const addresses = await takeAddresses(stores, change, snapshot, own, networks);
  // What drifted may have been put right by a person, with nothing new in the cloud.
  const drifted = inventory.unchanged
    .filter((each) => each.sync === 'drift')
    .map((each) => ({ before: each, after: each }));
  const refreshed = await refreshPools(stores, change, [...inventory.changed, ...drifted]);
  const vacated = new Set(inventory.gone.flatMap((each) => each.poolId ?? []));
  const pooled = await poolResources(
    stores,
    change,
    [...inventory.added, ...inventory.unpooled, ...(await inPlaceOf(stores, inventory))],
    policy,
    { vacated },
  );
  const gone = inventory.gone.filter(
    (each) => each.poolId === null || !pooled.takenOver.has(each.poolId),
  );
  const orphaned = await orphanPools(stores, change, gone);
  await touchUnchanged(
    stores,
    change,
    snapshot.coverage === 'complete'
      ? inventory.unchanged.filter((each) => each.scopeId !== own.scope.id)
      : inventory.unchanged,
  );
  await keepToPlan(
    stores,
    own.scope.id,
    [...networks.values()],
    inventory.unchanged,
    inventory.changed.map(({ after }) => after),
  );
  const audit: NewAuditEntry[] = [
    ...inventoryEntry(change, snapshot, own, networks, { ...inventory, gone }),
    ...addresses,
    ...refreshed.audit,
    ...pooled.audit,
    ...orphaned.audit,
  ];
  if (audit.length > 0) await stores.audit.append(audit);
  return {
    imported: pooled.imported,
    updated:
      inventory.changed.length - pooled.importedOf(inventory.changed.map(({ after }) => after)),
    orphaned: orphaned.count,
    unchanged: inventory.unchanged.length - pooled.importedOf(inventory.unchanged),
    conflicts: pooled.conflicts,
  };
}

/**
 * Resources of other scopes that lie just where these were and had no pool for it: one that moved
 * to another account.
 */
async function inPlaceOf(
  stores: ReconciliationStores,
  { gone, added, unpooled }: Inventory,
): Promise<DiscoveredResource[]> {
  const judged = new Set([...added, ...unpooled].map((each) => each.id));
  const found = new Map<number, DiscoveredResource>();
  for (const vrfId of new Set(gone.map((each) => each.vrfId))) {
    const ofVrf = gone.filter((each) => each.vrfId === vrfId);
    const left = new Set(ofVrf.map(placeOf));
    const cidrs = ofVrf.map(({ cidr }) => cidr);
    for (const each of await stores.discovery.unpooledEqualTo(vrfId, cidrs)) {
      if (each.management !== 'ignored' && !judged.has(each.id) && left.has(placeOf(each)))
        found.set(each.id, each);
    }
  }
  return [...found.values()];
}

function placeOf({ cidr, kind }: DiscoveredResource): string {
  return `${formatCidr(cidr)} ${kind}`;
}

/**
 * The inventory is kept as a whole: one entry tells how many rows of it are other than before. What
 * pools become of it have their own.
 */
function inventoryEntry(
  change: Change,
  { region }: ScopeSnapshot,
  { account }: Owner,
  networks: ReadonlyMap<string, Network>,
  { added, changed, gone }: Inventory,
): NewAuditEntry[] {
  const first = [...networks.values()].filter(
    (each) => each.firstSeenAt.getTime() === change.at.getTime(),
  ).length;
  const newlyGone = gone.filter((each) => each.sync !== 'orphaned').length;
  if (first + added.length + changed.length + newlyGone === 0) return [];
  const after = {
    networks_added: first,
    resources_added: added.length,
    resources_changed: changed.length,
    resources_gone: newlyGone,
  };
  return [
    discoveryEvent(change, 'scope.inventory', `${account.key} ${region}`, {
      before: null,
      after,
      place: placeOfAccount(account.id),
    }),
  ];
}

/**
 * What a complete listing of its own scope shows needs no touch: the scope's time stands for it.
 */
async function touchUnchanged(
  stores: ReconciliationStores,
  change: Change,
  seen: readonly DiscoveredResource[],
): Promise<void> {
  await stores.discovery.touchResources(
    seen.map((each) => each.id),
    change.at,
  );
  await stores.pools.touch(
    [...new Set(seen.flatMap((each) => (each.sync === 'orphaned' ? [] : (each.poolId ?? []))))],
    change.at,
  );
}
