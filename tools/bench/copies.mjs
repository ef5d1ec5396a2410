import { addressBytes, formatCidr, nthSubnet, parseCidr } from '@cloudpam/cidr';

/** Copies have ids that the product does not come to. */
export const COPIES_FROM = 1_000_000_000;
let nextId = 2 * COPIES_FROM;

/**
 * Steps for `commit` that write again what the product has written, elsewhere: the same rows with
 * other ids, their addresses `octets` of 1/256 of all later, under `parents` (old id to new).
 * Entries of the audit log go by no id.
 */
export async function copiesOf(driver, conditions, octets, parents = {}) {
  const steps = [];
  for (const [table, condition] of Object.entries(conditions))
    steps.push({ table, rows: await driver.rowsOf(table, condition) });
  const made = new Set(
    steps.flatMap(({ table, rows }) => (table === 'pool' ? rows.map(({ id }) => Number(id)) : [])),
  );
  const poolOf = (id) =>
    id === null ? null : (parents[id] ?? (made.has(Number(id)) ? Number(id) + COPIES_FROM : id));
  const copy = ({ table, rows }) => ({ table, rows: rows.map((row) => copyOf(table, row)) });
  const copyOf = (table, row) => {
    const moved = movedBy(row, octets);
    if (table === 'audit_entry')
      return withoutId({ ...moved, entity_id: String(Number(row.entity_id) + COPIES_FROM) });
    const id = Number(row.id) + COPIES_FROM;
    return table === 'pool'
      ? { ...moved, id, parent_id: poolOf(row.parent_id) }
      : { ...moved, id, pool_id: poolOf(row.pool_id) };
  };
  return steps.map(copy);
}

function withoutId(entry) {
  const copy = { ...entry, proof: null };
  delete copy.id;
  return copy;
}

/** A row with its addresses, which are 16 bytes with an IPv4 one in the last four, moved. */
function movedBy(row, octets) {
  const moved = { ...row };
  for (const name of ['lo', 'hi', 'former_lo'].filter((each) => row[each])) {
    moved[name] = Buffer.from(row[name]);
    moved[name][12] += octets;
  }
  if (row.cidr) moved.cidr = row.cidr.replace(/^\d+/, (octet) => Number(octet) + octets);
  return moved;
}

/**
 * Makes one block after the other in a pool as the product has made the first (`poolId`, told by
 * the last entry): gives the steps of the next, which takes it from the free blocks of the pool.
 */
export async function blockMaker(driver, parentId, poolId) {
  const [pool] = await driver.rowsOf('pool', `id = ${poolId}`);
  const [entry] = (
    await driver.rowsOf('audit_entry', `entity_type = 'pool' and entity_id = '${poolId}'`)
  ).map(withoutId);
  const [parent] = await driver.rowsOf('pool', `id = ${parentId}`);
  const around = parseCidr(parent.cidr);
  const first = parseCidr(pool.cidr);
  const bytesOf = (n) => Buffer.from(addressBytes(blockAt(n).first));
  const blockAt = (n) => nthSubnet(around, first.prefixLength, BigInt(n));
  const bits = 128 - pool.plen;
  let taken = 1;
  return () => {
    const n = taken++;
    const id = nextId++;
    const cidr = blockAt(n);
    const [lo, hi] = [cidr.first, cidr.last].map((address) => Buffer.from(addressBytes(address)));
    const left = [];
    // The free block that begins here is as large as n is even; its other halves stay.
    for (let at = 0; (n & (1 << at)) === 0; at++)
      left.push({ parent_id: parentId, bits: bits + at, lo: bytesOf(n + (1 << at)) });
    return [
      { table: 'pool', rows: [{ ...pool, id, lo, hi, cidr: formatCidr(cidr) }] },
      { table: 'audit_entry', rows: [{ ...entry, entity_id: String(id), lo }] },
      {
        text: 'delete from free_block where parent_id = ? and bits = ? and lo = ?',
        values: [parentId, bits + left.length, lo],
      },
      { table: 'free_block', rows: left },
      {
        text: 'update pool set child_used = ? where id = ?',
        values: [String(BigInt(taken) << BigInt(bits)), parentId],
      },
    ];
  };
}
