import type {
  ActorBy,
  AuditEntry,
  AuditFilter,
  AuditStore,
  NewAuditEntry,
  AccessScope,
} from '@cloudpam/audit';
import { entryColumns, fromAuditRow, PLACE_COLUMNS, placeValues, type AuditRow } from './audit-row';
import type { Dialect } from './dialect';
import { inAccessScope } from './in-access-scope';
import { rowBatches } from './row-batches';
import type { Columns, Row, Session } from './session';
import { totalOf } from './simple-rows';
import { joined, raw, sql, where, type Sql } from './sql';

const COLUMNS: Columns = {
  at: 'time',
  actor_type: 'text',
  actor_id: 'text',
  actor_name: 'text',
  action: 'text',
  version: 'int',
  entity_type: 'text',
  entity_id: 'text',
  diff: 'json',
  request_id: 'text',
  reason: 'text',
  proof: 'text',
  ...PLACE_COLUMNS,
};

const COLUMNS_OF_MOVES: Columns = {
  ...COLUMNS,
  ...Object.fromEntries(
    Object.entries(PLACE_COLUMNS).map(([name, type]) => [`former_${name}`, type]),
  ),
};

/** Audit entries in table `audit_entry`. */
export class TypeOrmAuditStore implements AuditStore {
  private readonly columns: Sql;

  constructor(private readonly session: Session) {
    this.columns = entryColumns(session.dialect);
  }

  async append(entries: readonly NewAuditEntry[]): Promise<void> {
    // Few entries are of moves, and five columns more would be felt by all that write many.
    const areMoves = entries.some(({ formerPlace }) => formerPlace);
    const toRow = (entry: NewAuditEntry): Row => [
      entry.at,
      entry.actor.type,
      entry.actor.id,
      entry.actor.name,
      entry.type,
      entry.version,
      entry.entityType,
      entry.entityId,
      JSON.stringify(entry.diff),
      entry.requestId,
      entry.reason,
      entry.proof ?? null,
      ...placeValues(entry.place),
      ...(areMoves ? placeValues(entry.formerPlace) : []),
    ];
    for (const rows of rowBatches(entries, toRow))
      await this.session.insert('audit_entry', areMoves ? COLUMNS_OF_MOVES : COLUMNS, rows);
  }

