import type { PoolFilter, PoolList, PoolPage } from '@cloudpam/pools';
import { liesIn } from './address-condition';
import { cursorAfter, sortColumns, valuesOfCursor, type SortColumn } from './pool-cursor';
import { POOL_TABLES, poolFields, poolsOf, type PoolRow } from './pool-row';
import { belowAny, liesAround } from './pool-tree';
import { inAccessScope } from './in-access-scope';
import type { Session } from './session';
import { totalOf } from './simple-rows';
import { named, poolMeant } from './typed-conditions';
import { joined, NOTHING, raw, sql, where, type Sql, type Value } from './sql';

/** What most pages ask for, which goes by an index whatever the values. */
const COMMON: readonly string[] = ['vrfId', 'parentId', 'contains', 'externalId'];

/** Whether the statements of a filter are worth keeping: of all filters there are too many. */
function isCommon(filter: PoolFilter): boolean {
  return Object.entries(filter).every(
    ([name, value]) => value === undefined || COMMON.includes(name),
  );
}

/** As `PoolStore.list`. */
export async function listPools(
  session: Session,
  filter: PoolFilter,
  page: PoolPage,
): Promise<PoolList> {
  const columns = sortColumns(page.sort, session.dialect.byBytes);
  const after =
    page.after === undefined
      ? []
      : [beyond(columns, valuesOfCursor(page.after, page.sort, columns))];
  const conditions = await conditionsOf(session, filter);
  if (conditions.includes(NOTHING)) return { items: [], total: 0, nextCursor: null };
  const order = joined(
    columns.map((each) => sql`${each.column}${raw(each.descending ? ' desc' : '')}`),
    ', ',
  );
  const offset = page.after === undefined ? ((page.page ?? 1) - 1) * page.size : 0;
  // What an offset passes over is read from an index alone.
  const chosen = sql`select p.id
    from pool p ${where([...conditions, ...after])} order by ${order} limit ${page.size + 1} offset ${offset}`;
  // What is more than the page is put in order without the fields of a pool.
  const isDirect = offset === 0 && (isCommon(filter) || !session.dialect.blocks);
  const which = isDirect ? where([...conditions, ...after]) : sql`where p.id in (${chosen})`;
  const once = !isCommon(filter);
  const rows = await session.rows<PoolRow & { readonly children: number }>(
    sql`select ${poolFields(session)}${childCount(session, filter, page)} from ${POOL_TABLES}
      ${which} order by ${order} limit ${page.size + 1}`,
    { once },
  );
  const isAll = page.after === undefined && offset === 0 && rows.length <= page.size;
  const total = isAll
    ? rows.length
    : await totalOf(session, sql`select 1 from pool p ${where(conditions)}`, { once });
  const items = poolsOf(rows.slice(0, page.size));
  const last = items.at(-1);
  return {
    items,
    total,
    ...(page.childCounts && {
      childCounts: new Map(items.map(({ id }, at) => [id, rows[at]?.children ?? 0])),
    }),
    nextCursor: last && rows.length > page.size ? cursorAfter(last, page.sort, columns) : null,
  };
}

function childCount(session: Session, { accessScope }: PoolFilter, page: PoolPage): Sql {
  if (!page.childCounts) return raw('');
  const seen = accessScope ? sql` and ${inAccessScope(session, accessScope, 'c')}` : raw('');
  return sql`, (select count(*) from pool c where c.parent_id = p.id${seen}) as children`;
}

/**
 * The rows after a place in the order. One direction is one comparison of tuples, which an index
 * answers.
 */
function beyond(columns: readonly SortColumn[], values: readonly Value[]): Sql {
  const first = columns[0]?.descending ?? false;
  const pairs = columns.map((each, at) => ({ ...each, value: values[at] ?? null }));
  if (pairs.every((each) => each.descending === first)) {
    return sql`(${joined(
      pairs.map((each) => each.column),
      ', ',
    )}) ${raw(first ? '<' : '>')} (${joined(
      pairs.map((each) => sql`${each.value}`),
      ', ',
    )})`;
  }
  return joined(
    pairs.map((each, at) => {
      const equal = pairs.slice(0, at).map((before) => sql`${before.column} = ${before.value}`);
      const beyond = sql`${each.column} ${raw(each.descending ? '<' : '>')} ${each.value}`;
      return sql`(${joined([...equal, beyond], ' and ')})`;
    }),
    ' or ',
  );
}

async function conditionsOf(session: Session, filter: PoolFilter): Promise<Sql[]> {
  const { dialect } = session;
  const found: Sql[] = [];
  const equal = (column: string, value: string | number | undefined): void => {
    if (value !== undefined) found.push(sql`${raw(column)} = ${value}`);
  };
  // What contains a range is few pools, and they are looked for in the VRF.
  if (!filter.contains) equal('p.vrf_id', filter.vrfId);
  equal('p.kind', filter.kind);
  equal('p.status', filter.status);
  equal('p.source', filter.source);
  equal('p.sync_status', filter.syncStatus);
  equal('p.region', filter.region);
  equal('p.external_id', filter.externalId);
  if (filter.name !== undefined) found.push(await named(session, 'pool', filter.name));
  if (filter.vlanId !== undefined) found.push(sql`p.vlan_id = ${filter.vlanId}`);
  if (filter.accountIds) found.push(dialect.among(sql`p.account_id`, 'id', filter.accountIds));
  if (filter.accessScope) found.push(inAccessScope(session, filter.accessScope, 'p'));
  if (filter.accessScope && filter.parentId === null)
    found.push(
      sql`not exists (select 1 from pool q where q.id = p.parent_id
        and ${inAccessScope(session, filter.accessScope, 'q')})`,
    );
  else if (filter.parentId !== undefined)
    found.push(
      filter.parentId === null ? sql`p.parent_id is null` : sql`p.parent_id = ${filter.parentId}`,
    );
  if (filter.nested)
    found.push(
      filter.accessScope
        ? sql`exists (select 1 from pool q where q.id = p.parent_id
          and ${inAccessScope(session, filter.accessScope, 'q')})`
        : sql`p.parent_id is not null`,
    );
  if (filter.under) found.push((await belowAny(session, filter.under)) ?? NOTHING);
  if (filter.contains) found.push(liesAround(session, filter.vrfId, filter.contains));
  if (filter.within) found.push(liesIn(filter.within, 'p'));
  for (const readings of filter.tags ?? []) {
    found.push(
      readings.length === 0
        ? NOTHING
        : joined(
            readings.map(({ key, value }) => dialect.poolTagged(key, value)),
            ' or ',
          ),
    );
  }
  if (filter.typed) found.push(await poolMeant(session, filter.typed, filter.vrfId));
  if (filter.expiredAt) found.push(sql`p.expires_at < ${filter.expiredAt}`);
  return found;
}
