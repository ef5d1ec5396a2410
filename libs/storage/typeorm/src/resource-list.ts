import type { AccessScope } from '@cloudpam/audit';
import { addressBytes, addressFromBytes, cidrOf128, prefixLength128 } from '@cloudpam/cidr';
import {
  FINDING_TYPES,
  type FindingAges,
  findingsOf,
  type DiscoveredResource,
  type Finding,
  type FindingStatus,
  type FindingType,
  type FoundResource,
  type ResourceFilter,
} from '@cloudpam/reconciliation';
import { liesIn } from './address-condition';
import { idsFound, windows } from './found-ids';
import {
  RESOURCE_FIELDS,
  RESOURCE_TABLES,
  resourceFromRow,
  type ResourceRow,
} from './resource-row';
import { inAccessScope } from './in-access-scope';
import type { Session } from './session';
import { totalBeside, totalOf } from './simple-rows';
import { named, resourceMeant } from './typed-conditions';
import { joined, NOTHING, raw, sql, where, type Sql } from './sql';

/** `findingsOf` as conditions on `resource r`, ignored findings included. */
const FOUND: Readonly<Record<FindingType, Sql>> = {
  overlap: raw(`(r.overlap <> 'nonoverlapping' and r.explained_by is null)`),
  conflict: raw(`r.conflict <> ''`),
  drift: raw(`r.sync = 'drift'`),
  orphan: raw(`r.sync = 'orphaned'`),
  unmanaged: raw(`(r.overlap = 'nonoverlapping' and r.management <> 'managed')`),
  compliance: raw(`r.compliance <> ''`),
};

/** That it may have one: the words of the index `resource_found`. */
const MAY_BE_FOUND = raw(
  `r.overlap <> 'nonoverlapping' or r.conflict <> '' or r.sync <> 'synced' or ` +
    `r.management <> 'managed' or r.compliance <> ''`,
);

/** So many are counted; one more means more. */
const COUNTED = 10_000;

/** That the resource has a finding of the type with the status, if one is asked for. */
function foundAs({ dialect }: Session, type: FindingType, status: FindingStatus | undefined): Sql {
  const ignored = dialect.hasKey(raw('r.dismissals'), type);
  return status === undefined
    ? FOUND[type]
    : sql`(${FOUND[type]} and ${status === 'ignored' ? ignored : sql`not ${ignored}`})`;
}

/** As `DiscoveryStore.resources`. */
export async function listResources(
  session: Session,
  filter: ResourceFilter,
  page: number,
  pageSize: number,
): Promise<{ items: DiscoveredResource[]; total: number }> {
  const conditions = await conditionsOf(session, filter);
  if (conditions.includes(NOTHING)) return { items: [], total: 0 };
  const matching = where(conditions);
  // What an offset passes over is read from an index alone.
  const chosen = sql`select r.id from resource r ${matching} order by r.lo, r.plen, r.id
    limit ${pageSize} offset ${(page - 1) * pageSize}`;
  const which = page === 1 ? matching : sql`where r.id in (${chosen})`;
  const rows = await session.rows<ResourceRow>(
    sql`select ${RESOURCE_FIELDS} from ${RESOURCE_TABLES} ${which}
    order by r.lo, r.plen, r.id limit ${pageSize}`,
    { once: true },
  );
  const total = await totalBeside(rows, { page, pageSize }, () =>
    totalOf(session, sql`select 1 from resource r ${matching}`, { once: true }),
  );
  return { items: rows.map(resourceFromRow), total };
}

