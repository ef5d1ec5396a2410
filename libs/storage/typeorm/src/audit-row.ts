import type { Actor, AuditEntry, Diff } from '@cloudpam/audit';
import { jsonOf, timeOf } from './values';

/** A row of `audit_entry` as either driver gives it. */
export interface AuditRow {
  id: number;
  at: Date | number;
  actor_type: Actor['type'];
  actor_id: string;
  actor_name: string;
  action: string;
  entity_type: string;
  entity_id: string;
  diff: Diff | string;
  request_id: string;
  reason: string | null;
  proof: string | null;
}

export function fromAuditRow(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: timeOf(row.at),
    actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
    action: row.action,
    entityType: row.entity_type,
    entityId: row.entity_id,
    diff: jsonOf(row.diff),
    requestId: row.request_id,
    reason: row.reason,
    ...(row.proof !== null && { proof: row.proof }),
  };
}
