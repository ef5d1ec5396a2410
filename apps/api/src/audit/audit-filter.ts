import type { AuditFilter } from '@cloudpam/audit';
import { instantOf } from '../http/schema';
import type { AuditFilterQuery } from './dto/audit-query.dto';

/** What the parameters ask for, as the store takes it. */
export function auditFilterOf({ action, ...query }: AuditFilterQuery): AuditFilter {
  return {
    entityType: query.entity_type,
    entityId: query.entity_id,
    actor: query.actor || undefined,
    ...(action?.endsWith('*') ? { typePrefix: action.slice(0, -1) } : { type: action }),
    since: query.since === undefined ? undefined : instantOf(query.since, 'since'),
    until: query.until === undefined ? undefined : instantOf(query.until, 'until'),
  };
}
