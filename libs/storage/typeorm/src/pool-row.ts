import {
  addressBytes,
  addressFromBytes,
  cidrOf128,
  formatCidr,
  prefixLength128,
  type Cidr,
} from '@cloudpam/cidr';
import type { Pool } from '@cloudpam/pools';
import { POSTGRES, SQLITE, type Dialect } from './dialect';
import type { ColumnType, Columns, Row, Session } from './session';
import { raw, sql, type Sql } from './sql';
import { optionalTimeOf } from './values';

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

// A complete listing touches no pool of what it found as it was: the scope's time stands for all.
const LAST_SYNC =
  "case when p.sync_status <> 'orphaned' and s.complete_at > p.last_sync_at then " +
  's.complete_at else p.last_sync_at end';

/** What is read of a pool, from `pool p`, its account and its scope, in the order of `PoolValues`. */
const READ: readonly (readonly [string, ColumnType])[] = [
  ...Object.entries(POOL_COLUMNS)
    .filter(([name]) => !['hi', 'cidr', 'last_sync_at'].includes(name))
    .map(([name, type]) => [`p.${name}`, type] as const),
  [LAST_SYNC, 'time'],
  ['a.provider', 'text'],
];

const FIELDS: Readonly<Record<Dialect['name'], Sql>> = {
  postgres: sql`${POSTGRES.jsonArray(READ)} as pool`,
  sqlite: sql`${SQLITE.jsonArray(READ)} as pool`,
};

/**
 * What `poolsOf` needs, from `POOL_TABLES`: all of a pool in one text. Both drivers take several times as long to
 * hand over thirty columns as one text costs, parsed.
 */
export function poolFields({ dialect }: Session): Sql {
  return FIELDS[dialect.name];
}
export const POOL_TABLES = raw(
  'pool p left join account a on a.id = p.account_id left join scope s on s.id = p.scope_id',
);

/** Address order; of two equal blocks the VPC comes before its subnet. */
export const IN_TREE_ORDER = raw('p.lo, p.plen, p.kind desc');

/** A row of `poolFields`. */
export interface PoolRow {
  readonly pool: string;
}

type PoolValues = [
  id: number,
  vrfId: number,
  parentId: number | null,
  lo: string,
  plen: number,
  name: string,
  kind: Pool['kind'],
  status: Pool['status'],
  source: Pool['source'],
  accountId: number | null,
  externalId: string | null,
  externalVpc: string | null,
  region: string | null,
  syncStatus: Pool['syncStatus'],
  scopeId: number | null,
  description: string,
  tags: Pool['tags'],
  vlanId: number | null,
  expiresAt: number | null,
  rules: Pool['rules'],
  liveKey: string | null,
  liveWish: string | null,
  createdAt: number,
  updatedAt: number,
  version: number,
  childUsed: string,
  lastSyncAt: number | null,
  provider: Pool['provider'],
];

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

/** The pools of rows of `poolFields`. */
export function poolsOf(rows: readonly PoolRow[]): Pool[] {
  const texts = rows.map((row) => row.pool).join(',');
  return (JSON.parse(`[${texts}]`) as PoolValues[]).map(poolOf); // in the order of READ
}

function poolOf([
  id,
  vrfId,
  parentId,
  lo,
  plen,
  name,
  kind,
  status,
  source,
  accountId,
  externalId,
  externalVpc,
  region,
  syncStatus,
  scopeId,
  description,
  tags,
  vlanId,
  expiresAt,
  rules,
  liveKey,
  liveWish,
  createdAt,
  updatedAt,
  version,
  childUsed,
  lastSyncAt,
  provider,
]: PoolValues): Pool {
  return {
    id,
    vrfId,
    parentId,
    name,
    cidr: cidrOf128(BigInt(`0x${lo}`), plen),
    kind,
    status,
    source,
    accountId,
    provider,
    externalId,
    externalVpc,
    region,
    syncStatus,
    scopeId,
    lastSyncAt: optionalTimeOf(lastSyncAt),
    description,
    tags,
    vlanId,
    expiresAt: optionalTimeOf(expiresAt),
    rules,
    liveKey: liveKey === null ? null : { key: liveKey, wish: liveWish ?? '' },
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    version,
    childUsed: BigInt(childUsed),
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
