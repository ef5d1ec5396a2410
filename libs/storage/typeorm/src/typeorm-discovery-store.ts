import type { AccessScope } from '@cloudpam/audit';
import {
  addressBytes,
  cidrAt,
  compareCidrs,
  familyBits,
  prefixLength128,
  sameCidr,
  type AddressRange,
  type Cidr,
} from '@cloudpam/cidr';
import type {
  DiscoveredResource,
  DiscoveryStore,
  Finding,
  FindingAges,
  FindingType,
  FoundResource,
  Network,
  NetworkFilter,
  ResourceFilter,
  ScopeState,
} from '@cloudpam/reconciliation';
import type { HostCount } from '@cloudpam/pools';
import { beginsIn } from './address-condition';
import {
  insertNetworks,
  listNetworks,
  lockScope,
  networksByKey,
  networksWhere,
  saveScope,
  scopes,
  scopeStates,
  updateNetworks,
} from './discovery-scopes';
import type { FreeSpace } from './free-space';
import { blockOf } from './pool-row';
import { supernetRows } from './pool-tree';
import {
  findingAges,
  findingCounts,
  foundAfter,
  listFindings,
  listResources,
} from './resource-list';
import {
  LAST_SEEN,
  RESOURCE_COLUMNS,
  RESOURCE_FIELDS,
  RESOURCE_TABLES,
  resourceFromRow,
  resourceToRow,
  type ResourceRow,
} from './resource-row';
import { rowBatches } from './row-batches';
import type { Columns, Session } from './session';
import { raw, sql, type Sql } from './sql';
import { optionalTimeOf, timeOf } from './values';

const SAVED: Columns = RESOURCE_COLUMNS;
const ASSIGNMENTS = raw(
  [
    ...Object.keys(SAVED)
      .filter((name) => name !== 'id' && name !== 'vrf_id')
      .map((name) => `${name} = t.${name}`),
    // A resource is in the VRF of its network.
    'vrf_id = coalesce((select n.vrf_id from network n where n.id = t.network_id), t.vrf_id)',
  ].join(', '),
);
/** CIDRs that are looked up in one statement. */
const PLACES_AT_ONCE = 1_000;
const BY_ADDRESS = raw('r.lo, r.plen, r.id');

interface CountRow {
  readonly pool_id: number;
  readonly free_hosts: number | null;
  readonly interfaces: HostCount['interfaces'];
  readonly interfaces_complete_at: Date | number | null;
  readonly last_seen_at: Date | number;
}

interface PlaceRow {
  readonly id: number;
  readonly vrf_id: number;
  readonly lo: Uint8Array;
  readonly plen: number;
  readonly pool_id: number | null;
}

/** The cloud inventory in tables `scope`, `network` and `resource`. */
export class TypeOrmDiscoveryStore implements DiscoveryStore {
  constructor(
    private readonly session: Session,
    private readonly freeSpace: FreeSpace,
  ) {}

  lockScope(accountId: number, region: string): Promise<ScopeState> {
    return lockScope(this.session, accountId, region);
  }

  saveScope(scope: ScopeState): Promise<void> {
    return saveScope(this.session, scope);
  }

  scopeStates(): Promise<ScopeState[]> {
    return scopeStates(this.session);
  }

  scopes(): Promise<{ scope: ScopeState; vpcCount: number; subnetCount: number }[]> {
    return scopes(this.session);
  }

  async network(id: number): Promise<Network | undefined> {
    return (await networksWhere(this.session, sql`n.id = ${id}`))[0];
  }

  networksByKey(
    keys: readonly {
      readonly accountId: number;
      readonly region: string;
      readonly externalId: string;
    }[],
  ): Promise<Network[]> {
    return networksByKey(this.session, keys);
  }

  networks(
    filter: NetworkFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Network[]; total: number }> {
    return listNetworks(this.session, filter, page, pageSize);
  }

