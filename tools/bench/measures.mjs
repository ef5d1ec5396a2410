import { nthSubnet, parseCidr } from '@cloudpam/cidr';
import { AllocateSubnet, CreatePools, utilizationOf } from '@cloudpam/pools';
import { ApplySnapshot } from '@cloudpam/reconciliation';
import {
  ACTOR,
  CHUNK,
  crowdedPool,
  LOADED_AT,
  poolOf,
  SLASH_24S,
  SLASH_28S,
  snapshotOf,
  tree,
  VRF_COUNT,
} from './synthetic.mjs';
import { crowded, median, randomNumbers, sampled, timed } from './timing.mjs';

const SORT = [{ field: 'cidr', descending: false }];
const SIBLINGS = [
  [0, '20.0.0.0/10'],
  [10_000, '21.0.0.0/10'],
  [65_536, '22.0.0.0/10'],
];
const change = () => ({ actor: ACTOR, at: new Date(), requestId: 'bench' });

/**
 * Puts `count` pools in, through the store. Gives the VRFs, the ids in order of the tree, and the
 * milliseconds.
 */
export async function load({ unitOfWork }, count) {
  const vrfIds = await unitOfWork.run(async ({ vrfs }) => {
    const made = [1];
    for (let n = 1; n < VRF_COUNT; n++) {
      const vrf = await vrfs.insert({
        name: `vrf-${n}`,
        rd: null,
        description: '',
        createdAt: LOADED_AT,
        updatedAt: LOADED_AT,
        version: 1,
      });
      made.push(vrf.id);
    }
    return made;
  });
  const ids = [];
  const took = await timed(async () => {
    const seeds = tree(vrfIds, count);
    for (let start = 0; start < count; start += CHUNK) {
      await unitOfWork.run(async ({ pools }) => {
        ids.push(...(await pools.reserveIds(Math.min(CHUNK, count - start))));
        const batch = [];
        for (let at = start; at < ids.length; at++) {
          const { vrfId, parent, cidr, kind, childUsed } = seeds.next().value;
          batch.push(
            poolOf(ids[at], vrfId, parent === null ? null : ids[parent], cidr, kind, childUsed),
          );
        }
        await pools.insert(batch);
      });
    }
  });
  return { vrfIds, ids, took };
}

/**
 * Reads, each twice: in a unit of work of its own, as a request does it, and inside one that is
 * open already. After each call comes a bare select of the driver, so that both meet the same moods
 * of the machine. Gives the bare select's p50.
 */
export async function measureReads(storage, bare, { vrfIds, ids }, report) {
  const random = randomNumbers(2);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const vpcs = wholeVpcs(ids);
  const slash24 = () =>
    parseCidr(`10.${Math.floor(random() * vpcs)}.${Math.floor(random() * SLASH_24S)}.0/24`);
  const questions = Array.from({ length: 1_024 }, () => {
    const block = slash24();
    return {
      vrfId: pick(vrfIds),
      id: pick(ids),
      block,
      address: nthSubnet(block, 32, BigInt(Math.floor(random() * SLASH_28S * 16))),
    };
  });
  const page = { sort: SORT, size: 100 };
  let { nextCursor: cursor } = await storage.unitOfWork.read(({ pools }) =>
    pools.list({}, { ...page, page: Math.floor(ids.length / 200) }),
  );
  const reads = {
    'contains: the smallest pool around an address': ({ pools }, { vrfId, address }) =>
      pools.smallestContaining(vrfId, [address]),
    'contains: list of all pools around an address': ({ pools }, { vrfId, address }) =>
      pools.list({ vrfId, contains: address }, page),
    'within: list of a /24 and what is in it': ({ pools }, { vrfId, block }) =>
      pools.list({ vrfId, within: block }, page),
    'list: first page of 100': ({ pools }) => pools.list({}, page),
    'list: page of 100 from the middle, by cursor': async ({ pools }) => {
      const { nextCursor } = await pools.list({}, { ...page, after: cursor });
      cursor = nextCursor ?? cursor;
    },
    'pool with utilization': async ({ pools }, { id }) => utilizationOf(await pools.get(id)),
  };
  const floors = [];
  for (const [title, read] of Object.entries(reads)) {
    const options = { calls: title.startsWith('list') ? 200 : 1_000, warmUp: 200 };
    const beside = async (work) => {
      const floor = [];
      const samples = await sampled((n) => work(questions[n % questions.length]), {
        ...options,
        after: async (n) =>
          void floor.push(await timed(() => bare.select(questions[(7 * n) % questions.length].id))),
      });
      floors.push(...floor);
      return { ms: median(samples), ratio: median(samples) / median(floor) };
    };
    const whole = await beside((question) =>
      storage.unitOfWork.read((stores) => read(stores, question)),
    );
    const inside = await storage.unitOfWork.read((stores) =>
      beside((question) => read(stores, question)),
    );
    report({ title, inside, whole });
  }
  return median(floors);
}

/** How many /16 of each VRF are full, at least one. */
function wholeVpcs(ids) {
  return Math.max(1, Math.floor(ids.length / VRF_COUNT / (1 + SLASH_24S * (1 + SLASH_28S))));
}

/** The driver's own insert, one row and one commit at a time. */
export async function measureBareInsert(bare) {
  const samples = await sampled((n) => bare.insert(n), { calls: 500 });
  await bare.sql('delete from pool where id >= 1000000000000');
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
  const conditions = {
    pool: `scope_id = ${scope.id}`,
    resource: `scope_id = ${scope.id}`,
    audit_entry: `id > ${entry}`,
  };
  const parts = [];
  for (const [table, condition] of Object.entries(conditions))
    parts.push({
      table,
      condition,
      rows: await bare.rowsOf(table, condition),
      stays: table === 'audit_entry',
    });
  const inserted = await bare.reinsert(parts);
  await bare.settle();
  const again = [];
  const read = [];
  for (let n = 1; n <= 5; n++) {
    again.push((await import_(n)).took);
    read.push(
      await timed(async () => {
        for (const table of ['resource', 'pool']) await bare.rowsOf(table, conditions[table]);
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
