import type { Decision, DecisionRequest } from '@cloudpam/reconciliation';
import { instantOf } from '../http/schema';
import type { IgnoreDto } from './dto/decision.dto';

/** What a body asks for, as the use case takes it. @throws SchemaError */
export function requestOf(
  decision: Decision,
  ids: readonly number[],
  { until, findings }: IgnoreDto = {},
): DecisionRequest {
  return {
    decision,
    ids,
    findings,
    ...(typeof until === 'string' ? { until: instantOf(until, 'until') } : {}),
  };
}
