import { KeepRecords, ACCOUNTS, readTypedText } from '@cloudpam/pools';
import { change, created, START } from '@cloudpam/pools/testing';
import { estate, seen, snapshot, type Estate } from './estate.fixture';
import {
  findingId,
  ReadFindings,
  ReadRegions,
  ReadStatus,
  RequestDiscovery,
  type FindingFilter,
  type FindingPage,
} from './index';

const DAY = 86_400;
const minute = (n: number): Date => new Date(START + n * 60_000);
const denied = { code: 'AccessDenied', message: 'no' };

/** One region with a VPC that overlaps and two subnets, and one that was listed long before. */
async function known(): Promise<Estate> {
  const cloud = estate('observe');
  await created(cloud, '10.0.0.0/20');
  await cloud.apply(snapshot(-3 * 1_440, [], { region: 'us-east-1' }));
  await cloud.apply(
    snapshot(1, [
      seen({ externalId: 'vpc-1', cidr: '172.16.0.0/16' }),
      seen({ externalId: 'subnet-a', cidr: '172.16.1.0/24' }),
      seen({ externalId: 'subnet-b', cidr: '172.16.2.0/24' }),
    ]),
  );
  return cloud;
}

describe('ReadFindings', () => {
  const list = async (
    cloud: Estate,
    filter: Partial<FindingFilter> = {},
    skip = 0,
    size = 10,
  ): Promise<FindingPage> =>
    new ReadFindings(cloud.unitOfWork, DAY, 90 * DAY, true).list(
      { resources: {}, ...filter },
      skip,
      size,
      minute(2),
    );
  const shown = ({ items }: FindingPage): string[] =>
    items.map((each) =>
      'scope' in each
        ? `unseen ${each.scope.region}`
        : `${each.type} ${'finding' in each ? each.finding.resource.externalId : ''}`,
    );
  const ALL = ['unseen us-east-1', 'unmanaged vpc-1', 'unmanaged subnet-a', 'unmanaged subnet-b'];

  it('lists overdue scopes before what is wrong with resources, with the owners', async () => {
    const page = await list(await known());
    expect([shown(page), page.total]).toEqual([ALL, 4]);
    expect([...page.accounts.values()].map(({ key }) => key)).toEqual(['aws:111']);
  });

  it('is the same in pages of any size', async () => {
    const cloud = await known();
    for (const size of [1, 2, 3]) {
      const pages: string[] = [];
      for (let skip = 0; skip < ALL.length; skip += size) {
        const page = await list(cloud, {}, skip, size);
        expect(page.total).toBe(4);
        pages.push(...shown(page));
      }
      expect(pages).toEqual(ALL);
    }
  });

  it.each<[string, Partial<FindingFilter>, string[]]>([
    ['overdue scopes alone', { type: 'unseen' }, ALL.slice(0, 1)],
    ['one type', { type: 'unmanaged' }, ALL.slice(1)],
    ['an account', { resources: { accountId: 1 } }, ALL],
    ['another account', { resources: { accountId: 2 } }, []],
    // Scopes lie in no VRF, have no name to look for, and are not ignored.
    ['a VRF', { resources: { vrfId: 1 } }, ALL.slice(1)],
    ['a name', { resources: { typed: readTypedText('subnet-a') } }, ['unmanaged subnet-a']],
    ['what is ignored', { status: 'ignored' }, []],
  ])('narrows them to %s', async (_, filter, expected) => {
    const page = await list(await known(), filter);
    expect([shown(page), page.total]).toEqual([expected, expected.length]);
  });

  it('lists webhooks that the server has paused, for whoever may see webhooks', async () => {
    const cloud = await known();
    const paused = { id: 3, name: 'chat-ops', state: 'paused', failure: 'It answers 410.' };
    const webhooks = [paused, { ...paused, id: 4, failure: null }, { ...paused, state: 'ok' }];
    const reader: ConstructorParameters<typeof ReadFindings>[0] = {
      read: (work) =>
        cloud.unitOfWork.read((stores) =>
          work({ ...stores, webhooks: { all: async () => webhooks } }),
        ),
    };
    const of = async (seesWebhooks: boolean, filter: Partial<FindingFilter>) =>
      new ReadFindings(reader, DAY, 0, seesWebhooks).list(
        { resources: {}, type: 'webhook_paused', ...filter },
        ...([0, 10, minute(2)] as const),
      );
    const { items, total } = await of(true, {});
    expect([items.map(findingId), total]).toEqual([['webhook_paused:3'], 1]);
    for (const [sees, filter] of [
      [false, {}],
      [true, { status: 'ignored' }],
      [true, { resources: { vrfId: 1 } }],
      [true, { resources: { accountId: 1 } }],
    ] as const)
      expect(await of(sees, filter)).toMatchObject({ items: [], total: 0 });
    const everything = await of(true, { type: undefined });
    expect(everything.total).toBe(5);
  });

  it('calls nothing overdue where no interval is set', async () => {
    const cloud = await known();
    const reads = new ReadFindings(cloud.unitOfWork, 0, 0, true);
    const page = await reads.list({ resources: {} }, 0, 10, minute(2));
    expect(shown(page)).toEqual(ALL.slice(1));
  });
});

