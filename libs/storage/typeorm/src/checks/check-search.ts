import type { Session } from '../session';
import { raw, sql } from '../sql';
import { Faults, type Finding } from './finding';

/** Rows of a table whose texts are looked for: the newest ones, and as many between. */
const SAMPLE = 5_000;

const TABLES = ['pool', 'resource', 'address', 'address_range'];
const SQLITE_TRIGGERS = [
  'pool_tag_insert',
  'pool_tag_update',
  ...TABLES.flatMap((table) =>
    ['insert', 'update', 'delete'].map((event) => `${table}_text_${event}`),
  ),
];
const POSTGRES_INDEXES = [
  'pool_name_part',
  'pool_external_id_part',
  'resource_name_part',
  'resource_external_id_part',
  'address_name_part',
  'address_dns_name_part',
  'address_range_name_part',
];

/** Whether what is searched by is in step with what is searched for. */
export function checkSearch(session: Session): Promise<Finding> {
  return session.dialect.name === 'sqlite' ? inSqlite(session) : inPostgres(session);
}

async function inSqlite(session: Session): Promise<Finding> {
  const faults = new Faults();
  const there = await session.rows<{ name: string }>(session.dialect.triggers);
  for (const name of SQLITE_TRIGGERS)
    if (!there.some((each) => each.name === name)) faults.add(`the trigger ${name} is gone`);
  for (const table of TABLES) {
    const [rows, indexed] = [raw(table), raw(`${table}_text_docsize`)];
    const missing = await count(
      session,
      sql`select count(*) as n from ${rows} p
      where not exists (select 1 from ${indexed} d where d.id = p.id)`,
    );
    if (missing > 0) faults.add(`${missing} rows of ${table} are not in the index of names`);
    const gone = await count(
      session,
      sql`select count(*) as n from ${indexed} d
      where not exists (select 1 from ${rows} p where p.id = d.id)`,
    );
    if (gone > 0) faults.add(`${gone} rows of the index of names are of no ${table}`);
    const lost = await notFound(session, table);
    if (lost.length > 0)
      faults.add(`${table} ${lost.slice(0, 3).join(', ')} is not found by its name`);
  }
  const untagged = await count(
    session,
    sql`select count(*) as n from pool p, json_each(p.tags) t where not exists
    (select 1 from pool_tag g where g.key = t.key and g.value = t.value and g.pool_id = p.id)`,
  );
  const tags = await count(session, sql`select count(*) as n from pool_tag`);
  const told = await count(session, sql`select count(*) as n from pool p, json_each(p.tags)`);
  if (untagged > 0 || tags !== told)
    faults.add(
      `the index of tags has ${tags}, the pools have ${told}, and ${untagged} of them are not there`,
    );
  return faults.finding(
    'names, external ids, DNS names and tags are found by their indexes',
    'while no server runs: back up, and restore into a new file, which makes them anew',
  );
}

/** Ids of a sample of rows that are not found by their own names. */
async function notFound(session: Session, table: string): Promise<number[]> {
  const newest = raw(table === 'pool' ? 'updated_at desc, id desc' : 'id desc');
  const rows = await session.rows<{ id: number; name: string }>(sql`
    select id, name from (select id, name from ${raw(table)} order by ${newest} limit ${SAMPLE})
    union select id, name from ${raw(table)}
      where id % (1 + (select count(*) from ${raw(table)}) / ${SAMPLE}) = 0`);
  const lost: number[] = [];
  for (const { id, name } of rows) {
    if ([...name].length < 3) continue;
    const text = `"${name.replaceAll('"', '""')}"`;
    const found = await session.rows(
      sql`select rowid from ${raw(`${table}_text`)} where ${raw(`${table}_text`)} match ${text} and rowid = ${id}`,
    );
    if (found.length === 0) lost.push(id);
  }
  return lost;
}

async function inPostgres(session: Session): Promise<Finding> {
  const rows = await session.rows<{ name: string; valid: boolean }>(
    sql`select c.relname::text as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
      where c.relnamespace = current_schema()::regnamespace`,
    { once: true },
  );
  const invalid = rows.filter(({ valid }) => !valid).map(({ name }) => name);
  if (invalid.length > 0)
    return {
      level: 'fault',
      found: `PostgreSQL does not use the indexes ${invalid.join(', ')}`,
      advice: 'reindex index concurrently makes each of them anew',
    };
  const missing = POSTGRES_INDEXES.filter((name) => !rows.some((each) => each.name === name));
  if (missing.length > 0)
    return {
      level: 'warning',
      found: `without ${missing.join(', ')} a search reads whole tables`,
      advice:
        'the extension pg_trgm was missing when a migration ran: install it, and make the indexes by hand',
    };
  return { level: 'ok', found: 'PostgreSQL keeps every index in step' };
}

async function count(session: Session, query: ReturnType<typeof sql>): Promise<number> {
  const [row] = await session.rows<{ n: number }>(query, { once: true });
  return row?.n ?? 0;
}
