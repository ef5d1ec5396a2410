import { parseCidr } from '@cloudpam/cidr';
import { bareAccount, poolMade } from '@cloudpam/pools';
import { ACTOR, CHUNK, LOADED_AT, VRF_COUNT } from './synthetic.mjs';
import { milliseconds, ratio, say, table } from './printed.mjs';
import { median, timed } from './timing.mjs';

const ROUNDS = 15;
const MINE = parseCidr('10.0.0.0/16');

/** Prints the table of one database. */
export async function benchLimits({ storage, bare, loaded, heading }) {
  const rows = [];
  await measureLimits(storage, bare, loaded, ({ title, none, pool, account }) => {
    say(`${title}: ${[none, pool, account].map(milliseconds).join(', ')} ms`);
    rows.push([
      title,
      milliseconds(none),
      milliseconds(pool),
      ratio(pool / none),
      milliseconds(account),
      ratio(account / none),
    ]);
  });
  table(heading, ['', 'no limits, ms', 'a pool, ms', 'x', 'an account, ms', 'x'], rows);
}

/**
 * `npm run bench -- limits`: what routes read for someone who is limited to one /16 (1,025 pools),
 * by the pool or by its account, and the same for someone without limits. Each pool has one entry
 * in the audit log. Reports milliseconds and ratios, alternating.
 */
async function measureLimits(storage, bare, { vrfIds, ids }, report) {
  const account = await storage.unitOfWork.run(({ accounts }) =>
    accounts.insert({
      ...bareAccount('aws', '1', 'mine'),
      createdAt: LOADED_AT,
      updatedAt: LOADED_AT,
      version: 1,
    }),
  );
  // A VRF from the middle: its root, then its first /16 and all in it.
  const at = VRF_COUNT / 2;
  const root = Math.floor((ids.length * at) / VRF_COUNT);
  await bare.statement(
    `update pool set account_id = ${account.id} where id between ${ids[root + 1]} and ${ids[root + 1_025]}`,
  )();
  const change = { at: LOADED_AT, actor: ACTOR, requestId: 'bench' };
  for (let start = 0; start < ids.length; start += CHUNK) {
    await storage.unitOfWork.run(async ({ pools, audit }) => {
      const some = await pools.getMany(ids.slice(start, start + CHUNK));
      await audit.append(some.map((pool) => poolMade(change, 'pool.create', pool)));
    });
  }
  await bare.settle();
  const isInScope = {
    pool: { accountIds: null, under: [{ vrfId: vrfIds[at], cidr: MINE, kind: 'vpc' }] },
    account: { accountIds: [account.id], under: null },
  };
  const page = { sort: [{ field: 'cidr', descending: false }], size: 100 };
  const address = parseCidr('10.0.7.1/32');
  const reads = {
    'list: first page of 100': ({ pools }, accessScope) => pools.list({ accessScope }, page),
    'list: by a part of the name': ({ pools }, accessScope) =>
      pools.list({ text: '-12', accessScope }, page),
    'roots of what is seen': ({ pools }, accessScope) =>
      pools.list({ parentId: null, accessScope }, page),
    'all pools around an address': ({ pools }, accessScope) =>
      pools.list({ contains: address, accessScope }, page),
    'accounts: the first 100': ({ accounts }, accessScope) =>
      accounts.list({ accessScope }, 1, 100),
    'VRFs: the first 100': ({ vrfs }, accessScope) => vrfs.list({ accessScope }, 1, 100),
    'audit log: newest 50': ({ audit }, accessScope) => audit.list({ accessScope }, 1, 50),
    'audit log: newest 50 of pools': ({ audit }, accessScope) =>
      audit.list({ accessScope, entityType: 'pool' }, 1, 50),
    'audit log: newest 50 of an action nobody took': ({ audit }, accessScope) =>
      audit.list({ accessScope, type: 'token.revoke' }, 1, 50),
    'audit log: 1,000 for an export': ({ audit }, accessScope) =>
      audit.scan({ accessScope }, { order: 'oldest' }, 1_000),
  };
  for (const [title, read] of Object.entries(reads)) {
    const ms = { none: [], pool: [], account: [] };
    for (let n = 0; n < ROUNDS; n++) {
      for (const name of Object.keys(ms))
        ms[name].push(
          await timed(() => storage.unitOfWork.read((stores) => read(stores, isInScope[name]))),
        );
    }
    report({ title, none: median(ms.none), pool: median(ms.pool), account: median(ms.account) });
  }
}
