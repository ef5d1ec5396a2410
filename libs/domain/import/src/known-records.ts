import type { PoolStores, RecordBase, RecordFilter, RecordsName, Vrf } from '@cloudpam/pools';
import type {
  ImportedAddress,
  ImportedPool,
  ImportedRange,
  ImportedRecord,
  ImportedVrf,
  ImportSource,
} from './import-row';
import { KnownAccounts } from './known-accounts';
import { checkVlanGroups, KnownVlanGroups } from './known-vlan-groups';
import { KnownVlans } from './known-vlans';
import { KnownVrfs } from './known-vrfs';
import { addTo } from './add-to';
import type { AddressWish, RangeWish } from './leaf-wish';
import type { PlannedRows } from './planned-rows';
import type { PoolWish } from './pool-wish';
import type { RecordTarget, RecordTargets, RowPlace } from './record-targets';
import { RowProblem } from './row-problem';

const PAGE = 500;
/** Rows between two pauses. */
const STRIDE = 500;

/** The records of one kind. */
interface KnownKind {
  readonly targets: RecordTargets<RecordBase>;
  /** Takes a row of the kind. `same`: an earlier row has said just that. */
  take(item: ImportedRecord, place: RowPlace): RecordTarget<RecordBase> | RowProblem | 'same';
}

/** The records that rows name: those that are stored, and those that the import makes. */
export interface KnownRecords extends Readonly<Record<RecordsName, KnownKind>> {
  readonly vrfs: KnownVrfs;
  readonly accounts: KnownAccounts;
  readonly vlanGroups: KnownVlanGroups;
  readonly vlans: KnownVlans;
}

/** The records that are stored, in the order in which an import makes records of each kind. */
export async function knownRecords(
  stores: PoolStores,
  { rows }: ImportSource,
  pause: () => Promise<void>,
): Promise<KnownRecords> {
  const described: ImportedVrf[] = [];
  for (const { item } of rows) if ('entity' in item && item.entity === 'vrf') described.push(item);
  const vrfs = new KnownVrfs(await everyOne(stores.vrfs, pause), described);
  const accounts = new KnownAccounts(await everyOne(stores.accounts, pause));
  const vlanGroups = new KnownVlanGroups(await everyOne(stores.vlanGroups, pause), accounts);
  const vlans = new KnownVlans(await everyOne(stores.vlans, pause), vlanGroups);
  return { vrfs, accounts, vlanGroups, vlans };
}

/** The records of each kind. */
export function recordTargetsOf(records: KnownRecords): readonly RecordTargets<RecordBase>[] {
  const kinds: Readonly<Record<RecordsName, KnownKind>> = records;
  return Object.values(kinds).map(({ targets }) => targets);
}

async function everyOne<R>(
  store: {
    list(filter: RecordFilter, page: number, size: number): Promise<{ items: R[] }>;
  },
  pause: () => Promise<void>,
): Promise<R[]> {
  const all: R[] = [];
  for (let page = 1; ; page++) {
    const { items } = await store.list({}, page, PAGE);
    all.push(...items);
    if (items.length < PAGE) return all;
    await pause();
  }
}

/** Takes the rows of records, whatever their order. */
export async function takeRecords(
  { rows: given }: ImportSource,
  rows: PlannedRows,
  records: KnownRecords,
  pause: () => Promise<void>,
): Promise<void> {
  const rowOf = new Map<unknown, number>();
  let refused: { readonly at: number; readonly problem: RowProblem }[] = [];
  const take = (at: number): void => {
    const row = given[at];
    if (!row || !('entity' in row.item) || 'vrf' in row.item) return;
    const { item, table, line } = row;
    const taken = takeRecord(records, item, { table, line });
    if (taken === 'same') rows.skip(at, 'same_as_another', 'An earlier row tells the same.');
    else if (taken instanceof RowProblem) refused.push({ at, problem: taken });
    else {
      rows.record(at, taken);
      rowOf.set(taken, at);
    }
  };
  for (const at of given.keys()) {
    if (at % STRIDE === 0) await pause();
    take(at);
  }
  // A name may be free once a later row has renamed what had it.
  for (let before = Infinity; refused.length < before;) {
    before = refused.length;
    const again = refused.toReversed();
    refused = [];
    for (const [count, { at, problem }] of again.entries()) {
      if (count % STRIDE === 0) await pause();
      if (problem.code === 'vrf_taken') take(at);
      else refused.push({ at, problem });
    }
  }
  for (const { at, problem } of refused) rows.refuse(at, problem);
  checkVlanGroups(records.vlanGroups, records.vlans, rows, rowOf);
}

function takeRecord(
  { vrfs, accounts, vlanGroups, vlans }: KnownRecords,
  item: ImportedRecord,
  place: RowPlace,
): ReturnType<KnownKind['take']> {
  switch (item.entity) {
    case 'vrf':
      return vrfs.take(item, place);
    case 'account':
      return accounts.take(item, place);
    case 'vlan_group':
      return vlanGroups.take(item, place);
    case 'vlan':
      return vlans.take(item, place);
  }
}

/** What rows ask for that has a place in a VRF: the wishes of each VRF. */
export interface ResolvedRows {
  readonly pools: readonly PoolWish[][];
  readonly ranges: readonly RangeWish[][];
  readonly addresses: readonly AddressWish[][];
}

/**
 * The pools, ranges and addresses of the rows by VRF, with the records that they name; those that no row tells are
 * made.
 */
export async function resolvedRows(
  { rows: given }: ImportSource,
  rows: PlannedRows,
  records: KnownRecords,
  pause: () => Promise<void>,
): Promise<ResolvedRows> {
  const pools = new Map<RecordTarget<Vrf>, PoolWish[]>();
  const ranges = new Map<RecordTarget<Vrf>, RangeWish[]>();
  const addresses = new Map<RecordTarget<Vrf>, AddressWish[]>();
  for (const [at, { item, table, line }] of given.entries()) {
    if (at % STRIDE === 0) await pause();
    if (!('entity' in item) || !('vrf' in item)) continue;
    const named = recordsOf(item, records, { table, line });
    if (named instanceof RowProblem) {
      rows.refuse(at, named);
      continue;
    }
    const { vrf, account } = named;
    rows.setVrf(at, vrf);
    if (item.entity === 'pool') addTo(pools, vrf, { at, item, ...named });
    else if (item.entity === 'range') addTo(ranges, vrf, { at, item, vrf, account });
    else addTo(addresses, vrf, { at, item, vrf, account });
  }
  return {
    pools: [...pools.values()],
    ranges: [...ranges.values()],
    addresses: [...addresses.values()],
  };
}

function recordsOf(
  item: ImportedPool | ImportedAddress | ImportedRange,
  { vrfs, accounts, vlans }: KnownRecords,
  place: RowPlace,
): Pick<PoolWish, 'vrf' | 'account' | 'vlan'> | RowProblem {
  const vrf = vrfs.named(item.vrf, place);
  if (vrf instanceof RowProblem) return vrf;
  const account =
    item.account === undefined
      ? undefined
      : item.account
        ? accounts.named(item.account, place)
        : null;
  if (account instanceof RowProblem) return account;
  const its = item.entity === 'pool' ? item.vlan : undefined;
  const vlan = its ? vlans.named(its, place) : its;
  if (vlan instanceof RowProblem) return vlan;
  return { vrf, account, vlan };
}
