import fc from 'fast-check';
import { contains, formatCidr, parseCidr } from '@cloudpam/cidr';
import {
  AllocateAddresses,
  formatHost,
  KeepAddresses,
  KeepRanges,
  PoolError,
} from '@cloudpam/pools';
import { change, START } from '@cloudpam/pools/testing';
import { estate, seen, snapshot, type Estate } from './estate.fixture';
import {
  ReadFindings,
  ReleaseAddresses,
  type ObservedAddress,
  type ScopeSnapshot,
  type SeenAddress,
  problemOfGiven,
} from './index';

const SUBNET = '10.0.1.0/28';
const VPC = seen({ externalId: 'vpc-1', cidr: '10.0.0.0/16' });
/** AWS keeps five of sixteen. */
const subnet = (freeHosts?: number) =>
  seen({ externalId: 'subnet-a', cidr: SUBNET, ...(freeHosts !== undefined && { freeHosts }) });

function eni(last: number | string, fields: Partial<SeenAddress> = {}): SeenAddress {
  const cidr = typeof last === 'number' ? `10.0.1.${last}/32` : last;
  return {
    kind: 'interface',
    externalId: `eni-${last}`,
    networkExternalId: 'vpc-1',
    subnetExternalId: 'subnet-a',
    region: 'eu-central-1',
    name: '',
    attachedTo: `i-${last}`,
    ...fields,
    cidr: parseCidr(cidr),
  };
}

