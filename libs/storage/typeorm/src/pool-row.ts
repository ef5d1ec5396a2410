import {
  addressBytes,
  addressFromBytes,
  cidrOf128,
  formatCidr,
  prefixLength128,
  type Cidr,
} from '@cloudpam/cidr';
import type { Pool } from '@cloudpam/pools';
import type { Columns, Row } from './session';
import { raw } from './sql';
import { jsonOf, optionalTimeOf, timeOf } from './values';

/** Columns that `insert` writes; `save` writes all but the last. */
export const POOL_COLUMNS = {
  id: 'id',
  vrf_id: 'int',
  parent_id: 'id',
  lo: 'bytes',
  hi: 'bytes',
  plen: 'int',
  cidr: 'cidr',
  name: 'text',
  kind: 'text',
  status: 'text',
  source: 'text',
  account_id: 'int',
  external_id: 'text',
  external_vpc: 'text',
  region: 'text',
  sync_status: 'text',
  scope_id: 'int',
  last_sync_at: 'time',
  description: 'text',
  tags: 'json',
  vlan_id: 'int',
  expires_at: 'time',
  rules: 'json',
  live_key: 'text',
  live_wish: 'text',
  created_at: 'time',
  updated_at: 'time',
  version: 'int',
  child_used: 'numeric',
} as const satisfies Columns;

const READ = Object.keys(POOL_COLUMNS).filter(
  (name) => !['hi', 'cidr', 'last_sync_at'].includes(name),
);
// A complete listing touches no pool of what it found as it was: the scope's time stands for all.
const LAST_SYNC =
  "case when p.sync_status <> 'orphaned' and s.complete_at > p.last_sync_at then " +
  's.complete_at else p.last_sync_at end as last_sync_at';
/** What `poolFromRow` needs, from `pool p`, its account and its scope. */
export const POOL_FIELDS = raw(
  `${READ.map((name) => `p.${name}`).join(', ')}, ${LAST_SYNC}, a.provider`,
);
export const POOL_TABLES = raw(
  'pool p left join account a on a.id = p.account_id left join scope s on s.id = p.scope_id',
);

/** Address order; of two equal blocks the VPC comes before its subnet. */
export const IN_TREE_ORDER = raw('p.lo, p.plen, p.kind desc');

export interface PoolRow {
  id: number;
  vrf_id: number;
  parent_id: number | null;
  lo: Uint8Array;
  plen: number;
  name: string;
  kind: Pool['kind'];
  status: Pool['status'];
  source: Pool['source'];
  account_id: number | null;
  provider: Pool['provider'];
  external_id: string | null;
  external_vpc: string | null;
  region: string | null;
  sync_status: Pool['syncStatus'];
  scope_id: number | null;
  last_sync_at: Date | number | null;
  description: string;
  tags: Pool['tags'] | string;
  vlan_id: number | null;
  expires_at: Date | number | null;
  rules: Pool['rules'] | string;
  live_key: string | null;
  live_wish: string | null;
  created_at: Date | number;
  updated_at: Date | number;
  version: number;
  child_used: bigint | string;
}

/** Values in the order of POOL_COLUMNS. */
export function poolToRow(pool: Pool): Row {
  return [
    pool.id,
    pool.vrfId,
    pool.parentId,
    ...blockValues(pool.cidr),
    pool.name,
    pool.kind,
    pool.status,
    pool.source,
    pool.accountId,
    pool.externalId,
    pool.externalVpc,
    pool.region,
    pool.syncStatus,
    pool.scopeId,
    pool.lastSyncAt,
    pool.description,
    JSON.stringify(pool.tags),
    pool.vlanId,
    pool.expiresAt,
    pool.rules && JSON.stringify(pool.rules),
    pool.liveKey?.key ?? null,
    pool.liveKey?.wish ?? null,
    pool.createdAt,
    pool.updatedAt,
    pool.version,
    pool.childUsed,
  ];
}

export function poolFromRow(row: PoolRow): Pool {
  return {
    id: row.id,
    vrfId: row.vrf_id,
    parentId: row.parent_id,
    name: row.name,
    cidr: blockOf(row),
    kind: row.kind,
    status: row.status,
    source: row.source,
    accountId: row.account_id,
    provider: row.provider,
    externalId: row.external_id,
    externalVpc: row.external_vpc,
    region: row.region,
    syncStatus: row.sync_status,
    scopeId: row.scope_id,
    lastSyncAt: optionalTimeOf(row.last_sync_at),
    description: row.description,
    tags: jsonOf(row.tags),
    vlanId: row.vlan_id,
    expiresAt: optionalTimeOf(row.expires_at),
    rules: jsonOf(row.rules),
    liveKey: row.live_key === null ? null : { key: row.live_key, wish: row.live_wish ?? '' },
    createdAt: timeOf(row.created_at),
    updatedAt: timeOf(row.updated_at),
    version: row.version,
    childUsed: BigInt(row.child_used),
  };
}

/** The columns lo, hi, plen and cidr of a block. */
export function blockValues(cidr: Cidr): [Uint8Array, Uint8Array, number, string] {
  return [
    addressBytes(cidr.first),
    addressBytes(cidr.last),
    prefixLength128(cidr),
    formatCidr(cidr),
  ];
}

/** The block of the columns lo and plen. */
export function blockOf(row: { readonly lo: Uint8Array; readonly plen: number }): Cidr {
  return cidrOf128(addressFromBytes(row.lo), row.plen);
}