/** As `DiscoveryStore.findings`. */
export async function listFindings(
  session: Session,
  filter: ResourceFilter,
  skip: number,
  limit: number,
): Promise<{ items: Finding[]; total: number }> {
  const types =
    filter.finding === undefined || filter.finding === 'any' ? FINDING_TYPES : [filter.finding];
  const has = types.map((type) => foundAs(session, type, filter.findingStatus));
  const conditions = [
    MAY_BE_FOUND,
    ...(await conditionsOf(session, { ...filter, finding: undefined, findingStatus: undefined })),
  ];
  const { within, total } = await resourcesFound(session, [
    ...conditions,
    sql`(${joined(has, ' or ')})`,
  ]);
  // One way along the index, on which each resource has its types in order.
  const cases = joined(
    has.map((each, at) => sql`when ${raw(String(at))} then ${each}`),
    ' ',
  );
  const numbers = joined(
    types.map((_, at) => sql`select ${raw(String(at))} as type`),
    ' union all ',
  );
  const found = sql`from resource r cross
    join (${numbers}) t ${where([...conditions, ...within, sql`case t.type ${cases} end`])}`;
  const rows = await session.rows<{ id: number; type: number }>(
    sql`select r.id, t.type ${found} order by r.lo, r.plen, r.id, t.type limit ${limit} offset ${skip}`,
    { once: true },
  );
  const resources =
    rows.length === 0
      ? []
      : await session.rows<ResourceRow>(
          sql`select ${RESOURCE_FIELDS} from ${RESOURCE_TABLES} where ${session.dialect.among(
            raw('r.id'),
            'id',
            [...new Set(rows.map(({ id }) => id))],
          )}`,
        );
  const byId = new Map(resources.map(resourceFromRow).map((each) => [each.id, each]));
  const items = rows.flatMap(({ id, type }) => {
    const resource = byId.get(id);
    return resource ? findingsOf(resource).filter((finding) => finding.type === types[type]) : [];
  });
  return {
    items,
    total: total ?? (await totalOf(session, sql`select 1 ${found}`, { once: true })),
  };
}

/**
 * Which resources have findings: on SQLite looked for before, and named where they are few; `total`
 * where they are more than are counted.
 */
async function resourcesFound(
  session: Session,
  conditions: readonly Sql[],
): Promise<{ within: Sql[]; total?: number }> {
  if (!session.dialect.blocks) return { within: [] };
  const ids = await idsFound(
    session,
    'resource',
    (window) => sql`select r.id from resource r ${where([...conditions, window(raw('r.id'))])}`,
    COUNTED,
  );
  return ids
    ? { within: [session.dialect.among(raw('r.id'), 'id', ids)] }
    : { within: [], total: COUNTED + 1 };
}

/** As `DiscoveryStore.foundAfter`. */
export async function foundAfter(
  session: Session,
  after: FoundResource | undefined,
  limit: number,
): Promise<FoundResource[]> {
  const place = after
    ? sql` and (r.lo, r.plen, r.id) > (${addressBytes(after.cidr.first)}, ${prefixLength128(after.cidr)}, ${after.id})`
    : sql``;
  const rows = await session.rows<{ id: number; lo: Uint8Array; plen: number }>(
    sql`select r.id, r.lo, r.plen from resource r where (${MAY_BE_FOUND})${place}
      order by r.lo, r.plen, r.id limit ${limit}`,
  );
  return rows.map(({ id, lo, plen }) => ({ id, cidr: cidrOf128(addressFromBytes(lo), plen) }));
}

/** As `DiscoveryStore.findingCounts`. */
export async function findingCounts(
  session: Session,
  accessScope?: AccessScope,
): Promise<Record<FindingType, number>> {
  const counts = joined(
    FINDING_TYPES.map(
      (type) => sql`count(case when ${foundAs(session, type, 'open')} then 1 end) as ${raw(type)}`,
    ),
    ', ',
  );
  const found = sql`from resource r
    where (${MAY_BE_FOUND})${accessScope ? sql` and ${inAccessScope(session, accessScope, 'r')}` : sql``}`;
  const all = Object.fromEntries(FINDING_TYPES.map((type) => [type, 0])) as Record<
    FindingType,
    number
  >; // each of its keys
  for await (const part of parts(session, found)) {
    const [row] = await session.rows<Record<FindingType, number>>(sql`select ${counts} ${part}`, {
      once: true,
    });
    for (const type of FINDING_TYPES) all[type] += row?.[type] ?? 0;
  }
  return all;
}

