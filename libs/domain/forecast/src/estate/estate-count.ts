import { LONGEST_LOOK_DAYS } from '../forecast';
import type { UsageReader } from '../usage/usage-store';
import {
  PoolCount,
  type EstateGrouping,
  type EstateGroups,
  type EstateRoot,
  type EstateUse,
} from './count-pools';
import { GrowthSum, type EstateGrowth } from './estate-growth';

/** What was counted of many pools. */
export interface EstateCount {
  readonly total: EstateUse;
  readonly groups: Readonly<Record<EstateGrouping, EstateGroups>>;
  /** Ids of the fullest pools, the fullest first. */
  readonly fullest: readonly number[];
  /** How the pools that lie in no other one have grown; null where none has a past. */
  readonly growth: { readonly ipv4: EstateGrowth | null; readonly ipv6: EstateGrowth | null };
}

/** Of so many pools of a family that lie in no other one the past is added up: the largest. */
const MOST_ROOTS = 10_000;
/** Whose days are read at once. */
const PAGE = 200;

/**
 * What was counted, with the growth of its roots.
 * @param days as `UsageReader.days`
 * @param pause asked before each page, so that requests have their turn
 */
export async function estateCountOf(
  pools: PoolCount,
  days: UsageReader['days'],
  today: number,
  pause: () => Promise<void> | undefined = () => undefined,
): Promise<EstateCount> {
  const sums = { 4: new GrowthSum(32), 6: new GrowthSum(128) };
  // Each family by itself: any pool of IPv6 is larger than all of IPv4.
  const roots = ([4, 6] as const).flatMap((family) =>
    largest(pools.roots.filter((root) => root.family === family)),
  );
  const window = { from: today - LONGEST_LOOK_DAYS, to: today };
  for (let start = 0; start < roots.length; start += PAGE) {
    await pause();
    const page = roots.slice(start, start + PAGE);
    const found = await days(
      page.map(({ id }) => id),
      window,
    );
    for (const { id, family, size } of page) sums[family].add(size, found.get(id) ?? []);
  }
  return {
    total: pools.total(),
    groups: {
      vrf: pools.groupsBy('vrf'),
      provider: pools.groupsBy('provider'),
      account: pools.groupsBy('account'),
      region: pools.groupsBy('region'),
    },
    fullest: pools.fullest(),
    growth: { ipv4: sums[4].growth(today) ?? null, ipv6: sums[6].growth(today) ?? null },
  };
}

function largest(roots: readonly EstateRoot[]): readonly EstateRoot[] {
  if (roots.length <= MOST_ROOTS) return roots;
  const bySize = [...roots].sort((a, b) => (a.size === b.size ? 0 : a.size > b.size ? -1 : 1));
  return bySize.slice(0, MOST_ROOTS);
}
