import { nthSubnet, parseCidr } from '@cloudpam/cidr';
import { utilizationOf } from '@cloudpam/pools';
import { wholeVpcs } from '../load.mjs';
import { SLASH_24S, SLASH_28S } from '../synthetic.mjs';
import { median, randomNumbers, sampled, timed } from '../timing.mjs';

const SORT = [{ field: 'cidr', descending: false }];

/**
 * Reads, each twice: in a unit of work of its own, as a request does it, and inside one that is
 * open already. After each call comes a bare select of the driver, so that both meet the same moods
 * of the machine. Gives the bare select's p50.
 */
export async function measureReads(storage, bare, { vrfIds, ids }, report) {
  const select = bare.statement('select * from pool where id = ?');
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
          void floor.push(await timed(() => select(questions[(7 * n) % questions.length].id))),
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
