import { write, type Change, type Place } from '@cloudpam/audit';
import {
  poolChanged,
  PoolError,
  resizePool,
  StoredConflict,
  type DiscoveryPolicy,
  type Pool,
  recordNotFound,
  VRFS,
} from '@cloudpam/pools';
import { DiscoveryError } from './discovery-error';
import { discoveryEvent } from './discovery-events';
import type { DiscoveredResource, Network } from './inventory';
import { poolResources } from './pool-resources';
import type { ReconciliationStores, ReconciliationUnitOfWork } from './reconciliation-stores';

/** What came, or would come, of giving a network a VRF of its own. */
export interface Isolation {
  readonly network: Network;
  /** Pools that went along. */
  readonly moved: number;
  /** Resources that got a pool in the VRF. */
  readonly imported: number;
  /** Resources that overlap there too. */
  readonly conflicts: number;
}

const PAGE = 5_000;

/**
 * Gives a network a routing domain of its own, or one that exists: its addresses are judged there
 * from now on, and its pools go along with everything in them.
 */
export class IsolateNetwork {
  constructor(
    private readonly unitOfWork: ReconciliationUnitOfWork,
    private readonly policy: DiscoveryPolicy,
  ) {}

  /**
   * @param into an existing VRF, or the name of a new one; left out: named after the network
   * @throws DiscoveryError `network_not_found`; PoolError `vrf_not_found` | `name_taken` |
   *   `pool_overlap` (the VRF has pools there)
   */
  async execute(
    change: Change,
    id: number,
    into: { readonly vrfId?: number; readonly vrfName?: string } = {},
  ): Promise<Isolation> {
    return write(this.unitOfWork, change, async (stores) => {
      const network = await stores.discovery.network(id);
      if (!network) throw new DiscoveryError('network_not_found', `There is no network ${id}.`);
      const vrfId =
        into.vrfId ??
        (await newVrf(stores, change, into.vrfName ?? (await nameFor(stores, network))));
      for (const each of [...new Set([network.vrfId, vrfId])].sort((a, b) => a - b)) {
        if (!(await stores.vrfs.lock(each))) throw recordNotFound(VRFS, each, 'vrf_id');
      }
      const moved = await movePools(stores, change, await resourcesOf(stores, id), vrfId);
      const isolated = { ...network, vrfId };
      await stores.discovery.saveNetworks([isolated]);
      if (network.vrfId !== vrfId) {
        await stores.audit.append([
          discoveryEvent(change, 'network.isolate', id, {
            before: { vrf_id: network.vrfId },
            after: { vrf_id: vrfId },
            place: placeOfNetwork(isolated),
            formerPlace: placeOfNetwork(network),
          }),
        ]);
      }
      const account = await stores.accounts.get(network.accountId);
      const unpooled = (await resourcesOf(stores, id)).filter((each) => each.poolId === null);
      const { imported, conflicts, audit } = await poolResources(
        stores,
        change,
        unpooled,
        account?.discoveryPolicy ?? this.policy,
      );
      await stores.audit.append(audit);
      return { network: isolated, moved, imported, conflicts };
    });
  }
}

async function resourcesOf(
  stores: ReconciliationStores,
  networkId: number,
): Promise<DiscoveredResource[]> {
  const all: DiscoveredResource[] = [];
  for (let page = 1; ; page++) {
    const { items } = await stores.discovery.resources({ networkId }, page, PAGE);
    all.push(...items);
    if (items.length < PAGE) return all;
  }
}

function placeOfNetwork({ accountId, vrfId }: Network): Place {
  return { accountId, vrfId, cidr: null, kind: null };
}

async function nameFor(stores: ReconciliationStores, network: Network): Promise<string> {
  const account = await stores.accounts.get(network.accountId);
  return `${account?.key ?? network.provider} ${network.externalId.slice(network.externalId.lastIndexOf('/') + 1)}`;
}

async function newVrf(stores: ReconciliationStores, change: Change, name: string): Promise<number> {
  try {
    const vrf = await stores.vrfs.insert({
      name,
      rd: null,
      reachabilityDomain: null,
      description: '',
      createdAt: change.at,
      updatedAt: change.at,
      version: 1,
    });
    await stores.audit.append(VRFS.tell(change, null, vrf));
    return vrf.id;
  } catch (error) {
    throw error instanceof StoredConflict
      ? new PoolError(
          'name_taken',
          `Another VRF has the name ${name} already; choose vrf_name, or move the network into that VRF.`,
          { field: 'vrf_name' },
        )
      : error;
  }
}

/**
 * Moves the pools of resources and all below them: the narrow ones first, so that none has children
 * left behind.
 */
async function movePools(
  stores: ReconciliationStores,
  change: Change,
  resources: readonly DiscoveredResource[],
  vrfId: number,
): Promise<number> {
  const own = resources.flatMap((each) => each.poolId ?? []);
  const seen = new Map(
    [...(await stores.pools.getMany(own)), ...(await stores.pools.descendants(own))].map((pool) => [
      pool.id,
      pool,
    ]),
  );
  const wanted = [...seen.values()]
    .filter((pool) => pool.vrfId !== vrfId)
    .sort(
      (a, b) =>
        b.cidr.prefixLength - a.cidr.prefixLength ||
        Number(a.kind === 'vpc') - Number(b.kind === 'vpc'),
    );
  for (const { id } of wanted) {
    const [pool] = await stores.pools.lock([id]);
    if (!pool) continue;
    const placed: Pool = {
      ...(await resizePool(stores, change, pool, pool.cidr, vrfId)),
      version: pool.version + 1,
      updatedAt: change.at,
    };
    await stores.pools.save([placed]);
    await stores.audit.append(poolChanged(change, 'pool.move', pool, placed));
  }
  return wanted.length;
}
