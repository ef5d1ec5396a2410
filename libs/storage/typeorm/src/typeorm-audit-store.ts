import type {
  ActorBy,
  AuditEntry,
  AuditFilter,
  AuditStore,
  NewAuditEntry,
  AccessScope,
} from '@cloudpam/audit';
import { fromAuditRow, type AuditRow } from './audit-row';
import { likePattern, type Dialect } from './dialect';
import { inAccessScope } from './in-access-scope';
import { rowBatches } from './row-batches';
import type { Columns, Row, Session } from './session';
import { totalOf } from './simple-rows';
import { joined, NOTHING, raw, sql, where, type Sql } from './sql';

const COLUMNS: Columns = {
  at: 'time',
  actor_type: 'text',
  actor_id: 'text',
  actor_name: 'text',
  action: 'text',
  entity_type: 'text',
  entity_id: 'text',
  diff: 'json',
  request_id: 'text',
  reason: 'text',
  proof: 'text',
};

/** Audit entries in table `audit_entry`. */
export class TypeOrmAuditStore implements AuditStore {
  constructor(private readonly session: Session) {}

  async append(entries: readonly NewAuditEntry[]): Promise<void> {
    const toRow = ({
      at,
      actor,
      action,
      entityType,
      entityId,
      diff,
      requestId,
      reason,
      proof,
    }: NewAuditEntry): Row => [
      at,
      actor.type,
      actor.id,
      actor.name,
      action,
      entityType,
      entityId,
      JSON.stringify(diff),
      requestId,
      reason,
      proof ?? null,
    ];
    for (const rows of rowBatches(entries, toRow))
      await this.session.insert('audit_entry', COLUMNS, rows);
  }

  async list(filter: AuditFilter, page: number, pageSize: number): ReturnType<AuditStore['list']> {
    const { conditions, order, actorBy } = await this.asked(filter);
    const matching = sql`from audit_entry e ${where(conditions)}`;
    const rows = await this.session.rows<AuditRow>(
      sql`select * ${matching} order by ${order} desc limit ${pageSize} offset ${(page - 1) * pageSize}`,
      { once: true },
    );
    const total = await totalOf(this.session, sql`select 1 ${matching}`, { once: true });
    return { entries: rows.map(fromAuditRow), total, actorBy };
  }

  async scan(
    filter: AuditFilter,
    { order: from, beyond }: { readonly order: 'oldest' | 'newest'; readonly beyond?: number },
    limit: number,
  ): Promise<AuditEntry[]> {
    const { conditions, order } = await this.asked(filter);
    const oldest = from === 'oldest';
    if (beyond !== undefined)
      conditions.push(oldest ? sql`e.id > ${beyond}` : sql`e.id < ${beyond}`);
    const rows = await this.session.rows<AuditRow>(
      sql`select *
        from audit_entry e ${where(conditions)} order by ${order} ${raw(oldest ? 'asc' : 'desc')} limit ${limit}`,
      { once: true },
    );
    return rows.map(fromAuditRow);
  }

  private async asked(
    filter: AuditFilter,
  ): Promise<{ conditions: Sql[]; order: Sql; actorBy: ActorBy }> {
    const conditions = conditionsOf(filter);
    const about =
      filter.accessScope &&
      (await aboutReached(this.session, filter.accessScope, filter.entityType));
    if (about) conditions.push(about.condition);
    const actor =
      filter.actor === undefined
        ? undefined
        : await byActor(this.session, filter.actor, about?.condition);
    if (actor) conditions.push(actor.condition);
    // Entries that are looked up may lie anywhere in the log. To go through it in order until
    // enough are found, as the planner likes to, can be to go through all of it; a sum has no index
    // to go along.
    const order = about?.lookedUp ? sql`e.id + 0` : sql`e.id`;
    return { conditions, order, actorBy: actor?.by ?? null };
  }
}

/**
 * That the actor has this id; where no entry that is seen is of such an actor, that this is part of
 * the name.
 */
