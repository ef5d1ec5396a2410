import type { Change } from '@cloudpam/audit';
import { scopeRegion } from '@cloudpam/clouds';
import { GLOBAL_VRF_ID } from '@cloudpam/pools';
import type { Network } from './inventory';
import { networkKey, type Owner, type Owners } from './owners';
import type { ReconciliationStores } from './reconciliation-stores';
import type { ScopeSnapshot, SeenNetwork } from './snapshot';

/** A network that a snapshot lists, or that one of its resources names. */
interface Seen {
  /** By owner and cloud id. */
  readonly key: string;
  readonly accountId: number;
  readonly region: string;
  readonly externalId: string;
  readonly network: SeenNetwork;
  /** Whether the snapshot lists it: only then its name and the like are known. */
  readonly isListed: boolean;
}

/** What becomes of the networks that were seen. */
interface Sorted {
  readonly fresh: Omit<Network, 'id'>[];
  readonly changed: Network[];
  /** As they were. The scope's time stands for what a complete listing of it shows so. */
  readonly kept: Network[];
}

/** Stores the snapshot's networks and those that its resources name; gives them by owner and cloud id. */
export async function saveNetworks(
  stores: ReconciliationStores,
  change: Change,
  snapshot: ScopeSnapshot,
  own: Owner,
  owners: Owners,
): Promise<Map<string, Network>> {
  const seen = await seenNetworks(snapshot, owners);
  const stored = new Map(
    (await stores.discovery.networksByKey(seen)).map((each) => [placeOf(each), each]),
  );
  const { fresh, changed, kept } = sorted(change, snapshot, own, seen, stored);
  const gone =
    snapshot.coverage === 'complete' ? await goneNetworks(stores, change, snapshot, own, seen) : [];
  await stores.discovery.saveNetworks([...changed, ...gone]);
  const inserted = await stores.discovery.insertNetworks(fresh);
  const keys = new Map(seen.map((each) => [placeOf(each), each.key]));
  const result = new Map<string, Network>();
  for (const network of [...kept, ...changed, ...inserted]) {
    const key = keys.get(placeOf(network));
    if (key) result.set(key, network);
  }
  return result;
}

function placeOf({ accountId, externalId }: Pick<Network, 'accountId' | 'externalId'>): string {
  return `${accountId} ${externalId}`;
}

async function seenNetworks(snapshot: ScopeSnapshot, owners: Owners): Promise<Seen[]> {
  const networks = new Map<string, Pick<Seen, 'network' | 'isListed'>>();
  for (const { networkExternalId: externalId, ownerAccount, ...resource } of snapshot.resources) {
    // A subnet shared by RAM names a VPC that only its owner lists.
    const region = scopeRegion(snapshot.provider, resource.region);
    const network = { externalId, ownerAccount, region, name: externalId, isDefault: false };
    networks.set(networkKey(ownerAccount, externalId), { network, isListed: false });
  }
  for (const network of snapshot.networks) {
    const key = networkKey(network.ownerAccount, network.externalId);
    networks.set(key, { network, isListed: true });
  }
  const seen: Seen[] = [];
  for (const [key, { network, isListed }] of networks) {
    const { region, externalId, ownerAccount } = network;
    const { id: accountId } = await owners.account(ownerAccount);
    seen.push({ key, accountId, region, externalId, network, isListed });
  }
  return seen;
}

/** @param stored what is known of the networks, by `placeOf` */
function sorted(
  { at }: Change,
  { provider, coverage, region: ownRegion }: ScopeSnapshot,
  { account }: Owner,
  seen: readonly Seen[],
  stored: ReadonlyMap<string, Network>,
): Sorted {
  const result: Sorted = { fresh: [], changed: [], kept: [] };
  for (const each of seen) {
    const { accountId, region, externalId } = each;
    const { name, isDefault } = each.network;
    const known = stored.get(placeOf(each));
    if (!known) {
      result.fresh.push({
        accountId,
        provider,
        region,
        externalId,
        name,
        isDefault,
        vrfId: GLOBAL_VRF_ID,
        firstSeenAt: at,
        lastSeenAt: at,
        goneAt: null,
      });
      continue;
    }
    const now: Network = each.isListed
      ? { ...known, name, isDefault, goneAt: null, lastSeenAt: at }
      : { ...known, lastSeenAt: at };
    const isOwn = coverage === 'complete' && accountId === account.id && region === ownRegion;
    if (isOwn && isSame(known, now)) result.kept.push(known);
    else result.changed.push(now);
  }
  return result;
}

function isSame(known: Network, now: Network): boolean {
  return (
    known.name === now.name && known.isDefault === now.isDefault && known.goneAt === now.goneAt
  );
}

/** The networks of the account and region that a complete listing is without. */
async function goneNetworks(
  stores: ReconciliationStores,
  change: Change,
  { region }: ScopeSnapshot,
  { account }: Owner,
  seen: readonly Seen[],
): Promise<Network[]> {
  const there = new Set(
    seen.filter(({ accountId }) => accountId === account.id).map(({ externalId }) => externalId),
  );
  const known = await stores.discovery.networksThere(account.id, region);
  return known
    .filter(({ externalId }) => !there.has(externalId))
    .map((network) => ({ ...network, goneAt: change.at }));
}