  networksThere(accountId: number, region: string): Promise<Network[]> {
    return networksWhere(
      this.session,
      sql`n.account_id = ${accountId} and n.region = ${region} and n.gone_at is null`,
    );
  }

  insertNetworks(networks: readonly Omit<Network, 'id'>[]): Promise<Network[]> {
    return insertNetworks(this.session, networks);
  }

  async saveNetworks(networks: readonly Network[]): Promise<void> {
    if (networks.length === 0) return;
    const before = await networksWhere(
      this.session,
      this.among(
        'n.id',
        networks.map((network) => network.id),
      ),
    );
    const vrfs = new Map(networks.map((network) => [network.id, network.vrfId]));
    const moved = before
      .filter((network) => vrfs.get(network.id) !== network.vrfId)
      .map((network) => network.id);
    const left = await this.places('r.network_id', moved);
    const observed = await this.observedOf(moved);
    await updateNetworks(this.session, networks);
    await this.changed([...left, ...(await this.places('r.network_id', moved))]);
    await this.freeSpace.observedChanged([...observed, ...(await this.observedOf(moved))]);
  }

  async resource(id: number): Promise<DiscoveredResource | undefined> {
    return (await this.resourcesWhere(sql`r.id = ${id}`))[0];
  }

  async lockResource(id: number): Promise<DiscoveredResource | undefined> {
    return (await this.resourcesWhere(sql`r.id = ${id}`, this.session.dialect.lock('r')))[0];
  }

  resourcesOfScope(scopeId: number): Promise<DiscoveredResource[]> {
    return this.resourcesWhere(sql`r.scope_id = ${scopeId}`);
  }

  async resourcesByExternalId(
    scopeIds: readonly number[],
    externalIds: readonly string[],
  ): Promise<DiscoveredResource[]> {
    if (scopeIds.length === 0 || externalIds.length === 0) return [];
    return this.resourcesWhere(
      sql`${this.among('r.scope_id', scopeIds)}
        and ${this.session.dialect.among(sql`r.external_id`, 'text', externalIds)}`,
    );
  }

  async unpooledTouching(
    vrfId: number,
    range: AddressRange,
    limit: number,
  ): Promise<DiscoveredResource[]> {
    const first = cidrAt(range.family, range.first, familyBits(range.family));
    const around = this.session.dialect.table(
      's',
      { lo: 'bytes', plen: 'int' },
      supernetRows(first),
    );
    const free = sql`q.vrf_id = ${vrfId} and q.pool_id is null`;
    // What touches the range begins in it, or lies around its first address.
    const found = await this.session.rows<{ id: number }>(sql`
      select id from (
        select q.id, q.lo, q.plen from ${around} cross join resource q where ${free}
      and q.lo = s.lo and q.plen = s.plen and q.lo < ${addressBytes(range.first)}
        union all select * from (
          select q.id, q.lo, q.plen from resource q where ${free} and ${beginsIn(range, 'q')}
          order by q.lo, q.plen, q.id limit ${limit}) inside
      ) touching order by lo, plen, id limit ${limit}`);
    return found.length === 0
      ? []
      : this.resourcesWhere(
          this.among(
            'r.id',
            found.map((row) => row.id),
          ),
        );
  }

  async unpooledEqualTo(vrfId: number, cidrs: readonly Cidr[]): Promise<DiscoveredResource[]> {
    const { dialect } = this.session;
    const found: DiscoveredResource[] = [];
    for (let start = 0; start < cidrs.length; start += PLACES_AT_ONCE) {
      const rows = cidrs
        .slice(start, start + PLACES_AT_ONCE)
        .map((cidr) => [addressBytes(cidr.first), prefixLength128(cidr)]);
      const asked = dialect.table('e', { lo: 'bytes', plen: 'int' }, rows);
      const at = dialect.range(
        raw('r.vrf_id'),
        sql`${vrfId}`,
        raw('r.lo'),
        raw('e.lo'),
        raw('e.lo'),
      );
      const each = await this.session.rows<ResourceRow>(
        dialect.forEach(asked, {
          select: RESOURCE_FIELDS,
          from: RESOURCE_TABLES,
          where: sql`r.pool_id is null and ${at} and r.plen = e.plen`,
        }),
      );
      found.push(...each.map(resourceFromRow));
    }
    const once = new Map(found.map((resource) => [resource.id, resource]));
    return [...once.values()].sort((a, b) => compareCidrs(a.cidr, b.cidr) || a.id - b.id);
  }

