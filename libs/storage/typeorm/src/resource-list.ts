import { addressBytes } from '@cloudpam/cidr';
import type { DiscoveredResource, FindingType, ResourceFilter } from '@cloudpam/reconciliation';
import { likePattern } from './dialect';
import { RESOURCE_FIELDS, RESOURCE_TABLES, resourceFromRow, type ResourceRow } from './resource-row';
import type { Session } from './session';
import { totalOf } from './simple-rows';
import { joined, raw, sql, where, type Sql } from './sql';

/** `findingsOf` as conditions on `resource r`, ignored findings included. */
const FOUND: Readonly<Record<FindingType, Sql>> = {
  overlap: raw(`(r.overlap <> 'nonoverlapping' and r.explained_by is null)`),
  drift: raw(`r.sync = 'drift'`),
  orphan: raw(`r.sync = 'orphaned'`),
  unmanaged: raw(`(r.overlap = 'nonoverlapping' and r.management <> 'managed')`),
};

/** As `DiscoveryStore.resources`. */
export async function listResources(session: Session, filter: ResourceFilter, page: number, pageSize: number): Promise<{ items: DiscoveredResource[]; total: number }> {
  const matching = where(conditionsOf(session, filter));
  const rows = await session.rows<ResourceRow>(sql`select ${RESOURCE_FIELDS} from ${RESOURCE_TABLES} ${matching}
    order by r.lo, r.plen, r.id limit ${pageSize} offset ${(page - 1) * pageSize}`, { once: true });
  return { items: rows.map(resourceFromRow), total: await totalOf(session, sql`select 1 from resource r ${matching}`, { once: true }) };
}

/** As `DiscoveryStore.findingCounts`. */
export async function findingCounts(session: Session): Promise<Record<FindingType, number>> {
  const [row] = await session.rows<Record<FindingType, number>>(sql`select
    count(case when ${FOUND.overlap} and r.overlap <> 'ignored' then 1 end) as overlap,
    count(case when ${FOUND.drift} then 1 end) as drift,
    count(case when ${FOUND.orphan} then 1 end) as orphan,
    count(case when ${FOUND.unmanaged} and r.management <> 'ignored' then 1 end) as unmanaged from resource r`, { once: true });
  return { overlap: row?.overlap ?? 0, drift: row?.drift ?? 0, orphan: row?.orphan ?? 0, unmanaged: row?.unmanaged ?? 0 };
}

function conditionsOf(session: Session, filter: ResourceFilter): Sql[] {
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
  if (filter.finding !== undefined) found.push(filter.finding === 'any' ? joined(Object.values(FOUND), ' or ') : FOUND[filter.finding]);
  if (filter.text !== undefined) {
    const [like, pattern] = [raw(session.dialect.like), likePattern(filter.text)];
    found.push(sql`r.name ${like} ${pattern} escape '!' or r.external_id ${like} ${pattern} escape '!'`);
  }
  if (filter.within) {
    const [first, last] = [addressBytes(filter.within.first), addressBytes(filter.within.last)];
    found.push(sql`r.lo between ${first} and ${last} and r.hi <= ${last}`);
  }
  return found;
}
