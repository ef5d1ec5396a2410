import { formatCidr, sameCidr, type Cidr } from '@cloudpam/cidr';
import { checkResize, mayShareCidr, type Pool, type PoolStore } from '@cloudpam/pools';
import { sourceTag } from './pool-wish';
import type { PlacedWish } from './place-wishes';
import { problemOf, RowProblem } from './row-problem';

/** Wishes that are looked up at once. */
const CHUNK = 400;

type Pools = Pick<
  PoolStore,
  'equalTo' | 'byTag' | 'byExternalId' | 'byLiveKey' | 'ancestors' | 'childrenWithin'
>;

/**
 * Finds for each wish of one VRF the stored pool that it means: the one with its CIDR, else the one that another system
 * calls as the row does, which has moved there.
 * @param taken ids of pools that rows mean; those that are found are added
 * @returns a pool, or undefined where there is none, in the order of the wishes
 */
export async function matchWishes(
  pools: Pools,
  vrfId: number | null,
  wishes: readonly PlacedWish[],
  taken: Set<number>,
  pause: () => Promise<void>,
): Promise<(Pool | undefined)[]> {
  const matches: (Pool | undefined)[] = [];
  for (let start = 0; vrfId !== null && start < wishes.length; start += CHUNK) {
    await pause();
    const chunk = wishes.slice(start, start + CHUNK);
    const byCidr = new Map<string, Pool[]>();
    for (const pool of await pools.equalTo(
      vrfId,
      chunk.map(({ item }) => item.cidr),
    )) {
      const text = formatCidr(pool.cidr);
      byCidr.set(text, [...(byCidr.get(text) ?? []), pool]);
    }
    for (const { item } of chunk) {
      const equal = byCidr.get(formatCidr(item.cidr)) ?? [];
      const match = meant(equal, item.set.kind);
      if (match) taken.add(match.id);
      matches.push(match);
    }
  }
  await matchBySource(pools, wishes, matches, taken, pause);
  return wishes.map((_, at) => matches[at]);
}

/** Of the pools with the CIDR of a row the one that it means; none where it can stand beside them. */
function meant(equal: readonly Pool[], kind: Pool['kind'] | undefined): Pool | undefined {
  const [first] = equal;
  if (kind === undefined) return equal.at(-1);
  const same = equal.find((pool) => pool.kind === kind);
  if (same) return same;
  return equal.length === 1 && first && mayShareCidr(first.kind, kind) ? undefined : equal.at(-1);
}

async function matchBySource(
  pools: Pools,
  wishes: readonly PlacedWish[],
  matches: (Pool | undefined)[],
  taken: Set<number>,
  pause: () => Promise<void>,
): Promise<void> {
  const byKey = new Map<string, Map<string, number>>();
  for (const [at, wish] of wishes.entries()) {
    if (at % CHUNK === 0) await pause();
    const tag = sourceTag(wish.item);
    if (!tag || matches[at]) continue;
    const ofKey = byKey.get(tag.key) ?? new Map<string, number>();
    byKey.set(tag.key, ofKey.set(tag.value, at));
  }
  for (const [key, values] of byKey) {
    for (const pool of await pools.byTag(key, [...values.keys()])) {
      const at = values.get(pool.tags[key] ?? '');
      if (at === undefined || matches[at] || taken.has(pool.id)) continue;
      taken.add(pool.id);
      matches[at] = pool;
    }
  }
}

/** What is in the way of a stored pool that is to get the CIDR or the VRF of the row. */
export async function refusalOfMove(
  pools: Pools,
  stored: Pool,
  cidr: Cidr,
  vrfId: number | null,
): Promise<RowProblem | undefined> {
  if (sameCidr(stored.cidr, cidr) && vrfId === stored.vrfId) return undefined;
  try {
    await checkResize({ pools }, stored, cidr, vrfId ?? -1);
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}

/** What is in the way of pools that are made with cloud facts of their own: other pools that have them. */
export async function refusalsOfFacts(
  pools: Pools,
  vrfId: number,
  wishes: readonly PlacedWish[],
): Promise<ReadonlyMap<PlacedWish, RowProblem>> {
  const problems = new Map<PlacedWish, RowProblem>();
  const withId = wishes.filter(({ item }) => item.cloud?.externalId);
  const others = await pools.byExternalId(
    vrfId,
    withId.map(({ item }) => item.cloud?.externalId ?? ''),
  );
  const byId = new Map(others.map((pool) => [`${pool.cidr.first} ${pool.externalId ?? ''}`, pool]));
  for (const wish of withId) {
    const other = byId.get(`${wish.item.cidr.first} ${wish.item.cloud?.externalId ?? ''}`);
    if (other) problems.set(wish, takenBy(other, 'external_id'));
  }
  for (const wish of wishes) {
    const key = wish.item.cloud?.liveKey?.key;
    const [other] = key === undefined ? [] : await pools.byLiveKey(key, vrfId);
    if (other) problems.set(wish, takenBy(other, 'key'));
  }
  return problems;
}

function takenBy(pool: Pool, field: string): RowProblem {
  return new RowProblem(
    'invalid_value',
    `Pool ${pool.id}, ${formatCidr(pool.cidr)}, has this ${field}.`,
    field,
  );
}
