import type { AnalysisReadStores, RecommendationStore } from '@cloudpam/analysis';
import type { AccessScope } from '@cloudpam/audit';
import type { Stores } from '../../storage/storage';

/** What is recommended about pools of the access scope, and tells of no other pool. */
export function visibleRecommendations(
  { recommendations }: Stores,
  accessScope: AccessScope,
): AnalysisReadStores['recommendations'] {
  return {
    list: (...[filter, page]: Parameters<RecommendationStore['list']>) =>
      recommendations.list({ ...filter, accessScope }, page),
    counts: (filter) => recommendations.counts({ ...filter, accessScope }),
  };
}
