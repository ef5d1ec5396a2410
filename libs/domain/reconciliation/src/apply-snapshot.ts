import { sameCidr } from '@cloudpam/cidr';
import { scopeRegion } from '@cloudpam/clouds';
import { placeOfAccount, write, type Change, type NewAuditEntry } from '@cloudpam/audit';
import { GLOBAL_VRF_ID, StoredConflict, type DiscoveryPolicy } from '@cloudpam/pools';
import { DiscoveryError } from './discovery-error';
import { discoveryEvent } from './discovery-events';
import type { DiscoveredResource, Network } from './inventory';
import { orphanPools } from './orphan-pools';
import { networkKey, Owners, type Owner } from './owners';
import { checkCompliance, Plans } from './plans';
import { poolResources, poolsAround } from './pool-resources';
import { refreshPools } from './refresh-pools';
import type { ReconciliationStores, ReconciliationUnitOfWork } from './reconciliation-stores';
import type { ScopeSnapshot, SeenNetwork } from './snapshot';
import { dropParts, keepPart, MOST_WAITING_BYTES, wholeOf } from './snapshot-parts';
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

const MOST_TRIES = 4;
/** Resources that can lie in one place. */
const SUCCESSORS = 100;

/**
 * Applies what a collector saw of one scope: inventory first, then the pools that follow from it by
 * policy; all of it or nothing. The same snapshot again changes nothing but the times of the last
 * look, and leaves no audit entry.
 */
export class ApplySnapshot {
  constructor(
    private readonly unitOfWork: ReconciliationUnitOfWork,
    private readonly policy: DiscoveryPolicy,
    private readonly mostWaitingBytes = MOST_WAITING_BYTES,
  ) {}

  /**
   * @returns `kept` for a part of a listing before its last one
   * @throws DiscoveryError `stale_snapshot` when a later snapshot of the scope was applied before;
   *   `account_not_found`
   *   for the failure of an account that was named by hand and that nobody has heard of: a mistype
   * leaves no record;
   *   those of parts
   */
  async execute(
    change: Change,
    runId: string,
    snapshot: ScopeSnapshot,
  ): Promise<ApplyResult | 'kept'> {
    const { part } = snapshot;
    if (!part || part.last || change.dryRun)
      return this.tried(change, (stores) => apply(stores, change, runId, snapshot, this.policy));
    return write(this.unitOfWork, change, async ({ parts }) => {
      await keepPart(parts, change, runId, snapshot, part.number, this.mostWaitingBytes);
      return 'kept' as const;
    });
  }

  /**
   * Several scopes one after the other in one transaction, so that a dry run sees what becomes of
   * each when those before it are there. @returns what became of each, in order; an error for one
   * that was refused by itself
   */
  async together(
    change: Change,
    runId: string,
    snapshots: readonly ScopeSnapshot[],
  ): Promise<(ApplyResult | DiscoveryError)[]> {
    return this.tried(change, async (stores) => {
      const results: (ApplyResult | DiscoveryError)[] = [];
      for (const snapshot of snapshots) {
        try {
          results.push(await apply(stores, change, runId, snapshot, this.policy));
        } catch (error) {
          if (!(error instanceof DiscoveryError)) throw error;
          results.push(error);
        }
      }
      return results;
    });
  }

  private async tried<T>(
    change: Change,
    work: (stores: ReconciliationStores) => Promise<T>,
  ): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await write(this.unitOfWork, change, work);
      } catch (error) {
        // Two scopes of a new account arrive together, and the other one made the account or
        // network: look again.
        if (!(error instanceof StoredConflict) || tries === MOST_TRIES) throw error;
      }
    }
  }
}