async function byActor(
  session: Session,
  actor: string,
  seen: Sql | undefined,
): Promise<{ condition: Sql; by: ActorBy }> {
  const byId = sql`e.actor_id = ${actor}`;
  const known = await session.rows(
    sql`select 1 from audit_entry e ${where(seen ? [byId, seen] : [byId])} limit 1`,
    { once: seen !== undefined },
  );
  if (known.length > 0) return { condition: byId, by: 'id' };
  const names = await session.rows<{ name: string }>(namesLike(session.dialect, actor));
  return {
    condition: session.dialect.among(
      sql`e.actor_name`,
      'text',
      names.map(({ name }) => name),
    ),
    by: 'name',
  };
}

/**
 * The names of actors that have the text in them: from one to the next along the index, as there
 * are few beside the entries.
 */
function namesLike({ like }: Dialect, text: string): Sql {
  const next = (after: Sql): Sql => sql`(select min(actor_name) from audit_entry ${after})`;
  return sql`with recursive named (name) as (select ${next(sql``)} union all
    select ${next(sql`where actor_name > named.name`)} from named where named.name is not null)
    select name from named where name ${raw(like)} ${likePattern(text)} escape '!'`;
}

function conditionsOf(filter: AuditFilter): Sql[] {
  const found: Sql[] = [];
  // With an access scope the type is in what is asked about it.
  if (filter.entityType !== undefined && !filter.accessScope)
    found.push(sql`entity_type = ${filter.entityType}`);
  if (filter.entityId !== undefined) found.push(sql`entity_id = ${filter.entityId}`);
  if (filter.action !== undefined) found.push(sql`action = ${filter.action}`);
  if (filter.actionPrefix !== undefined)
    found.push(sql`substr(action, 1, ${filter.actionPrefix.length}) = ${filter.actionPrefix}`);
  if (filter.since !== undefined) found.push(sql`at >= ${filter.since}`);
  if (filter.until !== undefined) found.push(sql`at < ${filter.until}`);
  return found;
}

/**
 * Of an access scope with so many pools, or resources, their entries are looked up; of a wider one each
 * entry is asked what it is about.
 */
const LOOKED_UP = 20_000;

/** That the entry is about something in the access scope, of this type when it is given. */
async function aboutReached(
  session: Session,
  accessScope: AccessScope,
  type: string | undefined,
): Promise<{ condition: Sql; lookedUp: boolean }> {
  const about: { condition: Sql; lookedUp: boolean }[] = [];
  for (const [table, each] of [
    ['pool', 'pool'],
    ['former_pool', 'pool'],
    ['resource', 'resource'],
  ] as const) {
    if (type === undefined || type === each)
      about.push(await aboutRow(session, table, each, accessScope));
  }
  if (type === undefined || type === 'account')
    about.push({
      condition: aboutOneOf(session, 'account', accessScope.accountIds ?? []),
      lookedUp: true,
    });
  if (about.length === 0) return { condition: NOTHING, lookedUp: true };
  return {
    condition: sql`(${joined(
      about.map(({ condition }) => condition),
      ' or ',
    )})`,
    lookedUp: about.every(({ lookedUp }) => lookedUp),
  };
}

async function aboutRow(
  session: Session,
  table: 'pool' | 'former_pool' | 'resource',
  type: string,
  accessScope: AccessScope,
): Promise<{ condition: Sql; lookedUp: boolean }> {
  const within = sql`from ${raw(table)} r where ${inAccessScope(session, accessScope, 'r')}`;
  const rows = await session.rows<{ id: number }>(
    sql`select r.id ${within} limit ${LOOKED_UP + 1}`,
    { once: true },
  );
  if (rows.length <= LOOKED_UP)
    return {
      condition: aboutOneOf(
        session,
        type,
        rows.map(({ id }) => id),
      ),
      lookedUp: true,
    };
  return {
    condition: sql`exists (select 1 ${within} and r.id = case
      when e.entity_type = ${type} then cast(e.entity_id as bigint) end)`,
    lookedUp: false,
  };
}

function aboutOneOf({ dialect }: Session, type: string, ids: readonly number[]): Sql {
  return sql`(e.entity_type = ${type} and ${dialect.among(sql`e.entity_id`, 'text', ids.map(String))})`;
}