  async list(filter: AuditFilter, page: number, pageSize: number): ReturnType<AuditStore['list']> {
    const { conditions, scope, actorBy } = await this.asked(filter);
    const offset = (page - 1) * pageSize;
    const named = scope && (await idsIn(this.session, scope, conditions));
    if (named) {
      const ids = named.sort((a, b) => b - a);
      const entries = await this.entriesOf(ids.slice(offset, offset + pageSize), 'desc');
      return { entries, total: Math.min(ids.length, MORE), actorBy };
    }
    if (scope) conditions.push(anyOf(scope));
    const matching = sql`from audit_entry e ${where(conditions)}`;
    const rows = await this.session.rows<AuditRow>(
      sql`select ${this.columns} ${matching} order by e.id desc limit ${pageSize} offset ${offset}`,
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
    const { conditions, scope } = await this.asked(filter);
    const [order, sign] = from === 'oldest' ? (['asc', 1] as const) : (['desc', -1] as const);
    if (beyond !== undefined)
      conditions.push(sign === 1 ? sql`e.id > ${beyond}` : sql`e.id < ${beyond}`);
    const named = scope && (await idsIn(this.session, scope, conditions));
    if (named) {
      const ids = named.sort((a, b) => sign * (a - b));
      return this.entriesOf(ids.slice(0, limit), order);
    }
    if (scope) conditions.push(anyOf(scope));
    const rows = await this.session.rows<AuditRow>(
      sql`select ${this.columns} from audit_entry e ${where(conditions)} order by e.id ${raw(order)} limit ${limit}`,
      { once: true },
    );
    return rows.map(fromAuditRow);
  }

  private async asked(
    filter: AuditFilter,
  ): Promise<{ conditions: Sql[]; scope: readonly Sql[] | undefined; actorBy: ActorBy }> {
    const conditions = conditionsOf(filter);
    const scope = filter.accessScope && inScope(this.session, filter.accessScope);
    const actor =
      filter.actor === undefined ? undefined : await byActor(this.session, filter.actor, scope);
    if (actor) conditions.push(actor.condition);
    const actorBy = actor?.by ?? null;
    // The entries of one entity are few, and an index gives them in order.
    const isOne = filter.entityType !== undefined && filter.entityId !== undefined;
    return scope && isOne
      ? { conditions: [...conditions, anyOf(scope)], scope: undefined, actorBy }
      : { conditions, scope, actorBy };
  }

  private async entriesOf(ids: readonly number[], order: 'asc' | 'desc'): Promise<AuditEntry[]> {
    const rows = await this.session.rows<AuditRow>(
      sql`select ${this.columns} from audit_entry e where ${this.session.dialect.among(sql`e.id`, 'id', ids)}
        order by e.id ${raw(order)}`,
      { once: true },
    );
    return rows.map(fromAuditRow);
  }
}

/**
 * That the actor has this id; where no entry that is seen is of such an actor, that this is part of
 * the name.
 */
async function byActor(
  session: Session,
  actor: string,
  scope: readonly Sql[] | undefined,
): Promise<{ condition: Sql; by: ActorBy }> {
  const byId = sql`e.actor_id = ${actor}`;
  const seen = scope ? [anyOf(scope)] : [];
  const known = await session.rows(
    sql`select 1 from audit_entry e ${where([byId, ...seen])} limit 1`,
    { once: scope !== undefined },
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
function namesLike({ hasPart }: Dialect, text: string): Sql {
  const next = (after: Sql): Sql => sql`(select min(actor_name) from audit_entry ${after})`;
  return sql`with recursive named (name) as (select ${next(sql``)} union all
    select ${next(sql`where actor_name > named.name`)} from named where named.name is not null)
    select name from named where ${hasPart(raw('name'), text)}`;
}

function conditionsOf(filter: AuditFilter): Sql[] {
  const found: Sql[] = [];
  if (filter.entityType !== undefined) {
    // With an access scope there are two types of entities, which an index does not tell apart enough.
    const isAlone = filter.accessScope !== undefined && filter.entityId === undefined;
    const type = isAlone ? sql`entity_type || ''` : sql`entity_type`;
    found.push(sql`${type} = ${filter.entityType}`);
  }
  if (filter.entityId !== undefined) found.push(sql`entity_id = ${filter.entityId}`);
  if (filter.type !== undefined) found.push(sql`action = ${filter.type}`);
  if (filter.typePrefix !== undefined)
    found.push(sql`substr(action, 1, ${filter.typePrefix.length}) = ${filter.typePrefix}`);
  if (filter.since !== undefined) found.push(sql`at >= ${filter.since}`);
  if (filter.until !== undefined) found.push(sql`at < ${filter.until}`);
  return found;
}

/** The total of lists that means more. */
const MORE = 10_001;
/** So many entries of an access scope are named; of a wider one each entry is asked where it lies. */
const MOST_NAMED = 20_000;

/**
 * That the event happened in the access scope, as `isEventInScope` says: one of these holds. Each pool
 * that limits is by itself, so that each is found by an index.
 */
function inScope(session: Session, accessScope: AccessScope): readonly Sql[] {
  const accounts = (accessScope.accountIds ?? []).map(String);
  const tops = accessScope.under?.map((top) => [top]) ?? [null];
  return [
    sql`(e.entity_type = 'account'
      and ${session.dialect.among(sql`e.entity_id`, 'text', accounts)})`,
    ...['', 'former_'].flatMap((prefix) =>
      tops.map((under) => {
        const within = inAccessScope(session, { ...accessScope, under }, 'e', prefix);
        const owned = accessScope.accountIds ? [`e.${prefix}account_id`] : [];
        // What the indexes hold: a planner must see that it asks for nothing else.
        const indexed = [`e.${prefix}lo`, ...owned].map((column) => `${column} is not null`);
        return sql`(${raw(indexed.join(' and '))} and ${within})`;
      }),
    ),
  ];
}

function anyOf(conditions: readonly Sql[]): Sql {
  return sql`(${joined(conditions, ' or ')})`;
}

/**
 * The ids of the entries of a scope for which the conditions hold; undefined where they are too many.
 * They may lie anywhere in the log: to go through it in order until enough are found, as the planner
 * likes to, can be to go through all of it.
 */
async function idsIn(
  session: Session,
  scope: readonly Sql[],
  conditions: readonly Sql[],
): Promise<number[] | undefined> {
  const found = joined(
    scope.map((each) => sql`select e.id from audit_entry e ${where([each, ...conditions])}`),
    ' union all ',
  );
  const rows = await session.rows<{ id: number }>(sql`${found} limit ${MOST_NAMED + 1}`, {
    once: true,
  });
  return rows.length > MOST_NAMED ? undefined : [...new Set(rows.map(({ id }) => id))];
}
