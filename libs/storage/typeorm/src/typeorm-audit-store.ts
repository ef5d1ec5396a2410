import type { Actor, AuditEntry, AuditFilter, AuditStore, Diff, NewAuditEntry } from '@cloudpam/audit';
import type { Columns, Session } from './session';
import { totalOf } from './simple-rows';
import { sql, where, type Sql } from './sql';
import { jsonOf, timeOf } from './values';

const COLUMNS: Columns = {
  at: 'time', actor_type: 'text', actor_id: 'text', actor_name: 'text', action: 'text', entity_type: 'text', entity_id: 'text',
  diff: 'json', request_id: 'text', reason: 'text',
};

interface AuditRow {
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
}

/** Audit entries in table `audit_entry`. */
export class TypeOrmAuditStore implements AuditStore {
  constructor(private readonly session: Session) {}

  async append(entries: readonly NewAuditEntry[]): Promise<void> {
    await this.session.insert('audit_entry', COLUMNS, entries.map((entry) => [
      entry.at, entry.actor.type, entry.actor.id, entry.actor.name, entry.action, entry.entityType, entry.entityId,
      JSON.stringify(entry.diff), entry.requestId, entry.reason,
    ]));
  }

  async list(filter: AuditFilter, page: number, pageSize: number): Promise<{ entries: AuditEntry[]; total: number }> {
    const matching = sql`from audit_entry ${where(conditions(filter))}`;
    const rows = await this.session.rows<AuditRow>(sql`select * ${matching} order by id desc limit ${pageSize} offset ${(page - 1) * pageSize}`, { once: true });
    const total = await totalOf(this.session, sql`select 1 ${matching}`, { once: true });
    return { entries: rows.map(fromRow), total };
  }
}

function conditions(filter: AuditFilter): Sql[] {
  const found: Sql[] = [];
  if (filter.entityType !== undefined) found.push(sql`entity_type = ${filter.entityType}`);
  if (filter.entityId !== undefined) found.push(sql`entity_id = ${filter.entityId}`);
  if (filter.actorId !== undefined) found.push(sql`actor_id = ${filter.actorId}`);
  if (filter.action !== undefined) found.push(sql`action = ${filter.action}`);
  if (filter.since !== undefined) found.push(sql`at >= ${filter.since}`);
  if (filter.until !== undefined) found.push(sql`at < ${filter.until}`);
  return found;
}

function fromRow(row: AuditRow): AuditEntry {
  return {
    id: row.id, at: timeOf(row.at), actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name }, action: row.action,
    entityType: row.entity_type, entityId: row.entity_id, diff: jsonOf(row.diff), requestId: row.request_id, reason: row.reason,
  };
}
