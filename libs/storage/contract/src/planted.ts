import { addressCount, compareCidrs, contains, parseCidr, type AddressRange } from '@cloudpam/cidr';
import { GLOBAL_VRF_ID, type Pool } from '@cloudpam/pools';
import type { Network, ScopeState } from '@cloudpam/reconciliation';
import { sampleAccount, sampleNetwork, samplePool } from './samples';
import type { AllStores } from './stores';

/** What a planted pool is asked to be: its CIDR, or that and more. */
export type Planted = string | (Partial<Omit<Pool, 'cidr'>> & { readonly cidr: string });

/** Addresses as text, `10.0.0.0-10.0.0.9` or one CIDR, as a range. */
export function range(text: string): AddressRange {
  const [first = text, last = first] = text
    .split('-')
    .map((each) => (each.includes('/') ? each : `${each}/${each.includes(':') ? 128 : 32}`));
  const { family, first: from } = parseCidr(first);
  return { family, first: from, last: parseCidr(last).last };
}

/**
 * Inserts a whole tree into an empty part of a VRF, parents and usage right; gives the pools in the
 * order asked.
 */
export async function insertTree(
  stores: Pick<AllStores, 'pools'>,
  asked: readonly Planted[],
  vrfId: number = GLOBAL_VRF_ID,
): Promise<Pool[]> {
  const ids = await stores.pools.reserveIds(asked.length);
  const pools = asked.map((each, at) =>
    samplePool({ vrfId, ...(typeof each === 'string' ? { cidr: each } : each), id: ids[at] ?? 0 }),
  );
  const sorted = [...pools].sort(
    (a, b) =>
      compareCidrs(a.cidr, b.cidr) || Number(a.kind === 'subnet') - Number(b.kind === 'subnet'),
  );
  const placed = new Map<number, Pool>();
  const path: Pool[] = [];
  for (const pool of sorted) {
    while (path.length > 0 && !contains(path[path.length - 1]?.cidr ?? pool.cidr, pool.cidr))
      path.pop();
    const parent = path[path.length - 1];
    placed.set(pool.id, { ...pool, parentId: parent?.id ?? null });
    path.push(pool);
    const stored = parent && placed.get(parent.id);
    if (stored)
      placed.set(stored.id, { ...stored, childUsed: stored.childUsed + addressCount(pool.cidr) });
  }
  const result = pools.map((pool) => placed.get(pool.id) ?? pool);
  await stores.pools.insert(result);
  return result;
}

/** An account with one scope and one network, as every discovered resource needs. */
export async function cloud(
  stores: Pick<AllStores, 'accounts' | 'discovery'>,
  externalId = '123456789012',
  network: Partial<Network> = {},
): Promise<{
  accountId: number;
  scope: ScopeState;
  network: Network;
  of: { accountId: number; scopeId: number; networkId: number };
}> {
  const account = await stores.accounts.insert(sampleAccount({ externalId }));
  const scope = await stores.discovery.lockScope(account.id, 'eu-central-1');
  const [stored] = await stores.discovery.insertNetworks([
    sampleNetwork({ ...network, accountId: account.id }),
  ]);
  if (!stored) throw new Error('the network was not stored');
  return {
    accountId: account.id,
    scope,
    network: stored,
    of: { accountId: account.id, scopeId: scope.id, networkId: stored.id },
  };
}

/** The only element. @throws when there is none or another one */
export function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (list.length !== 1 || first === undefined)
    throw new Error(`expected one element, got ${list.length}`);
  return first;
}
