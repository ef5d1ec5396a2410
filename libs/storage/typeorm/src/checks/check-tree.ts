import { addressBytes, addressFromBytes, formatCidr } from '@cloudpam/cidr';
import { TreeCheck, type PoolKind } from '@cloudpam/pools';
import { canonicalCidr } from '../dump/dumped-value';
import { blockOf } from '../pool-row';
import type { Session } from '../session';
import { sql } from '../sql';
import { Faults, type Finding } from './finding';
import { PAGE, rowsInPages } from './rows-in-pages';

interface Row {
  readonly id: number;
  readonly vrf_id: number;
  readonly parent_id: number | null;
  readonly lo: Uint8Array;
  readonly hi: Uint8Array;
  readonly plen: number;
  readonly cidr: string;
  readonly kind: PoolKind;
  readonly child_used: bigint | string;
  readonly addresses: number;
}

/** Whether the pools are the tree that their CIDRs make, and their columns say the same of each. */
export async function checkTree(session: Session): Promise<Finding> {
  const faults = new Faults();
  const check = new TreeCheck();
  let count = 0;
  const ranges = await usedByRanges(session);
  for await (const row of rowsInPages<Row>(session, page)) {
    count++;
    const cidr = blockOf(row);
    const isOne =
      Buffer.compare(addressBytes(cidr.last), row.hi) === 0 &&
      formatCidr(cidr) === canonicalCidr(row.cidr);
    if (!isOne)
      faults.add(`pool ${row.id} is ${formatCidr(cidr)} by one column and ${row.cidr} by another`);
    const { id, vrf_id: vrfId, parent_id: parentId, kind, addresses } = row;
    const childUsed = BigInt(row.child_used);
    const leaves = BigInt(addresses) + (ranges.get(id) ?? 0n);
    faults.add(...check.next({ id, vrfId, parentId, kind, cidr, childUsed, leaves }));
  }
  faults.add(...check.end());
  return faults.finding(
    `${count} pools, each under the smallest one around it`,
    'somebody wrote past the servers: stop them, and restore the backup from before, or put the rows right by hand',
  );
}

/** The addresses of ranges that count as a whole, by pool. */
async function usedByRanges(session: Session): Promise<Map<number, bigint>> {
  const used = new Map<number, bigint>();
  const rows = rowsInPages<{ id: number; pool_id: number; lo: Uint8Array; hi: Uint8Array }>(
    session,
    (
      after,
    ) => sql`select id, pool_id, lo, hi from address_range where id > ${after?.id ?? 0} and pool_id is not null
      and counts_as_used = true order by id limit ${PAGE}`,
  );
  for await (const { pool_id: poolId, lo, hi } of rows) {
    const size = addressFromBytes(hi) - addressFromBytes(lo) + 1n;
    used.set(poolId, (used.get(poolId) ?? 0n) + size);
  }
  return used;
}

/** Up to three kinds may have one CIDR where something is wrong: the last of them begins the next page. */
function page(after: Row | undefined): ReturnType<typeof sql> {
  const columns = sql`id, vrf_id, parent_id, lo, hi, plen, cidr, kind, child_used,
    (select count(*) from address a where a.pool_id = pool.id and not exists (
      select 1 from address_range r where r.id = a.range_id and r.counts_as_used = true)) as addresses`;
  const order = sql`order by vrf_id, lo, plen, kind desc limit ${PAGE}`;
  if (!after) return sql`select ${columns} from pool ${order}`;
  const { vrf_id: vrfId, lo, plen, kind } = after;
  return sql`select ${columns} from pool where (vrf_id, lo, plen) >= (${vrfId}, ${lo}, ${plen})
    and not (vrf_id = ${vrfId} and lo = ${lo} and plen = ${plen} and kind >= ${kind}) ${order}`;
}
