import type { FollowingStores } from '@cloudpam/audit';
import type { EstateStore } from '../estate/estate-store';
import type { ForecastStore } from '../nightly/forecast-store';
import type { UsageDay } from '../usage-day';
import type { UsageNode } from './usage-node';

/** What of the past of pools is asked for; days are since 1970-01-01, both included. */
export interface UsageWindow {
  readonly from: number;
  readonly to: number;
}

/** A day of a pool. */
export interface PoolDay {
  readonly poolId: number;
  readonly day: UsageDay;
}

/** How pools were used, day by day. */
export interface UsageReader {
  /**
   * The days of each of the pools on which something has changed, in their order; the first is the
   * last one until `from`, as that is how it was then. Pools that have none are left out.
   */
  days(
    poolIds: readonly number[],
    window: UsageWindow,
  ): Promise<ReadonlyMap<number, readonly UsageDay[]>>;
  /** Ids of pools that have days, ascending, after one. */
  poolsWithDays(after: number, limit: number): Promise<readonly number[]>;
}

/**
 * How pools were used, and the tree as far as the log was counted: the log is read once, and no
 * table of pools is.
 */
export interface UsageStore extends UsageReader {
  /** Whether the node is there, with this very place. */
  has(node: UsageNode): Promise<boolean>;
  put(node: UsageNode): Promise<void>;
  drop(node: UsageNode): Promise<void>;
  /** The last pool before a node in the order of the tree of its VRF; it need not contain it. */
  poolBefore(node: UsageNode): Promise<UsageNode | undefined>;
  /** The last node in `outer` that begins before an address; undefined where none does. */
  lastIn(outer: UsageNode, before: bigint): Promise<UsageNode | undefined>;
  /** The nodes in `outer` that begin at an address or later, in the order of the tree. */
  nextIn(outer: UsageNode, from: bigint, limit: number): Promise<readonly UsageNode[]>;
  /** How the pool was used on the last of its days. */
  latest(poolId: number): Promise<UsageDay | undefined>;
  /** Writes days; one that is there is replaced. */
  save(days: readonly PoolDay[]): Promise<void>;
  /** Forgets all days of pools. */
  forget(poolIds: readonly number[]): Promise<void>;
  /**
   * Forgets what was before a day, but for how each pool was used on it; at most so many days at once.
   * @returns how many days were forgotten
   */
  purge(before: number, limit: number): Promise<number>;
}

/** What counting usage and the estate, and telling of it, ask of a storage. */
export interface UsageStores extends FollowingStores {
  readonly usage: UsageStore;
  readonly forecasts: ForecastStore;
  readonly estate: EstateStore;
}
