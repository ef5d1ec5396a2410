import type { Reader } from '@cloudpam/audit';
import { usualLength, type BlockCounts } from '@cloudpam/forecast';
import { poolNotFound, type Pool, type PoolReadStores, type VrfStore } from '@cloudpam/pools';
import { compareCidrs, type Cidr } from '@cloudpam/cidr';
import { bitsOf, type ExaminedPool } from './examined-pool';
import {
  besideOf,
  examinePools,
  reachableVrfs,
  type ExamineStores,
  type FreeOfParents,
} from './examine-pools';
import { fragmentationOf, type Fragmentation } from './fragmentation';
import { joiningMove } from './joining-move';
import { fragmented, recommendationsOf } from './recommend';
import type { Recommendation, RecommendationKind } from './recommendation';
import type {
  KeptRecommendation,
  RecommendationFilter,
  RecommendationPage,
  RecommendationStore,
} from './recommendation-store';

/** What reading the analysis asks for: all of it, or what lies in an access scope. */
export interface AnalysisReadStores extends ExamineStores {
  readonly pools: ExamineStores['pools'] & Pick<PoolReadStores['pools'], 'get' | 'list'>;
  readonly vrfs: Pick<VrfStore, 'list'>;
  readonly recommendations: Pick<RecommendationStore, 'list' | 'counts'>;
}

/** A recommendation with the pools that it tells of. */
export interface ToldRecommendation<Kind extends Recommendation = Recommendation> {
  readonly recommendation: Kind;
  readonly pool: Pool;
  readonly related: Pool | null;
}

/** A page of recommendations. */
export interface ToldRecommendations {
  readonly items: readonly ToldRecommendation<KeptRecommendation>[];
  /** Exact up to 10,000; 10,001 means more. */
  readonly total: number;
  /** For the next page; null after the last. */
  readonly nextCursor: string | null;
  /** How many there are of each kind, whichever kind was asked for. */
  readonly counts: ReadonlyMap<RecommendationKind, number>;
}

/** The space in one pool, and what is recommended about it and what lies right in it. */
export interface PoolAnalysis {
  readonly pool: Pool;
  readonly fragmentation: Fragmentation;
  /** False where there are more free blocks than are read: the fragmentation is that of the first of them. */
  readonly isComplete: boolean;
  /** The prefix length of most of its blocks, or that of its rules; null where nothing tells it. */
  readonly usualLength: number | null;
  readonly recommendations: readonly ToldRecommendation[];
  /** So many children were examined, in address order. */
  readonly childrenExamined: number;
  /** Exact up to 10,000; 10,001 means more. */
  readonly childrenTotal: number;
}

/** Free blocks that are read of one pool. */
const MOST_FREE_BLOCKS = 10_000;
/** Children that are examined with a pool. */
const MOST_CHILDREN = 500;

/** Tells how the space of pools is used, and what is recommended about it. */
export class ReadAnalysis {
  constructor(private readonly reader: Reader<AnalysisReadStores>) {}

  /** What was recommended by the last analysis of all pools. @throws InvalidCursor */
  list(filter: RecommendationFilter, page: RecommendationPage): Promise<ToldRecommendations> {
    return this.reader.read(async (stores) => {
      const { items, ...list } = await stores.recommendations.list(filter, page);
      const counts = await stores.recommendations.counts(filter);
      return { items: await withPools(stores, items), ...list, counts };
    });
  }

  /**
   * How the space of one pool is used now, and what is recommended about it and its first children.
   * @param today in days since 1970-01-01, UTC
   * @throws PoolError `pool_not_found`
   */
  ofPool(id: number, today: number): Promise<PoolAnalysis> {
    return this.reader.read(async (stores) => {
      const pool = await stores.pools.get(id);
      if (!pool) throw poolNotFound(id);
      const { items: children, total } = await stores.pools.list(
        { parentId: id },
        { sort: [{ field: 'cidr', descending: false }], size: MOST_CHILDREN },
      );
      const reachable = await reachableVrfs(stores.vrfs);
      const [own, ...below] = await examinePools(stores, [pool, ...children], reachable, today);
      if (!own) throw poolNotFound(id);
      const free = await stores.pools.freeBlocks(id, {
        order: 'address',
        limit: MOST_FREE_BLOCKS + 1,
      });
      const blocks = free.slice(0, MOST_FREE_BLOCKS);
      const fragmentation = fragmentationOf(countsOf(blocks), bitsOf(pool));
      const freeOf: FreeOfParents = new Map();
      const found: Recommendation[] = [];
      for (const each of [own, ...below])
        found.push(...recommendationsOf(each, await besideOf(stores, each, freeOf), today));
      const pieces = inPieces(own, fragmentation, children, blocks);
      const recommendations = [
        ...found.filter(({ poolId, kind }) => poolId !== id || kind !== 'fragmented'),
        ...(pieces ? [pieces] : []),
      ];
      return {
        pool,
        fragmentation,
        isComplete: free.length <= MOST_FREE_BLOCKS,
        usualLength: usualLength(pool, own.days) ?? null,
        recommendations: sorted(await withPools(stores, recommendations), id),
        childrenExamined: children.length,
        childrenTotal: total,
      };
    });
  }
}

/** That the pool is in pieces, with the move that joins the most of them. */
function inPieces(
  own: ExaminedPool,
  fragmentation: Fragmentation,
  children: readonly Pool[],
  free: readonly Cidr[],
): Recommendation | undefined {
  const found = fragmented(own, fragmentation, null);
  return found && { ...found, action: joiningMove(children, free) ?? null };
}

async function withPools<Kind extends Recommendation>(
  { pools }: Pick<AnalysisReadStores, 'pools'>,
  some: readonly Kind[],
): Promise<ToldRecommendation<Kind>[]> {
  const ids = new Set(some.flatMap((each) => [each.poolId, each.relatedId ?? []].flat()));
  const known = new Map((await pools.getMany([...ids])).map((pool) => [pool.id, pool]));
  return some.flatMap((recommendation) => {
    const { poolId, relatedId } = recommendation;
    const pool = known.get(poolId);
    const related = relatedId === null ? null : known.get(relatedId);
    return pool && related !== undefined ? [{ recommendation, pool, related }] : [];
  });
}

const ORDER = { high: 0, medium: 1, low: 2 };

/** Those of the pool itself first, then what matters most, then by address. */
function sorted(some: readonly ToldRecommendation[], own: number): ToldRecommendation[] {
  return some.toSorted(
    (a, b) =>
      Number(b.pool.id === own) - Number(a.pool.id === own) ||
      ORDER[a.recommendation.severity] - ORDER[b.recommendation.severity] ||
      compareCidrs(a.pool.cidr, b.pool.cidr) ||
      a.pool.id - b.pool.id,
  );
}

function countsOf(blocks: readonly Cidr[]): BlockCounts {
  const counts: Record<number, number> = {};
  for (const { prefixLength } of blocks) counts[prefixLength] = (counts[prefixLength] ?? 0) + 1;
  return counts;
}
