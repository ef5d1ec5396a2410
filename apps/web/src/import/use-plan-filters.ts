import type { Schemas } from '@cloudpam/api-client';
import { useUrlParams } from '../url/use-url-params';
import { ACTIONS, ENTITIES } from './import-words';
import type { PlanFilters } from './plan-filters';

/** Takes every filter of a plan out of the URL. */
export const NO_PLAN_FILTERS = { action: null, entity: null, code: null, q: null } as const;

/** The filters of a plan, as they stand in the URL; a word that is none narrows nothing. */
export function usePlanFilters(): PlanFilters {
  const params = useUrlParams();
  const action = params.text('action');
  const entity = params.text('entity');
  return {
    action: action in ACTIONS ? (action as Schemas['ImportAction']) : '',
    entity: entity === 'none' || entity in ENTITIES ? (entity as PlanFilters['entity']) : '',
    code: params.text('code'),
    text: params.text('q'),
  };
}
