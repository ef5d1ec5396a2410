import { formatCidr } from '@cloudpam/cidr';
import type { AllocationRules, NewPool } from '@cloudpam/pools';
import { DecideResources } from './index';
import { estate, seen, snapshot, VPC, type Estate } from './estate.fixture';
import { allAudit, change, createdOne, planning, refusal } from '@cloudpam/pools/testing';

const NONE: AllocationRules = {
  minPrefixLength: null,
  maxPrefixLength: null,
  defaultPrefixLength: null,
  requiredTags: [],
};
const told = async (cloud: Estate, type: string): Promise<string[]> =>
  (await cloud.findings())
    .filter((each) => each.type === type)
    .map(({ resource, reason }) => `${resource.externalId}: ${reason}`);

describe('rules of a pool', () => {
  it('are kept by what is allocated from it, and fill in what is not said', async () => {
    const plan = planning();
    const pool = await createdOne(plan, {
      cidr: '10.0.0.0/16',
      rules: {
        minPrefixLength: 20,
        maxPrefixLength: 26,
        defaultPrefixLength: 24,
        requiredTags: ['team'],
      },
    });
    const take = (prefixLength?: number, tags: Record<string, string> = { team: 'a' }) =>
      plan.allocate.execute(change(1), {
        from: { poolId: pool.id },
        name: 'net',
        tags,
        ...(prefixLength === undefined ? {} : { prefixLength }),
      });
    expect((await take()).map((each) => formatCidr(each.cidr))).toEqual(['10.0.0.0/24']);
    expect((await refusal(take(19), 'rules_broken')).message).toContain('/19 is wider than /20');
    expect((await refusal(take(27), 'rules_broken')).message).toContain('/27 is narrower than /26');
    expect((await refusal(take(24, {}), 'rules_broken')).details.field).toBe('tags');
    const rules = { ...NONE, requiredTags: ['constructor', '__proto__'] };
    const odd = await createdOne(plan, { cidr: '10.2.0.0/16', rules });
    const takeOdd = (json: string) => {
      const tags = JSON.parse(json) as Record<string, string>;
      return plan.allocate.execute(change(1), {
        from: { poolId: odd.id },
        name: 'net',
        tags,
        prefixLength: 24,
      });
    };
    const { message } = await refusal(takeOdd('{}'), 'rules_broken');
    expect(message).toContain('the tags constructor, __proto__ are missing');
    expect(await takeOdd('{"constructor":"a","__proto__":"b"}')).toHaveLength(1);
    const bare = await createdOne(plan, '10.1.0.0/16');
    await refusal(
      plan.allocate.execute(change(1), { from: { poolId: bare.id }, name: 'net' }),
      'invalid_prefix_length',
    );
  });

  it.each<[string, Partial<AllocationRules>]>([
    ['wider than the pool', { minPrefixLength: 8 }],
    ['longer than an address', { maxPrefixLength: 33 }],
    ['that no block keeps', { minPrefixLength: 26, maxPrefixLength: 24 }],
    ['whose default breaks them', { minPrefixLength: 24, defaultPrefixLength: 20 }],
  ])('%s are refused', async (_title, rules) => {
    await refusal(
      createdOne(planning(), { cidr: '10.0.0.0/16', rules: { ...NONE, ...rules } }),
      'invalid_rules',
    );
  });

  it('are findings of what discovery brings, as long as they are broken', async () => {
    const cloud = estate();
    const container = await createdOne(cloud, {
      cidr: '10.0.0.0/8',
      rules: { ...NONE, minPrefixLength: 18, requiredTags: ['owner'] },
    });
    await cloud.apply(snapshot(1, VPC));
    expect(await told(cloud, 'compliance')).toEqual([
      `vpc-1: breaks the rules of pool ${container.id}, 10.0.0.0/8 (10.0.0.0/8): /16 is wider ` +
        'than /18; the tag owner is missing',
    ]);
    const audit = (await allAudit(cloud)).length;
    await cloud.apply(snapshot(2, VPC));
    expect(await told(cloud, 'compliance')).toHaveLength(1);
    expect(await allAudit(cloud)).toHaveLength(audit);
    await cloud.update.execute(change(3), container.id, {
      rules: { ...NONE, requiredTags: ['env'] },
    });
    await cloud.apply(snapshot(4, VPC));
    expect(await told(cloud, 'compliance')).toEqual([]);
    await cloud.update.execute(change(5), container.id, {
      rules: { ...NONE, maxPrefixLength: 12 },
    });
    await cloud.apply(snapshot(6, VPC));
    await cloud.update.execute(change(7), container.id, { rules: null });
    expect(await told(cloud, 'compliance')).toHaveLength(1);
    await cloud.apply(snapshot(8, VPC));
    expect(await told(cloud, 'compliance')).toEqual([]);
  });
});

