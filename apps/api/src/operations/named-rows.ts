import { LRUCache } from 'lru-cache';
import type {
  Account,
  AddressRecord,
  Pool,
  RangeRecord,
  RecordsName,
  Vlan,
  Vrf,
} from '@cloudpam/pools';
import { AddressDto } from '../addresses/dto/address.dto';
import { RangeDto } from '../addresses/dto/range.dto';
import type { Row } from '../http/csv-pages';
import type { VisibleStores } from '../limits/visible-stores';
import { PoolDto } from '../pools/dto/pool.dto';

/** Records of one kind that are remembered: more than a page of pools can name. */
const REMEMBERED = 5_000;

type RecordStores = Pick<VisibleStores, RecordsName>;

/** What names records by id: a pool, or an address record or range, which name no VLAN. */
export type NamingRow = Pick<Pool, 'vrfId' | 'accountId'> & Partial<Pick<Pool, 'vlanId'>>;

/** What one pool or address names by id. What is not there, or not visible, is left out. */
export interface NamedRecords {
  readonly vrf: Vrf | undefined;
  readonly account: Account | undefined;
  readonly vlan: Vlan | undefined;
}

/** The records that the rows of one export name. Each is read once, those of a page together. */
export class RecordsOfRows {
  private readonly vrfs = new RecordsById<Vrf>();
  private readonly accounts = new RecordsById<Account>();
  private readonly vlans = new RecordsById<Vlan>();

  /** Of each row of a page what it names. */
  async of(
    stores: RecordStores,
    rows: readonly NamingRow[],
  ): Promise<(row: NamingRow) => NamedRecords> {
    const vrfs = await this.vrfs.among(stores.vrfs, rows, ({ vrfId }) => vrfId);
    const accounts = await this.accounts.among(stores.accounts, rows, (row) => row.accountId);
    const vlans = await this.vlans.among(stores.vlans, rows, ({ vlanId = null }) => vlanId);
    return (row) => ({ vrf: vrfs(row), account: accounts(row), vlan: vlans(row) });
  }
}

class RecordsById<R extends Vrf | Account | Vlan> {
  private readonly known = new LRUCache<number, R>({ max: REMEMBERED });

  async among(
    store: { getMany(ids: readonly number[]): Promise<R[]> },
    rows: readonly NamingRow[],
    idOf: (row: NamingRow) => number | null,
  ): Promise<(row: NamingRow) => R | undefined> {
    const missing = new Set<number>();
    for (const row of rows) {
      const id = idOf(row);
      if (id !== null && !this.known.get(id)) missing.add(id);
    }
    if (missing.size > 0)
      for (const record of await store.getMany([...missing])) this.known.set(record.id, record);
    return (row) => {
      const id = idOf(row);
      return id === null ? undefined : this.known.get(id);
    };
  }
}

/**
 * A pool as a row of a CSV: as lists tell it, then by name what it names by id, and the request that
 * its live key stands for. By these another server makes the same pool.
 */
export function poolRow(pool: Pool, named: NamedRecords): Row {
  const { utilization, ...row } = PoolDto.of(pool);
  const { used, total } = utilization;
  // Assigned: of many objects that are spread into one V8 keeps a hidden class each, for long.
  return Object.assign(row, { used, total }, namesOf(pool, named));
}

/** The same as an object: what lists answer, and the names beside it. */
export function poolObject(pool: Pool, named: NamedRecords): Row {
  return Object.assign(PoolDto.of(pool), namesOf(pool, named));
}

/** An address record, and by name what it names by id. */
export function addressRow(record: AddressRecord, named: NamedRecords): Row {
  return leafRow({ ...AddressDto.of(record) }, named);
}

/** A range, and by name what it names by id. */
export function rangeRow(record: RangeRecord, named: NamedRecords): Row {
  return leafRow({ ...RangeDto.of(record) }, named);
}

function leafRow(row: Row, { vrf, account }: NamedRecords): Row {
  return Object.assign(row, {
    vrf: vrf?.name ?? null,
    vrf_rd: vrf?.rd ?? null,
    account: account?.key ?? null,
  });
}

function namesOf(pool: Pool, { vrf, account, vlan }: NamedRecords): Row {
  return {
    vrf: vrf?.name ?? null,
    vrf_rd: vrf?.rd ?? null,
    account: account?.key ?? null,
    vlan_group: vlan?.group ?? null,
    vlan_vid: vlan?.vid ?? null,
    // Of whoever has limits it is not told.
    key_request: pool.liveKey?.wish || null,
  };
}
