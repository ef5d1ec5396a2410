import { addressBytes, formatCidr, parseCidr, prefixLength128 } from '@cloudpam/cidr';
import { AllocateAddresses, AllocateSubnet, CreatePools, hostOf } from '@cloudpam/pools';
import { ApplySnapshot } from '@cloudpam/reconciliation';
import { COPIES_FROM, copiesOf } from '../copies.mjs';
import { wholeVpcs } from '../load.mjs';
import { ACTOR, CHUNK, crowdedPool, SLASH_24S, snapshotOf, VRF_COUNT } from '../synthetic.mjs';
import { crowded, median, percentile, sampled, timed } from '../timing.mjs';

const ADDRESSES = 60_000;
const SIBLINGS = [
  [0, '20.0.0.0/10'],
  [10_000, '21.0.0.0/10'],
  [65_536, '22.0.0.0/10'],
];
/** Nothing else is so many octets after what is imported. */
const COPY_OCTETS = 100;
const BARE_FROM = 1e12;
const COLUMNS = [
  'id',
  'vrf_id',
  'lo',
  'hi',
  'plen',
  'cidr',
  'name',
  'kind',
  'status',
  'source',
  'description',
  'tags',
  'created_at',
  'updated_at',
  'version',
  'child_used',
];

/** A row of `pool`: a root of an otherwise unused part of the address space. */
function bareRow(n, time) {
  const cidr = parseCidr(`240.${(n >> 8) & 255}.${n & 255}.0/24`);
  const [lo, hi] = [cidr.first, cidr.last].map((address) => Buffer.from(addressBytes(address)));
  return [
    BARE_FROM + n,
    1,
    lo,
    hi,
    prefixLength128(cidr),
    formatCidr(cidr),
    `bare-${n}`,
    'container',
    'active',
    'manual',
    '',
    '{}',
    time,
    time,
    1,
    '0',
  ];
}

const change = () => ({ actor: ACTOR, at: new Date(), requestId: 'bench' });

/** The driver's own insert, one row and one commit at a time. */
export async function measureBareInsert(bare) {
  const insert = bare.statement(`insert into pool (${COLUMNS}) values (${COLUMNS.map(() => '?')})`);
  const time = bare.timeOf(new Date());
  const samples = await sampled((n) => insert(...bareRow(n, time)), { calls: 500 });
  await bare.statement(`delete from pool where id >= ${BARE_FROM}`)();
  return median(samples);
}

/** CreatePools: one /28 each, in /24s all over the tree. */
export async function measureCreate(storage, { vrfIds, ids }, report) {
  const create = new CreatePools(storage.unitOfWork);
  const vpcs = wholeVpcs(ids);
  const samples = await sampled(
    (n) => {
      const cidr = parseCidr(
        `10.${n % vpcs}.${(n * 7) % SLASH_24S}.${16 * (8 + (Math.floor(n / SLASH_24S) % 8))}/28`,
      );
      return create.execute(change(), [
        { name: `created-${n}`, cidr, vrfId: vrfIds[n % VRF_COUNT], kind: 'reservation' },
      ]);
    },
    { calls: 300 },
  );
  report({ title: 'create a pool', whole: { ms: median(samples) } });
}

/** AllocateSubnet of one /28, from pools with more and more children. */
export async function measureAllocation(storage, report) {
  const allocate = new AllocateSubnet(storage.unitOfWork);
  for (const [size, text] of SIBLINGS) {
    const poolId = await storage.unitOfWork.run(async ({ pools }) => {
      const all = crowdedPool(await pools.reserveIds(size + 1), 1, parseCidr(text), size);
      for (let start = 0; start < all.length; start += CHUNK)
        await pools.insert(all.slice(start, start + CHUNK));
      return all[0].id;
    });
    const take = (n) =>
      allocate.execute(change(), { from: { poolId }, prefixLength: 28, name: `allocated-${n}` });
    const first = await timed(() => take(0));
    const alone = await sampled(take, { calls: 300 });
    const many = await crowded(take, { callers: 64, calls: 1_280 });
    const among = `among ${size.toLocaleString('en')}`;
    report({
      title: `allocate ${among}: the first, which finds out what is free`,
      whole: { ms: first },
    });
    report({
      title: `allocate ${among}: 1 caller`,
      whole: { ms: median(alone) },
      perSecond: 1000 / median(alone),
    });
    report({
      title: `allocate ${among}: 64 callers (the wait of each)`,
      whole: { ms: median(many.samples) },
      perSecond: many.perSecond,
    });
  }
}

