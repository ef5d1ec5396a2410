import type { Reach } from '@cloudpam/audit';
import { addressBytes, prefixLength128 } from '@cloudpam/cidr';
import { FINDING_TYPES, findingsOf, type DiscoveredResource, type Finding, type FindingStatus, type FindingType, type ResourceFilter } from '@cloudpam/reconciliation';
import { liesIn } from './address-condition';
import { windows } from './found-ids';
import { RESOURCE_FIELDS, RESOURCE_TABLES, resourceFromRow, type ResourceRow } from './resource-row';
import { reached } from './reached';
import type { Session } from './session';
import { totalOf } from './simple-rows';
import { resourceMeant } from './typed-conditions';
import { joined, raw, sql, where, type Sql } from './sql';

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
const MAY_BE_FOUND = raw(`r.overlap <> 'nonoverlapping' or r.conflict <> '' or r.sync <> 'synced' or r.management <> 'managed' or r.compliance <> ''`);

/** That the resource has a finding of the type with the status, if one is asked for. */
function foundAs({ dialect }: Session, type: FindingType, status: FindingStatus | undefined): Sql {
  const ignored = dialect.hasKey(raw('r.dismissals'), type);
  return status === undefined ? FOUND[type] : sql`(${FOUND[type]} and ${status === 'ignored' ? ignored : sql`not ${ignored}`})`;
}

/** As `DiscoveryStore.resources`. */
export async function listResources(session: Session, filter: ResourceFilter, page: number, pageSize: number): Promise<{ items: DiscoveredResource[]; total: number }> {
  const matching = where(await conditionsOf(session, filter));
  const rows = await session.rows<ResourceRow>(sql`select ${RESOURCE_FIELDS} from ${RESOURCE_TABLES} ${matching}
    order by r.lo, r.plen, r.id limit ${pageSize} offset ${(page - 1) * pageSize}`, { once: true });
  return { items: rows.map(resourceFromRow), total: await totalOf(session, sql`select 1 from resource r ${matching}`, { once: true }) };
}

/** As `DiscoveryStore.findings`. */
export async function listFindings(session: Session, filter: ResourceFilter, skip: number, limit: number): Promise<{ items: Finding[]; total: number }> {
  const types = filter.finding === undefined || filter.finding === 'any' ? FINDING_TYPES : [filter.finding];
  const conditions = [MAY_BE_FOUND, ...await conditionsOf(session, { ...filter, finding: undefined, findingStatus: undefined })];
  const each = types.map((type) => sql`select r.id, r.lo, r.plen, ${raw(String(FINDING_TYPES.indexOf(type)))} as type from resource r
    ${where([...conditions, foundAs(session, type, filter.findingStatus)])}`);
  // Of each type so many as can be on the page: in this order they stand in an index, all of them would have to be sorted.
  const first = joined(each.map((one) => sql`select * from (${one} order by r.lo, r.plen, r.id limit ${skip + limit}) one`), ' union all ');
  const rows = await session.rows<{ id: number; type: number }>(sql`select id, type from (${first}) f order by lo, plen, id, type limit ${limit} offset ${skip}`, { once: true });
  const resources = rows.length === 0 ? [] : await session.rows<ResourceRow>(sql`select ${RESOURCE_FIELDS} from ${RESOURCE_TABLES} where ${
    session.dialect.among(raw('r.id'), 'id', [...new Set(rows.map(({ id }) => id))])}`);
  const byId = new Map(resources.map(resourceFromRow).map((each) => [each.id, each]));
  const items = rows.flatMap(({ id, type }) => {
    const resource = byId.get(id);
    return resource ? findingsOf(resource).filter((finding) => finding.type === FINDING_TYPES[type]) : [];
  });
  return { items, total: await totalOf(session, joined(each, ' union all '), { once: true }) };
}

/** As `DiscoveryStore.findingCounts`. */
export async function findingCounts(session: Session, reach?: Reach): Promise<Record<FindingType, number>> {
  const counts = joined(FINDING_TYPES.map((type) => sql`count(case when ${foundAs(session, type, 'open')} then 1 end) as ${raw(type)}`), ', ');
  const found = sql`from resource r where (${MAY_BE_FOUND})${reach ? sql` and ${reached(session, reach, 'r')}` : sql``}`;
  const all = Object.fromEntries(FINDING_TYPES.map((type) => [type, 0])) as Record<FindingType, number>; // each of its keys
  for await (const part of parts(session, found)) {
    const [row] = await session.rows<Record<FindingType, number>>(sql`select ${counts} ${part}`, { once: true });
    for (const type of FINDING_TYPES) all[type] += row?.[type] ?? 0;
  }
  return all;
}

/** So many are counted at once. */
const COUNTED = 10_000;

/** Few rows come from the index at once; many are counted window by window on SQLite, which keeps everybody waiting meanwhile. */
async function* parts(session: Session, found: Sql): AsyncGenerator<Sql> {
  if (session.dialect.name === 'postgres' || (await session.rows(sql`select 1 ${found} limit ${COUNTED}`, { once: true })).length < COUNTED) {
    yield found;
    return;
  }
  for await (const window of windows(session, 'resource')) yield sql`${found} and ${window(raw('r.id'))}`;
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
  if (filter.finding !== undefined) {
    const types = filter.finding === 'any' ? FINDING_TYPES : [filter.finding];
    found.push(MAY_BE_FOUND, joined(types.map((type) => foundAs(session, type, filter.findingStatus)), ' or '));
  }
  if (filter.typed) found.push(await resourceMeant(session, filter.typed));
  if (filter.unpooled === true) found.push(raw('r.pool_id is null'));
  if (filter.reach) found.push(reached(session, filter.reach, 'r'));
  if (filter.within) found.push(liesIn(filter.within, 'r'));
  if (filter.after) {
    const { cidr, id } = filter.after;
    found.push(sql`(r.lo, r.plen, r.id) > (${addressBytes(cidr.first)}, ${prefixLength128(cidr)}, ${id})`);
  }
  return found;
}