  resources(
    filter: ResourceFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: DiscoveredResource[]; total: number }> {
    return listResources(this.session, filter, page, pageSize);
  }

  findings(
    filter: ResourceFilter,
    skip: number,
    limit: number,
  ): Promise<{ items: Finding[]; total: number }> {
    return listFindings(this.session, filter, skip, limit);
  }

  foundAfter(after: FoundResource | undefined, limit: number): Promise<FoundResource[]> {
    return foundAfter(this.session, after, limit);
  }

  async resourcesOf(ids: readonly number[]): Promise<DiscoveredResource[]> {
    if (ids.length === 0) return [];
    return this.resourcesWhere(this.session.dialect.among(raw('r.id'), 'id', ids));
  }

  findingCounts(accessScope?: AccessScope): Promise<Record<FindingType, number>> {
    return findingCounts(this.session, accessScope);
  }

  findingAges(since: readonly Date[], accessScope?: AccessScope): Promise<FindingAges> {
    return findingAges(this.session, since, accessScope);
  }

  async reserveResourceIds(count: number): Promise<number[]> {
    return count === 0 ? [] : this.session.dialect.takeIds(this.session, 'resource', count);
  }

  async insertResources(resources: readonly DiscoveredResource[]): Promise<void> {
    for (const rows of rowBatches(resources, resourceToRow))
      await this.session.insert('resource', RESOURCE_COLUMNS, rows);
    await this.freeSpace.resourcesChanged(resources.filter((resource) => resource.poolId === null));
  }

  async saveResources(resources: readonly DiscoveredResource[]): Promise<void> {
    if (resources.length === 0) return;
    const ids = resources.map((resource) => resource.id);
    const before = await this.places('r.id', ids);
    for (const rows of rowBatches(resources, resourceToRow)) {
      await this.session.change(
        sql`update resource set ${ASSIGNMENTS} from ${this.session.dialect.table('t', SAVED, rows)}
          where resource.id = t.id`,
      );
    }
    const after = new Map((await this.places('r.id', ids)).map((row) => [row.id, row]));
    await this.changed(
      before.flatMap((was) => {
        const is = after.get(was.id);
        return is && !takesTheSame(was, is) ? [was, is] : [];
      }),
    );
  }

  orphanedBefore(before: Date, limit: number): Promise<DiscoveredResource[]> {
    return this.resourcesWhere(
      sql`r.orphaned_at < ${before}`,
      sql`limit ${limit}`,
      raw('r.orphaned_at, r.id'),
    );
  }

  lockDismissedUntil(at: Date, limit: number): Promise<DiscoveredResource[]> {
    return this.resourcesWhere(
      sql`r.dismissed_until <= ${at}`,
      sql`limit ${limit} ${this.session.dialect.lock('r')}`,
      raw('r.dismissed_until, r.id'),
    );
  }

  async touchResources(ids: readonly number[], lastSeenAt: Date): Promise<void> {
    if (ids.length > 0)
      await this.session.change(
        sql`update resource set last_seen_at = ${lastSeenAt} where ${this.among('id', ids)}`,
      );
  }

  async setFreeHosts(
    values: readonly { readonly id: number; readonly freeHosts: number | null }[],
  ): Promise<void> {
    const columns: Columns = { id: 'id', free_hosts: 'int' };
    for (const rows of rowBatches(values, ({ id, freeHosts }) => [id, freeHosts]))
      await this.session.change(sql`update resource set free_hosts = t.free_hosts
        from ${this.session.dialect.table('t', columns, rows)} where resource.id = t.id`);
  }

