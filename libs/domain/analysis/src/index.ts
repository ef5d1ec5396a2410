export { fragmentationOf, type Fragmentation, type RoomAtLength } from './fragmentation';
export {
  ACTIONS,
  RECOMMENDATION_KINDS,
  SEVERITIES,
  type ActionType,
  type Facts,
  type Recommendation,
  type RecommendationKind,
  type RecommendedAction,
  type Severity,
} from './recommendation';
export type {
  KeptRecommendation,
  RecommendationFilter,
  RecommendationList,
  RecommendationPage,
  RecommendationStore,
} from './recommendation-store';
export {
  AnalysePools,
  analysisTimes,
  minutesBetween,
  type AnalysingStores,
  type AnalysisTimes,
} from './analyse-pools';
export {
  ReadAnalysis,
  type AnalysisReadStores,
  type PoolAnalysis,
  type ToldRecommendation,
  type ToldRecommendations,
} from './read-analysis';
