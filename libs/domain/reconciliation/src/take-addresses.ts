import { placeOfAccount, type Change, type NewAuditEntry } from '@cloudpam/audit';
import { scopeRegion } from '@cloudpam/clouds';
import { GLOBAL_VRF_ID } from '@cloudpam/pools';
import { discoveryEvent } from './discovery-events';
import type { Network } from './inventory';
import type { ObservedAddress, SeenAddress } from './observed-address';
import { networkKey, type Owner } from './owners';
import type { ReconciliationStores } from './reconciliation-stores';
import type { ScopeSnapshot } from './snapshot';

/**
 * Brings the observed addresses of a scope to what was listed of it. What is as before costs no write; only a complete
 * listing of interfaces says that one is gone, and it is held from then on until it is purged; only then are records
 * compared with it.
 * @param networks of the snapshot, by owner and cloud id
 * @returns the entry for the log, if anything is other than before
 */
export async function takeAddresses(
  stores: ReconciliationStores,
  change: Change,
  snapshot: ScopeSnapshot,
  own: Owner,
  networks: ReadonlyMap<string, Network>,
): Promise<NewAuditEntry[]> {
  const coverage = snapshot.interfaces?.coverage ?? 'failed';
  if (snapshot.interfaces === undefined) await stores.mismatches.forget(own.scope.id);
  if (coverage === 'failed') return [];
  const networkOf = await networksOf(stores, snapshot, networks);
  const known = new Map(
    (await stores.observed.ofScope(own.scope.id)).map((each) => [identity(each), each]),
  );
  const added: Omit<ObservedAddress, 'id'>[] = [];
  const changed: ObservedAddress[] = [];
  const unchanged: number[] = [];
  const met = new Set<string>();
  for (const seen of snapshot.addresses ?? []) {
    const key = identity(seen);
    if (met.has(key)) continue;
    met.add(key);
    const network = networkOf(seen);
    const facts = {
      networkId: network?.id ?? null,
      vrfId: network?.vrfId ?? GLOBAL_VRF_ID,
      region: seen.region,
      subnetExternalId: seen.subnetExternalId,
      name: seen.name,
      attachedTo: seen.attachedTo,
      goneAt: null,
    };
    const before = known.get(key);
    if (!before)
      added.push({
        scopeId: own.scope.id,
        accountId: own.account.id,
        kind: seen.kind,
        externalId: seen.externalId,
        cidr: seen.cidr,
        ...facts,
        firstSeenAt: change.at,
        lastSeenAt: change.at,
      });
    else if (isSame(before, facts)) unchanged.push(before.id);
    else changed.push({ ...before, ...facts, lastSeenAt: change.at });
  }
  const gone: ObservedAddress[] = [];
  if (coverage === 'complete')
    for (const [key, each] of known)
      if (!met.has(key) && each.goneAt === null) gone.push({ ...each, goneAt: change.at });
  await stores.observed.insert(added);
  await stores.observed.save([...changed, ...gone]);
  // The time of a complete listing stands for all that it found as it was.
  if (coverage !== 'complete') await stores.observed.touch(unchanged, change.at);
  if (coverage === 'complete')
    await stores.mismatches.compare(own.scope.id, snapshot.collectedAt, change.at);
  if (added.length + changed.length + gone.length === 0) return [];
  return [
    discoveryEvent(change, 'scope.addresses', `${own.account.key} ${snapshot.region}`, {
      before: null,
      after: {
        addresses_added: added.length,
        addresses_changed: changed.length,
        addresses_gone: gone.length,
      },
      place: placeOfAccount(own.account.id),
    }),
  ];
}

/** Finds the network of an address: that of its subnet, else the one that is named, of whoever owns it. */
async function networksOf(
  stores: ReconciliationStores,
  snapshot: ScopeSnapshot,
  networks: ReadonlyMap<string, Network>,
): Promise<(seen: SeenAddress) => Network | undefined> {
  const bySubnet = new Map(
    snapshot.resources.map((each) => [
      each.externalId,
      networkKey(each.ownerAccount, each.networkExternalId),
    ]),
  );
  const keyOf = (seen: SeenAddress): string | undefined =>
    bySubnet.get(seen.subnetExternalId ?? '') ??
    (seen.networkExternalId === null
      ? undefined
      : networkKey(seen.networkOwner ?? snapshot.account, seen.networkExternalId));
  const found = new Map(networks);
  const missing = new Map<string, SeenAddress>();
  for (const seen of snapshot.addresses ?? []) {
    const key = keyOf(seen);
    if (key !== undefined && !found.has(key)) missing.set(key, seen);
  }
  for (const [key, seen] of missing) {
    const owner = seen.networkOwner ?? snapshot.account;
    const [account] = await stores.accounts.byKeys([`${snapshot.provider}:${owner}`]);
    const region = scopeRegion(snapshot.provider, seen.region);
    const externalId = seen.networkExternalId ?? '';
    const [network] = account
      ? await stores.discovery.networksByKey([{ accountId: account.id, region, externalId }])
      : [];
    if (network) found.set(key, network);
  }
  // Public addresses name no network: one is the same in all of them.
  return (seen) => found.get(keyOf(seen) ?? '');
}

function isSame(before: ObservedAddress, facts: Partial<ObservedAddress>): boolean {
  return (
    before.goneAt === null &&
    before.name === facts.name &&
    before.attachedTo === facts.attachedTo &&
    before.subnetExternalId === facts.subnetExternalId &&
    before.networkId === facts.networkId &&
    before.vrfId === facts.vrfId &&
    before.region === facts.region
  );
}

function identity({
  kind,
  externalId,
  cidr,
}: Pick<SeenAddress, 'kind' | 'externalId' | 'cidr'>): string {
  return `${kind} ${externalId} ${cidr.first} ${cidr.family} ${cidr.prefixLength}`;
}