/** AllocateAddresses of the first free address of a /16 in which 60,000 are taken. */
export async function measureAddresses(storage, report) {
  const allocate = new AllocateAddresses(storage.unitOfWork, () => 0n);
  const poolId = await storage.unitOfWork.run(async ({ pools, addresses }) => {
    const [pool] = crowdedPool(await pools.reserveIds(1), 1, parseCidr('172.18.0.0/16'), 0);
    await pools.insert([pool]);
    for (let start = 0; start < ADDRESSES; start += CHUNK)
      await addresses.insert(
        Array.from({ length: Math.min(CHUNK, ADDRESSES - start) }, (_, at) =>
          addressAt(pool, start + at + 1),
        ),
      );
    await pools.setChildUsed([{ id: pool.id, childUsed: BigInt(ADDRESSES) }]);
    return pool.id;
  });
  const take = () => allocate.execute(change(), { poolId });
  const first = await timed(take);
  const samples = await sampled(take, { calls: 300 });
  const among = `an address among ${ADDRESSES.toLocaleString('en')}`;
  report({ title: `${among}: the first, which finds out what is free`, whole: { ms: first } });
  report({
    title: `${among}: 1 caller`,
    whole: { ms: median(samples) },
    perSecond: 1000 / median(samples),
  });
  report({
    title: `${among}: 95 of 100 wait no longer than`,
    whole: {
      ms: percentile(
        samples.toSorted((a, b) => a - b),
        0.95,
      ),
    },
  });
}

function addressAt(pool, offset) {
  return {
    vrfId: pool.vrfId,
    poolId: pool.id,
    cidr: hostOf(4, pool.cidr.first + BigInt(offset)),
    name: `host-${offset}`,
    status: 'active',
    role: 'host',
    dnsName: null,
    mac: null,
    accountId: null,
    description: '',
    tags: {},
    createdAt: pool.createdAt,
    updatedAt: pool.updatedAt,
    version: 1,
  };
}

/**
 * ApplySnapshot of a scope with 10,000 subnets, as new and then unchanged; beside the driver's own
 * insert of the very rows that the import made (pools, resources, audit entries), and its own read
 * of the pools and resources.
 */
export async function measureImport(storage, bare, report) {
  const apply = new ApplySnapshot(storage.unitOfWork, 'auto');
  const began = Date.now();
  const lastEntry = async () =>
    (await storage.unitOfWork.read(({ audit }) => audit.list({}, 1, 1))).entries[0]?.id ?? 0;
  const import_ = async (n) => {
    let result;
    const took = await timed(async () => {
      result = await apply.execute(change(), `run-${n}`, snapshotOf(new Date(began + n)));
    });
    return { took, result };
  };
  const entry = await lastEntry();
  const first = await import_(0);
  if (first.result.imported !== 10_040)
    throw new Error(`the import made ${JSON.stringify(first.result)}`);
  const [{ scope }] = await storage.unitOfWork.read(({ discovery }) => discovery.scopes());
  const conditions = { pool: `scope_id = ${scope.id}`, resource: `scope_id = ${scope.id}` };
  const copies = await copiesOf(bare, { ...conditions, audit_entry: `id > ${entry}` }, COPY_OCTETS);
  const inserted = await timed(() => bare.commit(copies));
  await bare.settle();
  const again = [];
  const read = [];
  for (let n = 1; n <= 5; n++) {
    again.push((await import_(n)).took);
    read.push(
      await timed(async () => {
        for (const [table, condition] of Object.entries(conditions))
          await bare.rowsOf(table, `${condition} and id < ${COPIES_FROM}`);
      }),
    );
  }
  report({
    title: '*bare driver: insert of the rows of that import*',
    whole: { ms: inserted },
    perSecond: 10_040_000 / inserted,
  });
  report({
    title: `import 10,000 subnets: first (${(first.took / inserted).toFixed(1)}x the bare insert)`,
    whole: { ms: first.took },
    perSecond: 10_040_000 / first.took,
  });
  report({ title: '*bare driver: read of its resources and pools*', whole: { ms: median(read) } });
  report({
    title:
      'import 10,000 subnets: again, nothing changed ' +
      `(${(median(again) / median(read)).toFixed(1)}x the bare read)`,
    whole: { ms: median(again) },
    perSecond: 10_040_000 / median(again),
  });
}
