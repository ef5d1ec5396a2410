import {
  RECOMMENDATION_KINDS,
  SEVERITIES,
  type KeptRecommendation,
  type RecommendationFilter,
  type RecommendationKind,
  type RecommendationList,
  type RecommendationPage,
  type RecommendationStore,
} from '@cloudpam/analysis';
import { isInScope } from '@cloudpam/audit';
import { InvalidCursor } from '@cloudpam/pools';
import { joined } from './lookup';
import { byText, totalOf } from './page-of';
import type { Tables } from './stores';

/** Recommendations over a Map. */
export class MemoryRecommendationStore implements RecommendationStore {
  constructor(private readonly tables: Tables) {}

  async list(
    filter: RecommendationFilter,
    { size, skip = 0, after }: RecommendationPage,
  ): Promise<RecommendationList> {
    const found = this.fitting(filter).sort((a, b) => inOrder(placeOf(a), placeOf(b)));
    const start =
      after === undefined
        ? skip
        : found.filter((each) => inOrder(placeOf(each), placeIn(after)) <= 0).length;
    const items = found.slice(start, start + size);
    const last = start + size < found.length ? items.at(-1) : undefined;
    return {
      items,
      total: totalOf(found),
      nextCursor: last ? placeOf(last).join('.') : null,
    };
  }

  async counts({
    kind: _,
    ...filter
  }: RecommendationFilter): Promise<ReadonlyMap<RecommendationKind, number>> {
    const found = this.fitting(filter);
    return new Map(
      RECOMMENDATION_KINDS.map((kind) => [
        kind,
        totalOf(found.filter((each) => each.kind === kind)),
      ]),
    );
  }

  async save(recommendations: readonly KeptRecommendation[]): Promise<void> {
    for (const each of recommendations)
      if (this.isThere(each)) this.tables.recommendations.set(joined(each.poolId, each.kind), each);
  }

  async purge(before: Date, limit: number): Promise<number> {
    const old = this.tables.recommendations.all().filter(({ madeAt }) => madeAt < before);
    const gone = old.slice(0, limit);
    for (const { poolId, kind } of gone) this.tables.recommendations.delete(joined(poolId, kind));
    return gone.length;
  }

  private fitting({
    kind,
    severity,
    vrfId,
    accountId,
    accessScope,
  }: RecommendationFilter): KeptRecommendation[] {
    const { pools, recommendations } = this.tables;
    return recommendations.all().filter((each) => {
      const pool = pools.get(each.poolId);
      const related = each.relatedId === null ? null : pools.get(each.relatedId);
      return (
        pool !== undefined &&
        related !== undefined &&
        (kind === undefined || each.kind === kind) &&
        (severity === undefined || each.severity === severity) &&
        (vrfId === undefined || pool.vrfId === vrfId) &&
        (accountId === undefined || pool.accountId === accountId) &&
        (!accessScope ||
          (isInScope(accessScope, pool) && (related === null || isInScope(accessScope, related))))
      );
    });
  }

  private isThere({ poolId, relatedId }: KeptRecommendation): boolean {
    const { pools } = this.tables;
    return pools.has(poolId) && (relatedId === null || pools.has(relatedId));
  }
}

type PlaceInList = readonly [severity: number, poolId: number, kind: string];

function placeOf({ severity, poolId, kind }: KeptRecommendation): PlaceInList {
  return [SEVERITIES.indexOf(severity) + 1, poolId, kind];
}

function inOrder([severity, poolId, kind]: PlaceInList, other: PlaceInList): number {
  return severity - other[0] || poolId - other[1] || byText(kind, other[2]);
}

function placeIn(cursor: string): PlaceInList {
  const [, severity, id, kind] = /^([1-3])\.(\d{1,15})\.([a-z_]{1,20})$/.exec(cursor) ?? [];
  if (severity === undefined || kind === undefined) throw new InvalidCursor();
  return [Number(severity), Number(id), kind];
}