describe('a living subnet of a cloud, whose hosts nobody has counted', () => {
  it('gives space only on purpose, and never to a selector', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    const subnet = await cloud.pool('10.0.1.0/24');
    const take = (acceptUncountedHosts?: boolean) =>
      cloud.allocate.execute(change(2), {
        from: { poolId: subnet.id },
        prefixLength: 28,
        name: 'hosts',
        ...(acceptUncountedHosts === undefined ? {} : { acceptUncountedHosts }),
      });
    expect((await refusal(take(), 'hosts_not_counted')).message).toContain(
      'is in use by the cloud, and its hosts are not counted',
    );
    await refusal(take(false), 'hosts_not_counted');
    await refusal(
      cloud.allocate.execute(change(2), {
        from: { selector: { region: 'eu-central-1', kind: 'subnet' } },
        prefixLength: 28,
        name: 'hosts',
      }),
      'hosts_not_counted',
    );
    const [taken] = await cloud.allocate.execute(change(2), {
      from: { selector: { region: 'eu-central-1' } },
      prefixLength: 28,
      name: 'hosts',
    });
    expect(taken && formatCidr(taken.cidr)).toBe('10.0.0.0/28'); // in the VPC, though the subnets match too
    expect((await take(true)).map((each) => formatCidr(each.cidr))).toEqual(['10.0.1.0/28']);
  });
});

describe('space that was held for something else', () => {
  it.each([
    ['lies in a reservation', { cidr: '10.0.0.0/22', kind: 'reservation' }],
    ['lies around a reservation', { cidr: '10.0.1.0/28', kind: 'reservation' }],
    ['lies in a planned subnet', { cidr: '10.0.0.0/22', kind: 'subnet', status: 'planned' }],
  ] as const)('is a conflict with what %s, until it is given up', async (_title, held) => {
    const cloud = estate();
    const now = (minutes: number) =>
      snapshot(
        minutes,
        VPC.filter(({ externalId }) => externalId !== 'subnet-b'),
      );
    const pool = await createdOne(cloud, held);
    await cloud.apply(now(1));
    expect(await told(cloud, 'conflict')).toEqual([
      expect.stringContaining(
        `subnet-a: 10.0.1.0/24 uses space that pool ${pool.id}, ${held.cidr}`,
      ),
    ]);
    await cloud.apply(now(2));
    expect(await told(cloud, 'conflict')).toHaveLength(1);
    await cloud.remove.execute(change(3), pool.id);
    await cloud.apply(now(4));
    expect(await told(cloud, 'conflict')).toEqual([]);
  });

  it('is none when the very block was planned, or a VPC is planned around', async () => {
    const cloud = estate();
    await createdOne(cloud, { cidr: '10.0.0.0/16', kind: 'vpc', status: 'planned' });
    await createdOne(cloud, { cidr: '10.0.1.0/24', kind: 'subnet', status: 'planned' });
    await createdOne(cloud, { cidr: '10.0.99.0/24', kind: 'reservation' });
    await cloud.apply(snapshot(1, [...VPC, seen({ externalId: 'subnet-c', cidr: '10.0.3.0/24' })]));
    expect(await told(cloud, 'conflict')).toEqual([]);
  });
});

