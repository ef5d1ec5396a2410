import { formatCidr } from '@cloudpam/cidr';
import { checkNamed, mayShareCidr, type Pool, type PoolStore } from '@cloudpam/pools';
import { addTo } from './add-to';
import { sourceTag } from './pool-wish';
import type { PlacedWish } from './place-wishes';
import { refusalOf, RowProblem } from './row-problem';

/** Wishes that are looked up at once. */
const CHUNK = 400;

type Pools = Pick<PoolStore, 'equalTo' | 'byTag' | 'byExternalId' | 'byLiveKey'>;

/** A wish, and which stored pool it means. */
export interface Match {
  readonly wish: PlacedWish;
  readonly stored: Pool | undefined;
  /** Stored pools with the CIDR of the row. */
  readonly equal: readonly Pool[];
  /** Why it cannot be said. */
  readonly problem?: RowProblem;
}

const NONE: readonly Pool[] = [];

/**
 * Finds for each wish the stored pool that it means: the one with its CIDR, else the one that another system
 * calls as the row does, which has moved there. No pool is meant twice. Those with the CIDR come first, as they are
 * found: nothing keeps their pools. The others come by VRF, in address order.
 * @param byVrf wishes in address order
 */
export async function* matchWishes(
  pools: Pools,
  byVrf: readonly (readonly PlacedWish[])[],
  pause: () => Promise<void>,
): AsyncGenerator<readonly Match[]> {
  const taken = new Set<number>();
  const others: Match[][] = [];
  for (const wishes of byVrf) {
    const othersOfVrf: Match[] = [];
    others.push(othersOfVrf);
    for (let start = 0; start < wishes.length; start += CHUNK) {
      await pause();
      const found: Match[] = [];
      for (const match of await matchByCidr(pools, wishes.slice(start, start + CHUNK), taken))
        (match.stored ? found : othersOfVrf).push(match);
      yield found;
    }
  }
  for (const ofVrf of others) {
    await matchBySource(pools, ofVrf, taken, pause);
    yield ofVrf;
  }
}

/** @param wishes of one VRF */
async function matchByCidr(
  pools: Pools,
  wishes: readonly PlacedWish[],
  taken: Set<number>,
): Promise<Match[]> {
  const vrfId = wishes[0]?.vrf.id ?? null;
  if (vrfId === null) return wishes.map((wish) => ({ wish, stored: undefined, equal: NONE }));
  const byCidr = new Map<string, Pool[]>();
  for (const pool of await pools.equalTo(
    vrfId,
    wishes.map(({ item }) => item.cidr),
  ))
    addTo(byCidr, formatCidr(pool.cidr), pool);
  return wishes.map((wish) => {
    const { cidr, set } = wish.item;
    const equal = byCidr.get(formatCidr(cidr)) ?? NONE;
    const stored = meant(
      equal.filter(({ id }) => !taken.has(id)),
      set.kind,
    );
    if (stored) taken.add(stored.id);
    return { wish, stored, equal };
  });
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
  matches: Match[],
  taken: Set<number>,
  pause: () => Promise<void>,
): Promise<void> {
  const byKey = new Map<string, Map<string, number>>();
  for (const [at, { wish, stored }] of matches.entries()) {
    if (at % CHUNK === 0) await pause();
    const tag = sourceTag(wish.item);
    if (!tag || stored || refusalOf(() => checkNamed({ tags: { [tag.key]: tag.value } }))) continue;
    const ofKey = byKey.get(tag.key) ?? new Map<string, number>();
    byKey.set(tag.key, ofKey.set(tag.value, at));
  }
  for (const [key, values] of byKey) {
    const found = new Map<string, Pool[]>();
    for (const pool of await pools.byTag(key, [...values.keys()])) {
      const value = pool.tags[key] ?? '';
      if (!taken.has(pool.id)) addTo(found, value, pool);
    }
    for (const [value, called] of found) {
      const at = values.get(value);
      const match = at === undefined ? undefined : matches[at];
      const [only] = called;
      if (at === undefined || !match || !only) continue;
      if (called.length > 1) {
        matches[at] = { ...match, problem: ambiguous(`${key}=${value}`, called) };
        continue;
      }
      taken.add(only.id);
      matches[at] = { ...match, stored: only };
    }
  }
}

function ambiguous(tag: string, pools: readonly Pool[]): RowProblem {
  const all = pools.map(({ id, cidr }) => `${formatCidr(cidr)} (${id})`).join(', ');
  return new RowProblem(
    'ambiguous_pool',
    `Several pools have the tag ${tag}: ${all}. Take it from all but the one that has moved, or ` +
      'from all to make a pool.',
    'cidr',
  );
}

/** What is in the way of pools that are made with cloud facts of their own: pools, or other rows, that have them. */
export async function refusalsOfFacts(
  pools: Pools,
  vrfId: number | null,
  wishes: readonly PlacedWish[],
  pause: () => Promise<void>,
): Promise<ReadonlyMap<PlacedWish, RowProblem>> {
  const problems = new Map<PlacedWish, RowProblem>();
  const told = new Set<string>();
  const withId = wishes.filter(({ item }) => item.cloud?.externalId);
  const others =
    vrfId === null
      ? []
      : await pools.byExternalId(
          vrfId,
          withId.map(({ item }) => item.cloud?.externalId ?? ''),
        );
  const byId = new Map(others.map((pool) => [`${pool.cidr.first} ${pool.externalId ?? ''}`, pool]));
  for (const [at, wish] of withId.entries()) {
    if (at % CHUNK === 0) await pause();
    const fact = `${wish.item.cidr.first} ${wish.item.cloud?.externalId ?? ''}`;
    const other = byId.get(fact);
    if (other || told.has(fact)) problems.set(wish, takenBy(other, 'external_id'));
    told.add(fact);
  }
  for (const [at, wish] of wishes.entries()) {
    if (at % CHUNK === 0) await pause();
    const key = wish.item.cloud?.liveKey?.key;
    if (key === undefined) continue;
    const [other] = vrfId === null ? [] : await pools.byLiveKey(key, vrfId);
    if (other || told.has(`key ${key}`)) problems.set(wish, takenBy(other, 'key'));
    told.add(`key ${key}`);
  }
  return problems;
}

/** @param pool undefined where it is another row */
export function takenBy(pool: Pool | undefined, field: 'external_id' | 'key'): RowProblem {
  const by = pool ? `Pool ${pool.id}, ${formatCidr(pool.cidr)},` : 'Another row';
  return new RowProblem('invalid_value', `${by} has this ${field}.`, field);
}
