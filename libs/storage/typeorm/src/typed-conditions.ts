import { addressBytes, blockAround, familyBits, type AddressRange } from '@cloudpam/cidr';
import type { TypedText } from '@cloudpam/pools';
import { beginsIn } from './address-condition';
import type { Dialect } from './dialect';
import { ALIASES, foundIds, type SearchedTable, type Window } from './found-ids';
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
  const is = sql`${raw(`${ALIASES[table]}.name`)} ${session.dialect.byBytes} = ${name}`;
  return foundIds(session, table, is);
}

/** The texts of a row that are looked in. */
const TEXTS = {
  pool: ['p.name', 'p.external_id'],
  resource: ['r.name', 'r.external_id'],
  network: ['n.name', 'n.external_id'],
  address: ['a.name', 'a.dns_name'],
  address_range: ['r.name'],
} as const satisfies Record<SearchedTable | 'network', readonly string[]>;

/** That a text of a row, by its alias, has this in it: by an index, or row by row. */
function withText(session: Session, table: SearchedTable, text: string): Promise<Sql> {
  const { dialect } = session;
  const byIndex = (window: Window): Sql | undefined => dialect.idsWithText?.(table, text, window);
  // The index knows upper and lower case of all letters, what goes row by row on SQLite those of ASCII alone.
  const all = /[^ -~]/.test(text) ? byIndex(() => raw('true')) : undefined;
  const has = all ? sql`${raw(`${ALIASES[table]}.id`)} in (${all})` : hasText(dialect, table, text);
  return foundIds(session, table, has, byIndex);
}

/** The same of the row alone, in any case; also of a network `n`. */
function hasText({ hasPart }: Dialect, table: keyof typeof TEXTS, text: string): Sql {
  return sql`(${anyOf(TEXTS[table].map((column) => hasPart(raw(column), text)))})`;
}

/** That a resource `r` is meant. */
export async function resourceMeant(session: Session, typed: TypedText): Promise<Sql> {
  const meant = await textOrTag(session, 'resource', typed);
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
  const meant = await leafMeant(session, 'address', typed);
  return anyOf(typed.range ? [...meant, beginsIn(typed.range, 'a')] : meant);
}

/** That a range `r` is meant. */
export async function rangeMeant(session: Session, typed: TypedText): Promise<Sql> {
  const meant = await leafMeant(session, 'address_range', typed);
  return anyOf(typed.range ? [...meant, rangeTouches(typed.range)] : meant);
}

/** By name, id and tags: what leaves of the tree have in common. */
async function leafMeant(
  session: Session,
  table: 'address' | 'address_range',
  typed: TypedText,
): Promise<Sql[]> {
  const meant = await textOrTag(session, table, typed);
  if (typed.id !== undefined) meant.push(sql`${raw(`${ALIASES[table]}.id`)} = ${typed.id}`);
  return meant;
}

/** By its texts, and by tags in a column `tags`. */
async function textOrTag(
  session: Session,
  table: Exclude<SearchedTable, 'pool'>,
  typed: TypedText,
): Promise<Sql[]> {
  const meant: Sql[] = [];
  for (const part of partsOf(typed)) meant.push(await withText(session, table, part));
  if (typed.tags.length > 0) {
    const tags = typed.tags.map(({ key, value }) =>
      session.dialect.tagged(raw(`${ALIASES[table]}.tags`), key, value),
    );
    meant.push(await foundIds(session, table, sql`(${anyOf(tags)})`));
  }
  return meant;
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

/** Ranges that share an address begin among the addresses, or are in their VRF the one around the first of them. */
function rangeTouches(range: AddressRange): Sql {
  const first = addressBytes(range.first);
  return sql`(${beginsIn(range, 'r')} or r.id in (select q.id from vrf v cross join address_range q
    where q.vrf_id = v.id and q.hi >= ${first} and q.lo = (select max(o.lo) from address_range o
      where o.vrf_id = v.id and o.lo <= ${first})))`;
}

function firstOf({ family, first }: AddressRange): AddressRange {
  return { family, first, last: first };
}