describe('what a cloud takes of space that was planned', () => {
  interface Held extends Partial<Omit<NewPool, 'cidr' | 'accountId'>> {
    readonly cidr: string;
    readonly isOfAnother?: boolean;
  }

  /**
   * An estate with two accounts, and a pool that a person has planned, for the second one if so
   * said.
   */
  async function planned({ isOfAnother, ...held }: Held): Promise<{ cloud: Estate; id: number }> {
    const cloud = estate();
    await cloud.apply(snapshot(1, []));
    await cloud.apply(snapshot(1, [], { account: '222' }));
    const other = await cloud.unitOfWork.read(
      async ({ accounts }) => (await accounts.byKeys(['aws:222']))[0],
    );
    const { id } = await createdOne(cloud, {
      ...held,
      ...(isOfAnother && other ? { accountId: other.id } : {}),
    });
    return { cloud, id };
  }

  it.each([
    [
      'exactly a VPC that was planned for another account',
      { cidr: '10.0.0.0/16', kind: 'vpc', isOfAnother: true },
      'holds for another account',
    ],
    [
      'exactly a VPC that was planned for another region',
      { cidr: '10.0.0.0/16', kind: 'vpc', region: 'us-east-1' },
      'holds for the region us-east-1',
    ],
    ['exactly a reservation', { cidr: '10.0.0.0/16', kind: 'reservation' }, 'reserves'],
    [
      'exactly a subnet, as a VPC',
      { cidr: '10.0.0.0/16', kind: 'subnet' },
      'was planned for as a subnet',
    ],
    [
      'a part of what was planned for another account',
      { cidr: '10.0.0.0/12', kind: 'container', isOfAnother: true },
      'holds for another account',
    ],
    [
      'a part of what was planned for another region',
      { cidr: '10.0.0.0/12', kind: 'container', region: 'us-east-1' },
      'holds for the region us-east-1',
    ],
    [
      'what lies around the plan of another account',
      { cidr: '10.0.99.0/24', kind: 'subnet', isOfAnother: true },
      'holds for another account',
    ],
  ] as readonly (readonly [string, Held, string])[])(
    'is a conflict, and the plan stays as it was: %s',
    async (_title, held, why) => {
      const { cloud, id } = await planned(held);
      const before = await cloud.pool(held.cidr);
      await cloud.apply(snapshot(2, VPC));
      const { accountId, kind, region, externalId, version } = await cloud.pool(held.cidr);
      expect({ accountId, kind, region, externalId, version }).toEqual({
        accountId: before.accountId,
        kind: before.kind,
        region: before.region,
        externalId: null,
        version: before.version,
      });
      expect((await told(cloud, 'conflict')).find((each) => each.startsWith('vpc-1:'))).toContain(
        `pool ${id}, ${held.cidr}`,
      );
      expect((await told(cloud, 'conflict')).find((each) => each.startsWith('vpc-1:'))).toContain(
        why,
      );
      const audit = (await allAudit(cloud)).length;
      await cloud.apply(snapshot(3, VPC));
      expect((await allAudit(cloud)).length).toBe(audit);
    },
  );

  it('is taken by the cloud when a person says so, and free for it when the plan is changed', async () => {
    for (const settle of ['import', 'plan'] as const) {
      const { cloud, id } = await planned({ cidr: '10.0.0.0/16', kind: 'reservation' });
      await cloud.apply(snapshot(2, VPC));
      if (settle === 'import')
        await new DecideResources(cloud.unitOfWork).execute(change(3), {
          decision: 'import',
          ids: [(await cloud.resource('vpc-1')).id],
        });
      else await cloud.update.execute(change(3), id, { kind: 'vpc' });
      await cloud.apply(snapshot(4, VPC));
      expect(await cloud.pool('10.0.0.0/16')).toMatchObject({
        id,
        kind: 'vpc',
        externalId: 'vpc-1',
        accountId: (await cloud.resource('vpc-1')).accountId,
      });
      expect(await cloud.findings()).toEqual([]);
    }
  });

  it('is a conflict of a subnet that grows over it', async () => {
    const grown = (cidr: string) =>
      seen({ externalId: 'subnet-g', cidr, networkExternalId: 'vpc-1' });
    for (const held of [
      { cidr: '10.0.4.0/24', kind: 'reservation' },
      { cidr: '10.0.4.0/24', kind: 'subnet', status: 'planned' },
    ] as const) {
      const cloud = estate();
      await cloud.apply(snapshot(1, [...VPC, grown('10.0.5.0/24')]));
      await createdOne(cloud, held);
      expect(await told(cloud, 'conflict')).toEqual([]);
      await cloud.apply(snapshot(2, [...VPC, grown('10.0.4.0/22')]));
      expect(await told(cloud, 'conflict')).toEqual([
        expect.stringContaining('subnet-g: 10.0.4.0/22 uses space that pool'),
      ]);
      await cloud.apply(snapshot(3, [...VPC, grown('10.0.4.0/22')]));
      expect(await told(cloud, 'conflict')).toHaveLength(1);
    }
  });
});

describe('the policy of an account', () => {
  it('goes before the policy of the server', async () => {
    const cloud = estate('auto');
    await cloud.apply(snapshot(1, []));
    await cloud.unitOfWork.run(async ({ accounts }) => {
      const [account] = await accounts.byKeys(['aws:111']);
      if (account) await accounts.save({ ...account, discoveryPolicy: 'observe' });
    });
    expect(await cloud.apply(snapshot(2, VPC))).toMatchObject({ imported: 0 });
    expect((await cloud.resource('vpc-1')).managementReason).toBe('discovery policy observe');
  });
});