async function apply(
  stores: ReconciliationStores,
  change: Change,
  runId: string,
  delivered: ScopeSnapshot,
  standard: DiscoveryPolicy,
): Promise<ApplyResult> {
  if (delivered.part && !delivered.part.last)
    throw new DiscoveryError(
      'invalid_snapshot',
      'Only the last part of a listing can be judged; post those before it without dry_run.',
      'part.last',
    );
  const snapshot = delivered.part
    ? await wholeOf(stores.parts, change, runId, delivered, delivered.part.number)
    : delivered;
  await dropParts(stores.parts, change, runId, snapshot);
  const owners = new Owners(stores, change, snapshot.provider);
  await refuseMistyped(snapshot, owners);
  const account = await owners.account(snapshot.account, snapshot.accountName);
  const scope = await stores.discovery.lockScope(account.id, snapshot.region);
  if (scope.collectedAt && snapshot.collectedAt < scope.collectedAt) {
    throw new DiscoveryError(
      'stale_snapshot',
      `A snapshot of ${account.key} ${snapshot.region} from ` +
        `${scope.collectedAt.toISOString()} was applied before; this one is from ` +
        `${snapshot.collectedAt.toISOString()}. Collect again.`,
    );
  }
  const result =
    snapshot.coverage === 'failed'
      ? { imported: 0, updated: 0, orphaned: 0, unchanged: 0, conflicts: 0 }
      : await reconcile(
          stores,
          change,
          snapshot,
          account.discoveryPolicy ?? standard,
          { account, scope },
          owners,
        );
  if (!scope.collectedAt || snapshot.coverage !== scope.coverage) {
    await stores.audit.append([
      discoveryEvent(change, 'scope.coverage', `${account.key} ${snapshot.region}`, {
        before: scope.collectedAt ? { coverage: scope.coverage } : null,
        after: { coverage: snapshot.coverage, error: snapshot.error?.code ?? null },
        place: placeOfAccount(account.id),
      }),
    ]);
  }
  await stores.discovery.saveScope({
    ...scope,
    coverage: snapshot.coverage,
    errorCode: snapshot.error?.code ?? null,
    errorMessage: snapshot.error?.message ?? null,
    collectedAt: snapshot.collectedAt,
    completeAt: snapshot.coverage === 'complete' ? snapshot.collectedAt : scope.completeAt,
    runId,
  });
  return result;
}

/** Of an account that is known a failure tells that it can no longer be read. */
async function refuseMistyped(snapshot: ScopeSnapshot, owners: Owners): Promise<void> {
  const { provider, account, coverage, accountUnproven, error } = snapshot;
  if (!accountUnproven || coverage !== 'failed' || (await owners.known(account))) return;
  throw new DiscoveryError(
    'account_not_found',
    `There is no account ${provider}:${account} here, and the collector could ` +
      `not enter it${error ? ` (${error.code})` : ''}, so nothing was noted. Correct its id, or let the collector in.`,
    'account',
  );
}

