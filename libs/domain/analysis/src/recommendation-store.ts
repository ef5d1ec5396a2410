import type { AccessScope } from '@cloudpam/audit';
import type { Recommendation, RecommendationKind, Severity } from './recommendation';

/** A recommendation as it was kept. */
export interface KeptRecommendation extends Recommendation {
  readonly madeAt: Date;
}

/** Which recommendations a list has: those that fit every given field. */
export interface RecommendationFilter {
  readonly kind?: RecommendationKind;
  readonly severity?: Severity;
  readonly vrfId?: number;
  readonly accountId?: number;
  /** Only those of pools in it, that tell of no other pool that is not. */
  readonly accessScope?: AccessScope;
}

/** A page of them: after so many, or after the cursor of an earlier page. */
export interface RecommendationPage {
  readonly size: number;
  readonly skip?: number;
  readonly after?: string;
}

/** A page of recommendations: what matters most first, then by pool and kind. */
export interface RecommendationList {
  readonly items: readonly KeptRecommendation[];
  /** Exact up to 10,000; 10,001 means more. */
  readonly total: number;
  /** For the next page; null after the last. */
  readonly nextCursor: string | null;
}

/** What is recommended about pools; it goes with its pool, and with the other one that it tells of. */
export interface RecommendationStore {
  /** @throws InvalidCursor */
  list(filter: RecommendationFilter, page: RecommendationPage): Promise<RecommendationList>;
  /** How many there are of each kind, whatever `filter.kind` says; each exact up to 10,000, 10,001 means more. */
  counts(filter: RecommendationFilter): Promise<ReadonlyMap<RecommendationKind, number>>;
  /** Writes recommendations; each replaces that of its pool and kind. Those of pools that are gone are left out. */
  save(recommendations: readonly KeptRecommendation[]): Promise<void>;
  /** Forgets what was made before a time, at most so many. @returns how many were forgotten */
  purge(before: Date, limit: number): Promise<number>;
}