  async hostCounts(poolIds: readonly number[]): Promise<Map<number, HostCount>> {
    if (poolIds.length === 0) return new Map();
    const rows = await this.session.rows<CountRow>(
      sql`select r.pool_id, r.free_hosts, ${raw(LAST_SEEN)}, s.interfaces, s.interfaces_complete_at
        from resource r join scope s on s.id = r.scope_id
        where ${this.among('r.pool_id', poolIds)} and r.sync <> 'orphaned'`,
    );
    return new Map(
      rows.map((row) => [
        row.pool_id,
        {
          free: row.free_hosts,
          observedAt: timeOf(row.last_seen_at),
          interfaces: row.interfaces,
          interfacesAt: optionalTimeOf(row.interfaces_complete_at),
        },
      ]),
    );
  }

  async removeResources(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    const gone = await this.places('r.id', ids);
    await this.session.change(sql`delete from resource where ${this.among('id', ids)}`);
    await this.changed(gone);
  }

  async unlinkPools(poolIds: readonly number[]): Promise<void> {
    if (poolIds.length === 0) return;
    await this.session.change(
      sql`delete from resource where ${this.among('pool_id', poolIds)} and sync = 'orphaned'`,
    );
    const left = await this.places('r.pool_id', poolIds);
    await this.session.change(sql`update resource
        set pool_id = null, management = 'unmanaged', management_reason = 'its pool was deleted'
      where ${this.among('pool_id', poolIds)}`);
    await this.changed(left.map((row) => ({ ...row, pool_id: null })));
  }

  private async resourcesWhere(
    condition: Sql,
    end: Sql = raw(''),
    order: Sql = BY_ADDRESS,
  ): Promise<DiscoveredResource[]> {
    const rows = await this.session.rows<ResourceRow>(
      sql`select ${RESOURCE_FIELDS} from ${RESOURCE_TABLES} where ${condition} order by ${order} ${end}`,
    );
    return rows.map(resourceFromRow);
  }

  /** Where the observed addresses of networks are. */
  private async observedOf(
    networkIds: readonly number[],
  ): Promise<{ vrfId: number; cidr: Cidr }[]> {
    if (networkIds.length === 0) return [];
    const rows = await this.session.rows<Omit<PlaceRow, 'id' | 'pool_id'>>(
      sql`select o.vrf_id, o.lo, o.plen from observed_address o
        where ${this.among('o.network_id', networkIds)}`,
    );
    return rows.map((row) => ({ vrfId: row.vrf_id, cidr: blockOf(row) }));
  }

  /** Where resources are, by one of their columns. */
  private async places(
    column: 'r.id' | 'r.network_id' | 'r.pool_id',
    ids: readonly number[],
  ): Promise<PlaceRow[]> {
    if (ids.length === 0) return [];
    return this.session.rows<PlaceRow>(
      sql`select r.id, r.vrf_id, r.lo, r.plen, r.pool_id from resource r where ${this.among(column, ids)}`,
    );
  }

  /** Tells the free space of resources that came or went; those with a pool take nothing. */
  private async changed(rows: readonly PlaceRow[]): Promise<void> {
    const unpooled: { vrfId: number; cidr: Cidr }[] = rows
      .filter((row) => row.pool_id === null)
      .map((row) => ({ vrfId: row.vrf_id, cidr: blockOf(row) }));
    await this.freeSpace.resourcesChanged(unpooled);
  }

  private among(column: string, ids: readonly number[]): Sql {
    return this.session.dialect.among(raw(column), 'id', ids);
  }
}

function takesTheSame(a: PlaceRow, b: PlaceRow): boolean {
  if (a.pool_id !== null && b.pool_id !== null) return true;
  return (
    (a.pool_id === null) === (b.pool_id === null) &&
    a.vrf_id === b.vrf_id &&
    sameCidr(blockOf(a), blockOf(b))
  );
}