describe('observed addresses', () => {
  let cloud: Estate;
  let addresses: AllocateAddresses;
  let keep: KeepAddresses;

  beforeEach(() => {
    cloud = estate();
    addresses = new AllocateAddresses(cloud.unitOfWork, (bound) => bound / 2n);
    keep = new KeepAddresses(cloud.unitOfWork);
  });

  const listed = (
    minutes: number,
    found: readonly SeenAddress[],
    fields: Partial<ScopeSnapshot> = {},
  ): ScopeSnapshot =>
    snapshot(minutes, [VPC, subnet(11 - found.length)], {
      addresses: found,
      interfaces: { coverage: 'complete' },
      ...fields,
    });
  const observed = (): Promise<ObservedAddress[]> =>
    cloud.unitOfWork.read(async (stores) => {
      const scopes = await stores.discovery.scopeStates();
      return (await Promise.all(scopes.map(({ id }) => stores.observed.ofScope(id)))).flat();
    });
  const entries = () =>
    cloud.unitOfWork.read(async ({ audit }) => (await audit.list({}, 1, 500)).entries);
  const take = async (fields: Partial<Parameters<AllocateAddresses['execute']>[1]> = {}) => {
    const pool = await cloud.pool(SUBNET);
    const made = await addresses.execute(change(), { poolId: pool.id, ...fields });
    return made.map(({ cidr }) => formatHost(cidr));
  };
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'nothing was refused',
      (error: unknown) => (error instanceof PoolError ? error.code : String(error)),
    );

  it('differ from records only where interfaces are listed completely', async () => {
    const findings = async (): Promise<string[]> => {
      const reads = new ReadFindings(cloud.unitOfWork, 0, 0, true);
      const { items } = await reads.list({ resources: {} }, 0, 100, new Date(START));
      return items.flatMap((each) => {
        if ('stale' in each) return [`stale ${formatHost(each.stale.record.cidr)}`];
        return 'unknown' in each ? [`unknown ${formatHost(each.unknown.observed.cidr)}`] : [];
      });
    };
    await cloud.apply(listed(0, [eni(5)]));
    await take({ count: 2 });
    const first = [eni(4), eni(5)];
    await cloud.apply(listed(10, first, { interfaces: { coverage: 'partial' } }));
    expect(await findings()).toEqual([]);
    await cloud.apply(listed(20, first));
    expect(await findings()).toEqual(['stale 10.0.1.6', 'unknown 10.0.1.5']);
    await cloud.apply(listed(30, [], { interfaces: { coverage: 'failed' } }));
    expect(await findings()).toEqual(['stale 10.0.1.6', 'unknown 10.0.1.5']);
    await cloud.apply(listed(40, [eni(4), eni(6)]));
    expect(await findings()).toEqual([]);
    await cloud.apply(listed(50, [eni(4)]));
    expect(await findings()).toEqual(['stale 10.0.1.6']);
    await cloud.apply(listed(60, [], { interfaces: undefined, addresses: undefined }));
    expect(await findings()).toEqual([]);
  });

  it('are never given out, by whatever strategy', async () => {
    await cloud.apply(listed(0, [eni(4), eni(6), eni(8), eni(14)]));
    expect(await take()).toEqual(['10.0.1.5']);
    expect(await take({ strategy: 'last' })).toEqual(['10.0.1.13']);
    expect(await take({ strategy: 'random' })).not.toContain('10.0.1.8');
    expect((await take({ count: 4 })).filter((each) => /\.(4|6|8|14)$/.test(each))).toEqual([]);
  });

  it('are never given out of a range, also where a block was given as one', async () => {
    await cloud.apply(listed(0, [eni('10.0.1.8/30')]));
    const pool = await cloud.pool(SUBNET);
    const { first } = pool.cidr;
    const span = { family: 4, first: first + 5n, last: first + 12n } as const;
    const { id } = await new KeepRanges(cloud.unitOfWork).create(change(), pool.id, { span });
    const asked = { rangeId: id, acceptUncountedHosts: true };
    expect(await take({ ...asked, strategy: 'random' })).not.toContain('10.0.1.9');
    expect(await take({ ...asked, count: 3 })).toHaveLength(3);
    expect(await code(take(asked))).toBe('pool_exhausted');
  });

  it('are never given out, whatever is listed and taken', async () => {
    const host = fc.integer({ min: 0, max: 15 });
    const step = fc.oneof(
      fc.record({ list: fc.uniqueArray(host) }),
      fc.record({
        count: fc.integer({ min: 1, max: 4 }),
        strategy: fc.constantFrom('first', 'last', 'random' as const),
      }),
      fc.record({ prefixLength: fc.integer({ min: 29, max: 32 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        cloud = estate();
        addresses = new AllocateAddresses(cloud.unitOfWork, (bound) => bound / 3n);
        await cloud.apply(listed(0, []));
        const held = new Set<number>();
        for (const [at, each] of steps.entries()) {
          if ('list' in each) {
            const there = each.list;
            for (const one of there) held.add(one);
            await cloud.apply(
              listed(
                at + 1,
                there.map((one) => eni(one)),
              ),
            );
            continue;
          }
          const pool = await cloud.pool(SUBNET);
          const blocks = await (
            'count' in each
              ? addresses.execute(change(), {
                  poolId: pool.id,
                  acceptUncountedHosts: true,
                  ...each,
                })
              : cloud.allocate.execute(change(), {
                  from: { poolId: pool.id },
                  name: 'x',
                  acceptUncountedHosts: true,
                  ...each,
                })
          ).catch((error: unknown) => {
            if (error instanceof PoolError && error.code === 'pool_exhausted') return [];
            throw error;
          });
          const given = blocks.flatMap(({ cidr }) =>
            [...held].filter((one) => contains(cidr, eni(one).cidr)),
          );
          expect(given).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('are no space for pools', async () => {
    await cloud.apply(listed(0, [eni(4)]));
    const pool = await cloud.pool(SUBNET);
    const made = await cloud.allocate.execute(change(), {
      from: { poolId: pool.id },
      prefixLength: 30,
      name: 'a',
    });
    expect(made.map(({ cidr }) => formatCidr(cidr))).toEqual(['10.0.1.0/30']);
    const next = await cloud.allocate.execute(change(), {
      from: { poolId: pool.id },
      prefixLength: 30,
      name: 'b',
    });
    expect(next.map(({ cidr }) => formatCidr(cidr))).toEqual(['10.0.1.8/30']);
  });

  it('take all of a block that was given as one', async () => {
    await cloud.apply(
      listed(0, [eni('10.0.1.0/29')], {
        resources: [VPC, subnet(3)],
      }),
    );
    expect(await take()).toEqual(['10.0.1.8']);
  });

  it('can be recorded by who says that it is what is there', async () => {
    await cloud.apply(listed(0, [eni(4)]));
    const create = (accept?: boolean) =>
      keep.create(change(), 1, parseCidr('10.0.1.4/32'), { name: 'web' }, accept);
    expect(await code(create())).toBe('address_in_use');
    expect((await create(true)).name).toBe('web');
    expect(await take()).toEqual(['10.0.1.5']);
  });

  it.each([
    ['were not asked for', undefined],
    ['were refused', { coverage: 'failed', error: { code: 'UnauthorizedOperation', message: '' } }],
    ['were listed in part', { coverage: 'partial' }],
  ] as [string, ScopeSnapshot['interfaces']][])(
    'leave uncounted hosts where interfaces %s',
    async (_, interfaces) => {
      await cloud.apply(listed(0, [eni(4)]));
      await cloud.apply(listed(5, [eni(4)], { interfaces }));
      expect(await code(take())).toBe('hosts_not_counted');
      expect(await take({ acceptUncountedHosts: true })).toEqual(['10.0.1.5']);
      expect((await cloud.resources()).map(({ sync }) => sync)).toEqual(['synced', 'synced']);
    },
  );

  it('leave uncounted hosts where the cloud counts more than it lists', async () => {
    await cloud.apply(listed(0, [eni(4)], { resources: [VPC, subnet(9)] }));
    expect(await code(take())).toBe('hosts_not_counted');
    await cloud.apply(listed(5, [eni(4), eni(5)], { resources: [VPC, subnet(9)] }));
    expect(await take()).toEqual(['10.0.1.6']);
  });

  it('are held for a while once a complete listing is without them', async () => {
    await cloud.apply(listed(0, [eni(4), eni(5)]));
    await cloud.apply(listed(5, [eni(5)]));
    expect((await observed()).map(({ goneAt }) => goneAt)).toEqual([
      new Date(START + 5 * 60_000),
      null,
    ]);
    expect(await take()).toEqual(['10.0.1.6']);
    const release = new ReleaseAddresses(cloud.unitOfWork);
    expect(await release.execute(change(10), 10 * 60_000)).toBe(0);
    expect(await release.execute(change(16), 10 * 60_000)).toBe(1);
    expect(await take()).toEqual(['10.0.1.4']);
    expect((await entries())[1]).toMatchObject({ type: 'scope.release_addresses' });
  });

  it('are there again when they come back', async () => {
    await cloud.apply(listed(0, [eni(4)]));
    await cloud.apply(listed(5, []));
    await cloud.apply(listed(10, [eni(4, { attachedTo: 'i-other' })]));
    expect(await observed()).toMatchObject([{ goneAt: null, attachedTo: 'i-other' }]);
  });

  it.each([
    ['partial', { coverage: 'partial' }],
    ['failed', { coverage: 'failed' }],
    ['not asked for', undefined],
  ] as [string, ScopeSnapshot['interfaces']][])(
    'do not go with a listing that is %s',
    async (_, interfaces) => {
      await cloud.apply(listed(0, [eni(4)]));
      await cloud.apply(listed(5, [], { interfaces }));
      expect(await observed()).toMatchObject([{ goneAt: null }]);
    },
  );

  it('leave no entry and no row when nothing has changed', async () => {
    await cloud.apply(listed(0, [eni(4), eni(5)]));
    const [before, rows] = [await entries(), await observed()];
    await cloud.apply(listed(5, [eni(4), eni(5)]));
    expect(await entries()).toEqual(before);
    expect(await observed()).toEqual(
      rows.map((each) => ({ ...each, lastSeenAt: new Date(START + 5 * 60_000) })),
    );
  });

  it('are told in the log by their number, and how far they were listed', async () => {
    await cloud.apply(listed(0, [eni(4), eni(5)]));
    await cloud.apply(listed(5, [eni(5, { name: 'new' }), eni(6)]));
    await cloud.apply(
      listed(10, [], { interfaces: { coverage: 'failed', error: { code: 'no', message: 'no' } } }),
    );
    const told = (await entries()).filter(({ type }) => /addresses|interfaces/.test(type));
    expect(told.map(({ type, diff }) => [type, diff.after])).toEqual([
      ['scope.interfaces', { coverage: 'failed', error: 'no' }],
      ['scope.addresses', { addresses_added: 1, addresses_changed: 1, addresses_gone: 1 }],
      ['scope.interfaces', { coverage: 'complete', error: null }],
      ['scope.addresses', { addresses_added: 2, addresses_changed: 0, addresses_gone: 0 }],
    ]);
  });

  it('lie in the VRF of their network; public ones are in all, and kept in the global one', async () => {
    const lab = await cloud.unitOfWork.run((stores) =>
      stores.vrfs.insert({
        name: 'lab',
        rd: null,
        reachabilityDomain: null,
        description: '',
        createdAt: new Date(START),
        updatedAt: new Date(START),
        version: 1,
      }),
    );
    await cloud.apply(listed(0, []));
    await cloud.unitOfWork.run(async ({ discovery }) => {
      const { items } = await discovery.networks({}, 1, 10);
      await discovery.saveNetworks(items.map((each) => ({ ...each, vrfId: lab.id })));
    });
    const unattached = {
      networkExternalId: null,
      subnetExternalId: null,
      kind: 'elastic',
    } as const;
    await cloud.apply(listed(5, [eni(4), eni('203.0.113.9/32', unattached)]));
    expect((await observed()).map(({ vrfId }) => vrfId)).toEqual([lab.id, 1]);
  });

  it('are found in the network of another account by the subnet that was shared', async () => {
    const shared = [
      seen({
        externalId: 'subnet-x',
        cidr: '10.7.0.0/24',
        ownerAccount: '222',
        networkExternalId: 'vpc-9',
      }),
    ];
    const found = [
      eni('10.7.0.9/32', { networkExternalId: 'vpc-9', subnetExternalId: 'subnet-x' }),
    ];
    await cloud.apply(
      snapshot(0, shared, { addresses: found, interfaces: { coverage: 'complete' } }),
    );
    const [one] = await observed();
    expect(one?.networkId).not.toBeNull();
  });

  it('come in parts like all else', async () => {
    const part = (number: number, last: boolean, found: readonly SeenAddress[]) =>
      listed(0, found, {
        part: { number, last },
        ...(number > 1 && { networks: [], resources: [] }),
      });
    await cloud.keep(part(1, false, [eni(4)]));
    await cloud.apply(part(2, true, [eni(5)]));
    expect(await observed()).toHaveLength(2);
  });
});

describe('what a cloud can have given to something', () => {
  it.each(['10.0.0.4/32', '10.0.0.16/28', '10.1.0.0/16', '2001:db8::/64', '2001:db8::1/128'])(
    'is %s',
    (cidr) => expect(problemOfGiven(parseCidr(cidr))).toBeUndefined(),
  );

  it.each([
    ['0.0.0.0/0', 'touches 0.0.0.0/8'],
    ['127.0.0.1/32', 'touches 127.0.0.0/8'],
    ['10.0.0.0/15', 'those begin at /16'],
    ['2001:db8::/63', 'those begin at /64'],
  ])('is not %s', (cidr, why) => expect(problemOfGiven(parseCidr(cidr))).toContain(why));
});
