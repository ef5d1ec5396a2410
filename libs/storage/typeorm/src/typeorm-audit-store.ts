import type { AuditEntry, AuditFilter, AuditStore, NewAuditEntry, Reach } from '@cloudpam/audit';
import { fromAuditRow, type AuditRow } from './audit-row';
import { reached } from './reached';
import type { Columns, Session } from './session';
import { totalOf } from './simple-rows';
import { joined, raw, sql, where, type Sql } from './sql';

const COLUMNS: Columns = {
  at: 'time', actor_type: 'text', actor_id: 'text', actor_name: 'text', action: 'text', entity_type: 'text', entity_id: 'text',
  diff: 'json', request_id: 'text', reason: 'text',
};

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
    const matching = sql`from audit_entry e ${where(conditions(this.session, filter))}`;
    const rows = await this.session.rows<AuditRow>(sql`select * ${matching} order by id desc limit ${pageSize} offset ${(page - 1) * pageSize}`, { once: true });
    const total = await totalOf(this.session, sql`select 1 ${matching}`, { once: true });
    return { entries: rows.map(fromAuditRow), total };
  }

  async scan(filter: AuditFilter, { order, beyond }: { readonly order: 'oldest' | 'newest'; readonly beyond?: number }, limit: number): Promise<AuditEntry[]> {
    const oldest = order === 'oldest';
    const from = beyond === undefined ? [] : [oldest ? sql`id > ${beyond}` : sql`id < ${beyond}`];
    const rows = await this.session.rows<AuditRow>(
      sql`select * from audit_entry e ${where([...conditions(this.session, filter), ...from])} order by id ${raw(oldest ? 'asc' : 'desc')} limit ${limit}`, { once: true });
    return rows.map(fromAuditRow);
  }
}

function conditions(session: Session, filter: AuditFilter): Sql[] {
  const found: Sql[] = [];
  if (filter.entityType !== undefined) found.push(sql`entity_type = ${filter.entityType}`);
  if (filter.entityId !== undefined) found.push(sql`entity_id = ${filter.entityId}`);
  if (filter.actorId !== undefined) found.push(sql`actor_id = ${filter.actorId}`);
  if (filter.action !== undefined) found.push(sql`action = ${filter.action}`);
  if (filter.actionPrefix !== undefined) found.push(sql`substr(action, 1, ${filter.actionPrefix.length}) = ${filter.actionPrefix}`);
  if (filter.since !== undefined) found.push(sql`at >= ${filter.since}`);
  if (filter.until !== undefined) found.push(sql`at < ${filter.until}`);
  if (filter.reach) found.push(aboutReached(session, filter.reach));
  return found;
}

/** That the entry is about something in the reach. */
function aboutReached(session: Session, reach: Reach): Sql {
  const idOf = (type: string): Sql => sql`case when e.entity_type = ${type} then cast(e.entity_id as bigint) end`;
  return joined([
    sql`exists (select 1 from pool p where p.id = ${idOf('pool')} and ${reached(session, reach, 'p')})`,
    sql`exists (select 1 from resource r where r.id = ${idOf('resource')} and ${reached(session, reach, 'r')})`,
    ...reach.accountIds ? [session.dialect.among(idOf('account'), 'id', reach.accountIds)] : [],
  ], ' or ');
}
