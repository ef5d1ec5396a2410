import { nthSubnet, parseCidr } from '@cloudpam/cidr';
import { failed, failuresOf } from '../failures.mjs';
import { AUTHORIZED, startProduct } from '../processes.mjs';
import { count, say, table } from '../printed.mjs';
import { CHUNK, crowdedPool } from '../synthetic.mjs';
import { median, percentile } from '../timing.mjs';
import { loaded } from '../wire.mjs';

const SPACE = parseCidr('48.0.0.0/6');
const [ROUNDS, ROUND_MS] = [5, 1_500];
const BLOCK = 28;

/** Who allocates: how many clients, over how many processes, in a pool with so many children. */
const CASES = [0, 10_000, 65_536].flatMap((children) =>
  [
    [1, 1],
    [64, 1],
    [64, 2],
  ].map(([clients, processes]) => ({
    title: `${of(clients, 'client')}, ${of(processes, 'process', 'processes')}, ${count(children)} siblings`,
    clients,
    processes,
    children,
  })),
);

/** Prints what allocation costs: of two processes there are two on one database. */
export async function benchAllocations({ database, storage, heading, only }) {
  const cases = CASES.map((each, at) => ({ ...each, cidr: nthSubnet(SPACE, 10, BigInt(at)) }));
  const rows = [];
  for (const each of cases.filter(({ title }) => only?.test(`allocate: ${title}`) ?? true)) {
    const row = await allocating({ database, storage }, each);
    say(`allocate: ${row.join(', ')}`);
    rows.push(row);
  }
  if (rows.length > 0)
    table(
      `Allocation over HTTP, ${heading}`,
      ['', 'a second', 'p50, ms', 'p99, ms', 'blocks', 'errors'],
      rows,
    );
}

async function allocating({ database, storage }, { title, clients, processes, children, cidr }) {
  const crowd = await crowded(storage, children, cidr);
  const servers = await Promise.all(
    Array.from({ length: processes }, () => startProduct(database)),
  );
  const name = `allocate: ${title}`;
  const options = {
    connections: clients,
    ms: ROUND_MS,
    expected: 201,
    onError: ({ status, body }) => failed(name, status, body),
  };
  const ask = (n) => [
    'POST',
    `/api/v1/pools/${crowd.id}/allocations`,
    { headers: AUTHORIZED, body: { name: `a${n}`, prefix_length: BLOCK } },
  ];
  try {
    const rounds = [];
    for (let round = 0; round <= ROUNDS; round++)
      rounds.push(
        await loaded(
          servers.map(({ port }) => port),
          ask,
          options,
        ),
      );
    const made = rounds.reduce((sum, { took }) => sum + took.length, 0);
    await checkBlocks(storage, crowd, made);
    const measured = rounds.slice(1); // the first warms up
    const took = measured.flatMap((each) => each.took).sort((a, b) => a - b);
    return [
      title,
      count(median(measured.map(({ perSecond }) => perSecond))),
      percentile(took, 0.5).toFixed(1),
      percentile(took, 0.99).toFixed(1),
      count(made),
      failuresOf(name),
    ];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** A pool with so many children. */
async function crowded({ unitOfWork }, size, cidr) {
  return unitOfWork.run(async ({ pools }) => {
    const all = crowdedPool(await pools.reserveIds(size + 1), 1, cidr, size);
    for (let start = 0; start < all.length; start += CHUNK)
      await pools.insert(all.slice(start, start + CHUNK));
    return { id: all[0].id, children: new Set(all.slice(1).map(({ id }) => id)) };
  });
}

/**
 * That the pool has so many children more than it had, none of which shares addresses with another,
 * and that nothing was left free before the last of them.
 */
async function checkBlocks({ unitOfWork }, { id: parentId, children }, made) {
  await unitOfWork.read(async ({ pools }) => {
    let [after, found, end, last] = [undefined, 0, 0n, 0n];
    do {
      const page = { sort: [{ field: 'cidr', descending: false }], size: 5_000, after };
      const { items, nextCursor } = await pools.list({ parentId }, page);
      for (const { id, cidr } of items) {
        if (cidr.first < end) throw new Error('two blocks share addresses');
        end = cidr.last + 1n;
        if (!children.has(id)) last = cidr.first;
      }
      found += items.length;
      after = nextCursor ?? undefined;
    } while (after !== undefined);
    if (found !== children.size + made)
      throw new Error(`${found} blocks of ${children.size + made}`);
    const [free] = await pools.freeBlocks(parentId, { order: 'address', limit: 1 });
    if (free !== undefined && free.first < last) throw new Error('a hole was left');
  });
}

function of(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}