async function reconcile(
  stores: ReconciliationStores,
  change: Change,
  snapshot: ScopeSnapshot,
  policy: DiscoveryPolicy,
  own: Owner,
  owners: Owners,
): Promise<ApplyResult> {
  const networks = await saveNetworks(stores, change, snapshot, own, owners);
  const inventory = await takeInventory(stores, change, snapshot, own, owners, networks);
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
  await keepToThePlan(
    stores,
    own.scope.id,
    [...networks.values()],
    inventory.unchanged,
    inventory.changed.map(({ after }) => after),
  );
  const audit: NewAuditEntry[] = [
    ...inventoryEntry(change, snapshot, own, networks, { ...inventory, gone }),
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
  for (const { vrfId, cidr, kind } of gone) {
    for (const each of await stores.discovery.unpooledTouching(vrfId, cidr, SUCCESSORS)) {
      if (
        each.kind === kind &&
        each.management !== 'ignored' &&
        !judged.has(each.id) &&
        sameCidr(each.cidr, cidr)
      )
        found.set(each.id, each);
    }
  }
  return [...found.values()];
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

/** Rules and reservations may have changed with nothing new in the cloud. */
async function keepToThePlan(
  stores: ReconciliationStores,
  scopeId: number,
  networks: readonly Network[],
  unchanged: readonly DiscoveredResource[],
  changed: readonly DiscoveredResource[],
): Promise<void> {
  await judgePlans(stores, scopeId, [
    ...unchanged.filter((each) => each.conflict !== ''),
    ...changed,
  ]);
  let ruled = false;
  for (const vrfId of new Set(networks.map((each) => each.vrfId)))
    ruled ||= (await stores.pools.withRules(vrfId)).length > 0;
  if (!ruled && unchanged.every((each) => each.compliance === '')) return;
  await stores.discovery.saveResources(
    await checkCompliance(stores, await stores.discovery.resourcesOfScope(scopeId)),
  );
}

/**
 * Holds resources against what is planned around and inside them, and stores what of their
 * conflicts is new or over.
 */
async function judgePlans(
  stores: ReconciliationStores,
  scopeId: number,
  resources: readonly DiscoveredResource[],
): Promise<void> {
  if (resources.length === 0) return;
  // As they are stored by now: their pools were made or resized since.
  const stored = new Map(
    (await stores.discovery.resourcesOfScope(scopeId)).map((each) => [each.id, each]),
  );
  const current = resources.map((each) => stored.get(each.id) ?? each);
  for (const vrfId of new Set(current.map((each) => each.vrfId))) {
    const now = current.filter((each) => each.vrfId === vrfId);
    const planned = new Plans(await poolsAround(stores, vrfId, now));
    await stores.discovery.saveResources(
      now.map((each) => planned.judged(each)).filter((each, at) => each !== now[at]),
    );
  }
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

/** The snapshot's networks and those that its resources name, by owner and cloud id. */
async function saveNetworks(
  stores: ReconciliationStores,
  change: Change,
  snapshot: ScopeSnapshot,
  own: Owner,
  owners: Owners,
): Promise<Map<string, Network>> {
  const seen = new Map<string, SeenNetwork>();
  for (const resource of snapshot.resources) {
    // A subnet shared by RAM names a VPC that only its owner lists.
    const { networkExternalId: externalId, ownerAccount } = resource;
    const region = scopeRegion(snapshot.provider, resource.region);
    seen.set(networkKey(ownerAccount, externalId), {
      externalId,
      ownerAccount,
      region,
      name: externalId,
      isDefault: false,
    });
  }
  const listed = new Set<string>();
  for (const network of snapshot.networks) {
    const key = networkKey(network.ownerAccount, network.externalId);
    seen.set(key, network);
    listed.add(key);
  }
  const keys: {
    accountId: number;
    region: string;
    externalId: string;
    key: string;
    network: SeenNetwork;
  }[] = [];
  for (const [key, network] of seen) {
    keys.push({
      accountId: (await owners.account(network.ownerAccount)).id,
      region: network.region,
      externalId: network.externalId,
      key,
      network,
    });
  }
  const stored = new Map(
    (await stores.discovery.networksByKey(keys)).map((each) => [
      `${each.accountId} ${each.externalId}`,
      each,
    ]),
  );
  const fresh: Omit<Network, 'id'>[] = [];
  const changed: Network[] = [];
  const kept: Network[] = [];
  for (const { accountId, key, network } of keys) {
    const known = stored.get(`${accountId} ${network.externalId}`);
    const { region, externalId, name, isDefault } = network;
    if (!known) {
      fresh.push({
        accountId,
        provider: snapshot.provider,
        region,
        externalId,
        name,
        isDefault,
        vrfId: GLOBAL_VRF_ID,
        firstSeenAt: change.at,
        lastSeenAt: change.at,
        goneAt: null,
      });
    } else {
      const now: Network = listed.has(key)
        ? { ...known, name, isDefault, goneAt: null, lastSeenAt: change.at }
        : { ...known, lastSeenAt: change.at };
      // The scope's time stands for what a complete listing of it shows as it was.
      const standing =
        snapshot.coverage === 'complete' &&
        accountId === own.account.id &&
        region === snapshot.region;
      const same =
        known.name === now.name && known.isDefault === now.isDefault && known.goneAt === now.goneAt;
      (standing && same ? kept : changed).push(standing && same ? known : now);
    }
  }
  await stores.discovery.saveNetworks([
    ...changed,
    ...(snapshot.coverage === 'complete'
      ? await goneNetworks(stores, change, snapshot, own, keys)
      : []),
  ]);
  const result = new Map<string, Network>();
  const byAccount = new Map(
    keys.map(({ accountId, externalId, key }) => [`${accountId} ${externalId}`, key]),
  );
  for (const network of [...kept, ...changed, ...(await stores.discovery.insertNetworks(fresh))]) {
    const key = byAccount.get(`${network.accountId} ${network.externalId}`);
    if (key) result.set(key, network);
  }
  return result;
}

async function goneNetworks(
  stores: ReconciliationStores,
  change: Change,
  snapshot: ScopeSnapshot,
  own: Owner,
  seen: readonly { readonly accountId: number; readonly externalId: string }[],
): Promise<Network[]> {
  const there = new Set(
    seen
      .filter(({ accountId }) => accountId === own.account.id)
      .map(({ externalId }) => externalId),
  );
  const known = await stores.discovery.networksThere(own.account.id, snapshot.region);
  return known
    .filter(({ externalId }) => !there.has(externalId))
    .map((network) => ({ ...network, goneAt: change.at }));
}
