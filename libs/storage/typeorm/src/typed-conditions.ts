import { blockAround, familyBits, type AddressRange } from '@cloudpam/cidr';
import type { TypedText } from '@cloudpam/pools';
import { beginsIn } from './address-condition';
import type { Dialect } from './dialect';
import { foundIds, type SearchedTable, type Window } from './found-ids';
import { liesAround, supernetRows } from './pool-tree';
import type { Session } from './session';
import { anyOf, raw, sql, type Sql } from './sql';

/** That a pool `p` is meant by what was typed, as `isMeant` says. */
export async function poolMeant(
  session: Session,
  typed: TypedText,
  vrfId: number | undefined,
): Promise<Sql> {
  const { dialect } = session;
  const meant: Sql[] = [];
  for (const part of partsOf(typed)) meant.push(await withText(session, 'pool', part));
  if (typed.id !== undefined) meant.push(sql`p.id = ${typed.id}`);
  if (typed.range)
    meant.push(beginsIn(typed.range, 'p'), liesAround(session, vrfId, firstOf(typed.range)));
  for (const { key, value } of typed.tags) meant.push(dialect.poolTagged(key, value));
  return anyOf(meant);
}

/** That a pool `p` or a resource `r` has exactly this name. The index of pools orders by bytes. */
export function named(session: Session, table: 'pool' | 'resource', name: string): Promise<Sql> {
  const is = sql`${raw(`${table[0]}.name`)} ${session.dialect.byBytes} = ${name}`;
  return foundIds(session, table, is);
}

/** The texts of a row that are looked in. */
const TEXTS = {
  pool: ['p.name', 'p.external_id'],
  resource: ['r.name', 'r.external_id'],
  network: ['n.name', 'n.external_id'],
  address: ['a.name', 'a.dns_name'],
} as const satisfies Record<SearchedTable | 'network', readonly string[]>;

/** That a text of a pool `p`, a resource `r` or an address record `a` has this in it: by an index, or row by row. */
function withText(session: Session, table: SearchedTable, text: string): Promise<Sql> {
  const { dialect } = session;
  const byIndex = (window: Window): Sql | undefined => dialect.idsWithText?.(table, text, window);
  // The index knows upper and lower case of all letters, what goes row by row on SQLite those of ASCII alone.
  const all = /[^ -~]/.test(text) ? byIndex(() => raw('true')) : undefined;
  const has = all ? sql`${raw(`${table[0]}.id`)} in (${all})` : hasText(dialect, table, text);
  return foundIds(session, table, has, byIndex);
}

/** The same of the row alone, in any case; also of a network `n`. */
function hasText({ hasPart }: Dialect, table: keyof typeof TEXTS, text: string): Sql {
  return sql`(${anyOf(TEXTS[table].map((column) => hasPart(raw(column), text)))})`;
}

/** That a resource `r` is meant. */
export async function resourceMeant(session: Session, typed: TypedText): Promise<Sql> {
  const meant: Sql[] = [];
  for (const part of partsOf(typed)) meant.push(await withText(session, 'resource', part));
  if (typed.tags.length > 0) {
    const tags = typed.tags.map(({ key, value }) =>
      session.dialect.tagged(raw('r.tags'), key, value),
    );
    meant.push(await foundIds(session, 'resource', sql`(${anyOf(tags)})`));
  }
  if (typed.range) meant.push(resourceTouches(session, typed.range));
  return anyOf(meant);
}

/** That a network `n` is meant. */
export function networkMeant(session: Session, typed: TypedText): Sql {
  const meant = partsOf(typed).map((part) => hasText(session.dialect, 'network', part));
  if (typed.range)
    meant.push(
      sql`n.id in (select r.network_id from resource r where ${resourceTouches(session, typed.range)})`,
    );
  return anyOf(meant);
}

/** That an address record `a` is meant. */
export async function addressMeant(session: Session, typed: TypedText): Promise<Sql> {
  const meant: Sql[] = [];
  for (const part of partsOf(typed)) meant.push(await withText(session, 'address', part));
  if (typed.id !== undefined) meant.push(sql`a.id = ${typed.id}`);
  if (typed.range) meant.push(beginsIn(typed.range, 'a'));
  if (typed.tags.length > 0) {
    const tags = typed.tags.map(({ key, value }) =>
      session.dialect.tagged(raw('a.tags'), key, value),
    );
    meant.push(await foundIds(session, 'address', sql`(${anyOf(tags)})`));
  }
  return anyOf(meant);
}

function partsOf({ text, cloudId }: TypedText): string[] {
  return cloudId === undefined ? [text] : [text, cloudId];
}

/** What touches a range begins in it, or lies around its first address. */
function resourceTouches(session: Session, range: AddressRange): Sql {
  const { family, first } = range;
  const around = session.dialect.table(
    's',
    { lo: 'bytes', plen: 'int' },
    supernetRows(blockAround(family, first, familyBits(family))),
  );
  return sql`(${beginsIn(range, 'r')} or r.id in (select q.id from ${around} cross
    join resource q where q.lo = s.lo and q.plen = s.plen))`;
}

function firstOf({ family, first }: AddressRange): AddressRange {
  return { family, first, last: first };
}
