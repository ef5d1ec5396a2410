import { addressCount, compareCidrs, contains, type Family } from '@cloudpam/cidr';
import { utilizationOf, type Pool } from '@cloudpam/pools';

/** What is counted of a pool. */
export type EstatePool = Pick<
  Pool,
  'id' | 'vrfId' | 'cidr' | 'kind' | 'accountId' | 'provider' | 'region' | 'childUsed'
>;

/** What pools are grouped by. */
export const ESTATE_GROUPINGS = ['vrf', 'provider', 'account', 'region'] as const;
/** One of `ESTATE_GROUPINGS`. */
export type EstateGrouping = (typeof ESTATE_GROUPINGS)[number];

/** Addresses of one family, as decimal text. */
export interface FamilyUse {
  readonly size: string;
  readonly used: string;
}

/**
 * How much of the space of some pools is used. Families are never added together; null: no pool has addresses of it.
 */
export interface EstateUse {
  /** All of the pools. */
  readonly pools: number;
  /** Of those pools that lie in no other one of them. */
  readonly ipv4: FamilyUse | null;
  readonly ipv6: FamilyUse | null;
}

/** The pools of one VRF, provider, account or region. */
export interface EstateGroup extends EstateUse {
  /** The id of the VRF or account, the provider, or the name of the region. */
  readonly key: string;
}

/** The groups with most used IPv4 addresses, then IPv6 addresses, then pools. */
export interface EstateGroups {
  /** How many groups there are. */
  readonly total: number;
  readonly items: readonly EstateGroup[];
}

/** A pool that lies in no other one of those that are counted. */
export interface EstateRoot {
  readonly id: number;
  readonly family: Family;
  readonly size: bigint;
}

/** So many groups are kept of each grouping. */
const MOST_GROUPS = 25;
/** So many of the fullest pools are. */
const MOST_FULL = 10;
const GLOBAL = 'all';

interface Group {
  pools: number;
  4: { size: bigint; used: bigint } | null;
  6: { size: bigint; used: bigint } | null;
}

interface Around {
  readonly pool: EstatePool;
  readonly keys: readonly string[];
}

/** Below 0 where `a` comes before `b` in the order of the trees of all VRFs: a pool before what lies in it. */
export function comparePlaces(
  a: Pick<Pool, 'vrfId' | 'cidr' | 'kind'>,
  b: Pick<Pool, 'vrfId' | 'cidr' | 'kind'>,
): number {
  return (
    a.vrfId - b.vrfId ||
    compareCidrs(a.cidr, b.cidr) ||
    Number(b.kind === 'vpc') - Number(a.kind === 'vpc')
  );
}

/**
 * Counts pools one after the other, in the order of `comparePlaces`. What a group has is what its
 * topmost pools have: those with no pool of the group around them, however many of others are.
 */
export class PoolCount {
  private readonly around: Around[] = [];
  private readonly groups = new Map<string, Group>();
  private readonly full: { readonly id: number; readonly ratio: number; readonly size: number }[] =
    [];
  /** The pools that lie in no other one. */
  readonly roots: EstateRoot[] = [];

  add(pool: EstatePool): void {
    while (this.around.length > 0 && !this.isInLast(pool)) this.around.pop();
    const keys = keysOf(pool);
    if (this.around.length === 0)
      this.roots.push({ id: pool.id, family: pool.cidr.family, size: addressCount(pool.cidr) });
    for (const key of keys) {
      const group = this.groupOf(key);
      group.pools += 1;
      if (!this.around.some((each) => each.keys.includes(key))) addUse(group, pool);
    }
    if (pool.childUsed > 0n) this.compareFull(pool);
    this.around.push({ pool, keys });
  }

  total(): EstateUse {
    return useOf(this.groups.get(GLOBAL) ?? { pools: 0, 4: null, 6: null });
  }

  groupsBy(grouping: EstateGrouping): EstateGroups {
    const prefix = `${grouping} `;
    const found = [...this.groups].filter(([key]) => key.startsWith(prefix));
    found.sort(([keyA, a], [keyB, b]) => compareGroups(a, b) || (keyA < keyB ? -1 : 1));
    return {
      total: found.length,
      items: found
        .slice(0, MOST_GROUPS)
        .map(([key, group]) => ({ key: key.slice(prefix.length), ...useOf(group) })),
    };
  }

  /** Ids of the pools with the largest share in use, the fullest first, of equal ones the largest. */
  fullest(): number[] {
    return this.full.map(({ id }) => id);
  }

  private isInLast(pool: EstatePool): boolean {
    const last = this.around.at(-1)?.pool;
    return last !== undefined && last.vrfId === pool.vrfId && contains(last.cidr, pool.cidr);
  }

  private groupOf(key: string): Group {
    const known = this.groups.get(key);
    if (known) return known;
    const group: Group = { pools: 0, 4: null, 6: null };
    this.groups.set(key, group);
    return group;
  }

  private compareFull(pool: EstatePool): void {
    const { ratio, total } = utilizationOf(pool);
    const each = { id: pool.id, ratio, size: Number(total) };
    const at = this.full.findIndex((other) => isFuller(each, other));
    if (at < 0 && this.full.length >= MOST_FULL) return;
    this.full.splice(at < 0 ? this.full.length : at, 0, each);
    this.full.length = Math.min(this.full.length, MOST_FULL);
  }
}

type Fullness = { readonly id: number; readonly ratio: number; readonly size: number };

function isFuller(a: Fullness, b: Fullness): boolean {
  if (a.ratio !== b.ratio) return a.ratio > b.ratio;
  return a.size !== b.size ? a.size > b.size : a.id < b.id;
}

function keysOf({ vrfId, provider, accountId, region }: EstatePool): string[] {
  const keys = [GLOBAL, `vrf ${vrfId}`];
  if (provider !== null) keys.push(`provider ${provider}`);
  if (accountId !== null) keys.push(`account ${accountId}`);
  if (region !== null) keys.push(`region ${region}`);
  return keys;
}

function addUse(group: Group, pool: EstatePool): void {
  const { total, used } = utilizationOf(pool);
  const { size = 0n, used: sum = 0n } = group[pool.cidr.family] ?? {};
  group[pool.cidr.family] = { size: size + total, used: sum + used };
}

function compareGroups(a: Group, b: Group): number {
  for (const family of [4, 6] as const) {
    const [one, other] = [a[family]?.used ?? -1n, b[family]?.used ?? -1n];
    if (one !== other) return one > other ? -1 : 1;
  }
  return b.pools - a.pools;
}

function useOf(group: Group): EstateUse {
  const textOf = (use: Group[4]): FamilyUse | null =>
    use && { size: String(use.size), used: String(use.used) };
  return { pools: group.pools, ipv4: textOf(group[4]), ipv6: textOf(group[6]) };
}
