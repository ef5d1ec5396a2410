import type { AnalysisReadStores, RecommendationStore } from '@cloudpam/analysis';
import type { AccessScope } from '@cloudpam/audit';
import type { Stores } from '../../storage/storage';

/** What is recommended about pools of the access scope, and tells of no other pool. */
export function visibleRecommendations(
  { recommendations }: Stores,
  accessScope: AccessScope,
): AnalysisReadStores['recommendations'] {
  return {
    list: async (...[filter, page]: Parameters<RecommendationStore['list']>) => {
      const { items, ...list } = await recommendations.list({ ...filter, accessScope }, page);
      // In how many VRFs the space is used was counted over all.
      const shown = items.map(({ facts: { vrfs: _, ...facts }, ...each }) => ({ ...each, facts }));
      return { items: shown, ...list };
    },
    counts: (filter) => recommendations.counts({ ...filter, accessScope }),
  };
}
