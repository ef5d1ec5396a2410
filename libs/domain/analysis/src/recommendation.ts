/** What can be recommended about a pool. */
export const RECOMMENDATION_KINDS = [
  'duplicate',
  'shadowed',
  'undersized',
  'fragmented',
  'breaks_rules',
  'oversized',
  'unused',
] as const;
/** One of `RECOMMENDATION_KINDS`. */
export type RecommendationKind = (typeof RECOMMENDATION_KINDS)[number];

/** How much it matters, the most first. */
export const SEVERITIES = ['high', 'medium', 'low'] as const;
/** One of `SEVERITIES`. */
export type Severity = (typeof SEVERITIES)[number];

/** What is recommended to do. */
export const ACTIONS = ['merge', 'resize', 'move', 'reclaim', 'edit'] as const;
/** One of `ACTIONS`. */
export type ActionType = (typeof ACTIONS)[number];

/** What to do, with what its dialog is filled with. */
export interface RecommendedAction {
  readonly type: ActionType;
  /** The pools that it changes: of `merge` two, of others one; none where only the analysis of the pool names it. */
  readonly poolIds: readonly number[];
  /** What the pool would become; null where a person has to choose. */
  readonly cidr: string | null;
  /** Tags that are missing, of `edit`. */
  readonly tags: readonly string[];
}

/** What was seen. Prefix lengths are in the family's own bits, host counts in addresses. */
export interface Facts {
  /** Fragmentation, 0..1. */
  readonly score?: number;
  /** The prefix length that it is about: most blocks of a fragmented pool, what would be enough for the hosts. */
  readonly prefixLength?: number;
  /** Of the largest free block; null without any. */
  readonly largestFree?: number | null;
  /** Of the largest free block there would be in one piece. */
  readonly packedLargest?: number | null;
  readonly hostsUsed?: string;
  readonly hostsSize?: string;
  /** Days since anything was in it, or its fields were changed. */
  readonly idleDays?: number;
  /** What breaks the rules of the parent, as a sentence. */
  readonly breach?: string;
  /** In how many VRFs of the reachability domain its space is used, too. */
  readonly vrfs?: number;
  /** Its cloud says where it is: nothing of that can be changed here. */
  readonly followsCloud?: true;
}

/** Something about a pool that a person may want to change. */
export interface Recommendation {
  readonly poolId: number;
  readonly kind: RecommendationKind;
  readonly severity: Severity;
  /** Another pool that it tells of; who does not see that does not see the recommendation. */
  readonly relatedId: number | null;
  readonly facts: Facts;
  /** null where nothing can be done here. */
  readonly action: RecommendedAction | null;
}