describe('ReadStatus', () => {
  const status = (cloud: Estate) =>
    new ReadStatus(
      cloud.unitOfWork,
      { policy: 'observe', interval: DAY, soon: 90 * DAY },
      true,
    ).status(minute(2));

  it('sums up an account: its worst scope, its last run, what was counted', async () => {
    const { accounts, findings } = await status(await known());
    expect(accounts).toMatchObject([
      {
        account: { key: 'aws:111' },
        policy: 'observe',
        job: null,
        coverage: 'partial',
        lastRunAt: minute(1),
        error: null,
        vpcCount: 1,
        subnetCount: 2,
        scopes: [
          { scope: { region: 'eu-central-1' }, vpcCount: 1, subnetCount: 2, unseen: null },
          { scope: { region: 'us-east-1' }, vpcCount: 0, subnetCount: 0 },
        ],
      },
    ]);
    expect(accounts[0]?.unseen).toMatch(/^1 of 2 regions; us-east-1: not seen since /);
    expect([findings.unseen, findings.unmanaged, findings.drift]).toEqual([1, 3, 0]);
  });

  it('tells the error of a scope, and its open job', async () => {
    const cloud = await known();
    const failed = { coverage: 'failed', error: denied, region: 'us-east-1' } as const;
    await cloud.apply(snapshot(1, [], failed));
    const job = await new RequestDiscovery(cloud.unitOfWork).execute(change(1), 1);
    expect((await status(cloud)).accounts).toMatchObject([
      { coverage: 'failed', error: 'us-east-1: AccessDenied no', job: { id: job.id } },
    ]);
  });

  it('leaves out accounts of which no scope is known', async () => {
    const cloud = estate();
    expect((await status(cloud)).accounts).toEqual([]);
  });
});

describe('ReadRegions', () => {
  it('lists the regions of scopes, accounts and pools, or of one account', async () => {
    const cloud = await known();
    await created(cloud, { cidr: '10.9.0.0/16', region: 'fra1' });
    const accounts = new KeepRecords(cloud.unitOfWork, ACCOUNTS);
    const account = await accounts.create(change(), {
      key: 'gcp:shop',
      name: 'shop',
      provider: 'gcp',
      externalId: 'shop',
      platform: null,
      tier: null,
      environment: null,
      regions: ['europe-west3', 'us-east-1'],
      description: '',
      discoveryPolicy: null,
      discoveryInterval: null,
    });
    const regions = new ReadRegions(cloud.unitOfWork);
    expect(await regions.list()).toEqual(['eu-central-1', 'europe-west3', 'fra1', 'us-east-1']);
    expect(await regions.list(account.id)).toEqual(['europe-west3', 'us-east-1']);
    expect(await regions.list(1)).toEqual(['eu-central-1', 'us-east-1']);
  });
});
