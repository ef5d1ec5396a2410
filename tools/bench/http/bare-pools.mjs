import { cidrOf128, formatCidr } from '@cloudpam/cidr';

export const COLUMNS = `id, vrf_id, parent_id, name, lo, plen, kind, status, source, account_id, external_id,
  external_vpc, region, sync_status, last_sync_at, description, tags, vlan_id, expires_at, rules, live_key,
  created_at, updated_at, version, child_used`;
export const IN_ORDER = 'order by lo, plen, kind desc, vrf_id, id';

/** The JSON of a row of `pool`, as the product gives it. */
export function poolJson(row) {
  const cidr = cidrOf128(BigInt(`0x${Buffer.from(row.lo).toString('hex')}`), row.plen);
  const total = 1n << BigInt(128 - row.plen);
  const used = BigInt(row.child_used);
  const tags = typeof row.tags === 'string' ? JSON.parse(row.tags) : row.tags;
  const time = (value) => (value === null ? null : new Date(value));
  return {
    id: Number(row.id),
    vrf_id: Number(row.vrf_id),
    parent_id: row.parent_id === null ? null : Number(row.parent_id),
    name: row.name,
    cidr: formatCidr(cidr),
    family: cidr.family,
    kind: row.kind,
    status: row.status,
    source: row.source,
    account_id: row.account_id,
    provider: null,
    external_id: row.external_id,
    external_vpc: row.external_vpc,
    region: row.region,
    sync_status: row.sync_status,
    last_sync_at: time(row.last_sync_at),
    description: row.description,
    tags,
    vlan_id: row.vlan_id,
    expires_at: time(row.expires_at),
    rules: row.rules,
    key: row.live_key,
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
    version: row.version,
    uncounted_hosts: false,
    utilization: {
      total: String(total),
      used: String(used),
      reserved: '0',
      free: String(total - used),
      ratio: Number(used) / Number(total),
    },
    child_count: 0,
  };
}

/** The JSON of a page. */
export function listJson(rows) {
  return { items: rows.map(poolJson), total: rows.length, next_cursor: null };
}

/** The JSON of a pool and what is right below it. */
export function treeJson([pool, ...children]) {
  return {
    ...poolJson(pool),
    children: children.map((each) => ({ ...poolJson(each), children: [], truncated: false })),
    truncated: false,
    next_cursor: null,
  };
}

/** What tells these rows from others. */
export function tagOf(rows) {
  return `"${rows.map(({ id, version }) => `${id}.${version}`).join('-')}"`;
}