/** As `DiscoveryStore.findingAges`. */
export async function findingAges(
  session: Session,
  since: readonly Date[],
  accessScope?: AccessScope,
): Promise<FindingAges> {
  const isOfAge = [...since, null].map((from, at) => {
    const until = at === 0 ? undefined : since[at - 1];
    const bounds = [
      ...(from ? [sql`r.since >= ${from}`] : []),
      ...(until ? [sql`r.since < ${until}`] : []),
    ];
    return bounds.length === 0 ? raw('1 = 1') : joined(bounds, ' and ');
  });
  const counts = FINDING_TYPES.flatMap((type) =>
    isOfAge.map(
      (age, at) => sql`count(case when r.has_${raw(type)} = 1 and ${age} then 1 end)
        as ${raw(`${type}_${at}`)}`,
    ),
  );
  const has = FINDING_TYPES.map(
    (type) =>
      sql`case when ${foundAs(session, type, 'open')} then 1 else 0 end as has_${raw(type)}`,
  );
  const [row] = await session.rows<Record<string, number>>(
    sql`select count(*) as n, ${joined(counts, ', ')} from (
      select coalesce(r.orphaned_at, r.first_seen_at) as since, ${joined(has, ', ')} from resource r
      where (${MAY_BE_FOUND})${accessScope ? sql` and ${inAccessScope(session, accessScope, 'r')}` : sql``}
      limit ${COUNTED + 1}) r`,
    { once: true },
  );
  const of = (type: FindingType): number[] => isOfAge.map((_, at) => row?.[`${type}_${at}`] ?? 0);
  const all = Object.fromEntries(FINDING_TYPES.map((type) => [type, of(type)]));
  return {
    counts: all as unknown as FindingAges['counts'], // of each of its keys
    isAll: (row?.['n'] ?? 0) <= COUNTED,
  };
}

/**
 * Few rows come from the index at once; many are counted window by window on SQLite, which keeps
 * everybody waiting meanwhile.
 */
async function* parts(session: Session, found: Sql): AsyncGenerator<Sql> {
  if (
    !session.dialect.blocks ||
    (await session.rows(sql`select 1 ${found} limit ${COUNTED}`, { once: true })).length < COUNTED
  ) {
    yield found;
    return;
  }
  for await (const window of windows(session, 'resource'))
    yield sql`${found} and ${window(raw('r.id'))}`;
}

async function conditionsOf(session: Session, filter: ResourceFilter): Promise<Sql[]> {
  const found: Sql[] = [];
  const equal = (column: string, value: string | number | undefined): void => {
    if (value !== undefined) found.push(sql`${raw(column)} = ${value}`);
  };
  equal('r.account_id', filter.accountId);
  equal('r.vrf_id', filter.vrfId);
  equal('r.network_id', filter.networkId);
  equal('r.region', filter.region);
  equal('r.kind', filter.kind);
  equal('r.management', filter.management);
  equal('r.overlap', filter.overlap);
  equal('r.sync', filter.sync);
  equal('r.pool_id', filter.poolId);
  if (filter.name !== undefined) found.push(await named(session, 'resource', filter.name));
  if (filter.finding !== undefined) {
    const types = filter.finding === 'any' ? FINDING_TYPES : [filter.finding];
    found.push(
      MAY_BE_FOUND,
      joined(
        types.map((type) => foundAs(session, type, filter.findingStatus)),
        ' or ',
      ),
    );
  }
  if (filter.typed) found.push(await resourceMeant(session, filter.typed));
  if (filter.unpooled === true) found.push(raw('r.pool_id is null'));
  if (filter.accessScope) found.push(inAccessScope(session, filter.accessScope, 'r'));
  if (filter.within) found.push(liesIn(filter.within, 'r'));
  if (filter.after) {
    const { cidr, id } = filter.after;
    found.push(
      sql`(r.lo, r.plen, r.id) > (${addressBytes(cidr.first)}, ${prefixLength128(cidr)}, ${id})`,
    );
  }
  return found;
}
