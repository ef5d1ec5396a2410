// What single addresses cost: taking the next free one of a pool that is nearly full, and a listing of many interfaces.
import { withHandlers } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import { AllocateAddresses, CreatePools, KeepAddresses, KeepRanges } from '@cloudpam/pools';
import { ApplySnapshot, POOL_HANDLERS } from '@cloudpam/reconciliation';
import { storageOf } from './databases.mjs';
import { openDriver } from './drivers.mjs';
import { count, milliseconds, ratio, say, table } from './printed.mjs';
import { median, percentile, sampled, timed } from './timing.mjs';

/** Addresses of the /16 that somebody has. */
const TAKEN = 60_000;
const AT_ONCE = 256;
const CALLS = 300;
const SUBNETS = 200;
/** AWS keeps the first four of a subnet. */
const KEPT = 4;
const AT = new Date(Date.UTC(2026, 0, 1));

const change = (minutes, requestId) => ({
  actor: { type: 'system', id: 'bench', name: 'bench' },
  at: new Date(AT.getTime() + minutes * 60_000),
  requestId,
});

/** `npm run bench -- addresses`: on an empty tree, with so many interfaces. */
export async function benchAddresses({ database, storageName, size }) {
  const storage = await storageOf(database);
  const bare = await openDriver(database.url);
  try {
    const unitOfWork = withHandlers(storage.unitOfWork, POOL_HANDLERS);
    const taken = await firstFree(unitOfWork, bare);
    const listed = await interfaces(storage.unitOfWork, unitOfWork, size);
    table(`${storageName}: single addresses`, ['', ''], [...taken, ...listed]);
  } finally {
    await bare.close();
    await storage.close();
  }
}

async function firstFree(unitOfWork, bare) {
  const [made] = await new CreatePools(unitOfWork).execute(change(0, 'pool'), [
    { cidr: parseCidr('10.0.0.0/16'), name: 'busy', kind: 'subnet' },
  ]);
  const poolId = made.pool.id;
  const take = new AllocateAddresses(unitOfWork, (bound) => bound / 2n);
  const keep = new KeepAddresses(unitOfWork);
  const { first } = parseCidr('10.0.255.0/32');
  await new KeepRanges(unitOfWork).create(change(0, 'range'), poolId, {
    span: { family: 4, first, last: first + 63n },
    name: 'dhcp',
    purpose: 'dhcp',
  });
  say(`taking ${TAKEN} addresses ...`);
  for (let n = 0; n < TAKEN; n += AT_ONCE)
    await take.execute(change(n, `take-${n}`), { poolId, count: Math.min(AT_ONCE, TAKEN - n) });
  const wish = async (n) => take.execute(change(n, `one-${n}`), { poolId });
  let last;
  const samples = await sampled(async (n) => ([last] = await wish(n)), {
    calls: CALLS,
    budget: 60_000,
    after: (n) => keep.delete(change(n, `back-${n}`), last.id),
  });
  const read = bare.statement('select * from pool where id = ?');
  const baseline = await sampled(async () => read(poolId), { calls: CALLS });
  const sorted = [...samples].sort((a, b) => a - b);
  return [
    [`next free of a /16 with ${count(TAKEN)} taken, p50, ms`, milliseconds(median(sorted))],
    ['p95, ms', milliseconds(percentile(sorted, 0.95))],
    ['of a bare read by id, times', ratio(median(sorted) / median(baseline))],
  ];
}

async function interfaces(plain, unitOfWork, size) {
  const apply = new ApplySnapshot(unitOfWork, 'auto');
  const each = Math.ceil(size / SUBNETS);
  const [vpc, subnets, addresses] = estateOf(each);
  const listing = (minutes, coverage = 'complete') => ({
    provider: 'aws',
    account: '111111111111',
    region: 'eu-central-1',
    coverage: 'complete',
    interfaces: {
      coverage,
      ...(coverage === 'failed' && { error: { code: 'AccessDenied', message: 'no' } }),
    },
    collectedAt: change(minutes).at,
    networks: [
      {
        externalId: vpc.externalId,
        ownerAccount: vpc.ownerAccount,
        region: vpc.region,
        name: '',
        isDefault: false,
      },
    ],
    resources: [vpc, ...subnets],
    addresses: coverage === 'failed' ? [] : addresses,
  });
  const applied = (minutes, coverage) =>
    timed(() =>
      apply.execute(change(minutes, `run-${minutes}`), 'run', listing(minutes, coverage)),
    );
  const entries = () =>
    plain.read(async ({ audit }) => (await audit.list({}, 1, 1)).entries[0]?.id ?? 0);
  say(`applying ${each * SUBNETS} interfaces ...`);
  await applied(0, 'failed');
  const first = await applied(1, 'complete');
  const before = await entries();
  const again = [await applied(2, 'complete'), await applied(3, 'complete')];
  const written = (await entries()) - before;
  return [
    [
      `listing of ${count(each * SUBNETS)} interfaces in ${SUBNETS} subnets, the first, s`,
      (first / 1_000).toFixed(1),
    ],
    ['the same again, s', again.map((took) => (took / 1_000).toFixed(1)).join(', ')],
    ['entries of the log that the same again wrote', count(written)],
  ];
}

/** A VPC with subnets that have so many interfaces each. */
function estateOf(each) {
  const of = { ownerAccount: '111111111111', region: 'eu-central-1', zoneId: null, tags: {} };
  const vpc = {
    ...of,
    kind: 'vpc',
    externalId: 'vpc-1',
    networkExternalId: 'vpc-1',
    name: 'vpc',
    cidr: parseCidr('10.64.0.0/12'),
  };
  const subnets = Array.from({ length: SUBNETS }, (_, n) => ({
    ...of,
    kind: 'subnet',
    externalId: `subnet-${n}`,
    networkExternalId: 'vpc-1',
    name: `subnet-${n}`,
    cidr: parseCidr(`10.${64 + (n >> 6)}.${(n & 63) * 4}.0/22`),
  }));
  const addresses = subnets.flatMap(({ externalId, cidr }) =>
    Array.from({ length: each }, (_, host) => {
      const first = cidr.first + BigInt(host + KEPT);
      return {
        kind: 'interface',
        externalId: `eni-${externalId}-${host}`,
        networkExternalId: 'vpc-1',
        subnetExternalId: externalId,
        region: of.region,
        name: '',
        attachedTo: `i-${externalId}-${host}`,
        cidr: { family: 4, prefixLength: 32, first, last: first },
      };
    }),
  );
  return [vpc, subnets, addresses];
}
