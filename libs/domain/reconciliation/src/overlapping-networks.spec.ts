import { formatCidr } from '@cloudpam/cidr';
import { estate, seen, snapshot, type Estate } from './estate.fixture';
import { allAudit, allPools, change, createdOne } from '@cloudpam/pools/testing';

const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1'];
const ACCOUNTS = ['111', '222', '333'];

/** The default VPC of an account in a region, as AWS makes it. */
function defaultVpc(minutes: number, account: string, region: string) {
  const id = `${account}-${region}`;
  const of = { ownerAccount: account, region, networkExternalId: `vpc-${id}` };
  return snapshot(
    minutes,
    [
      seen({ ...of, externalId: `vpc-${id}`, cidr: '172.31.0.0/16' }),
      ...[0, 16, 32].map((third) =>
        seen({ ...of, externalId: `subnet-${id}-${third}`, cidr: `172.31.${third}.0/20` }),
      ),
    ],
    { account, region },
  );
}

async function openOverlaps(cloud: Estate): Promise<string[]> {
  return (await cloud.findings())
    .filter(({ type, status }) => type === 'overlap' && status === 'open')
    .map(({ resource }) => resource.externalId);
}

describe('default VPCs, which all have one CIDR', () => {
  it('are one managed VPC and one finding for each of the others, which explains its subnets', async () => {
    const cloud = estate();
    const results = [];
    for (const account of ACCOUNTS)
      for (const region of REGIONS) results.push(await cloud.apply(defaultVpc(1, account, region)));
    expect(results.map(({ imported, conflicts }) => [imported, conflicts])).toEqual([
      [4, 0],
      ...Array.from({ length: 8 }, () => [0, 4]),
    ]);
    const resources = await cloud.resources();
    expect(resources).toHaveLength(36);
    expect(await allPools(cloud)).toHaveLength(4);
    expect(resources.filter((each) => each.management === 'managed')).toHaveLength(4);
    expect((await openOverlaps(cloud)).every((id) => id.startsWith('vpc-'))).toBe(true);
    expect(await openOverlaps(cloud)).toHaveLength(8);
    expect(await cloud.unitOfWork.read(({ discovery }) => discovery.findingCounts())).toEqual({
      overlap: 8,
      conflict: 0,
      drift: 0,
      orphan: 0,
      unmanaged: 0,
      compliance: 0,
    });
  });

  it('stay as they are when seen again, without audit entries', async () => {
    const cloud = estate();
    for (const minutes of [1, 2])
      for (const region of REGIONS) await cloud.apply(defaultVpc(minutes, '111', region));
    const [resources, audit] = [await cloud.resources(), await allAudit(cloud)];
    for (const region of REGIONS)
      expect(await cloud.apply(defaultVpc(3, '111', region))).toMatchObject({
        imported: 0,
        updated: 0,
        unchanged: 4,
      });
    expect(await cloud.resources()).toEqual(
      resources.map((each) => ({ ...each, lastSeenAt: snapshot(3, []).collectedAt })),
    );
    expect(await allAudit(cloud)).toEqual(audit);
  });

  it('take over the pools of the first one as soon as it is gone', async () => {
    const cloud = estate();
    await cloud.apply(defaultVpc(1, '111', 'eu-central-1'));
    await cloud.apply(defaultVpc(1, '222', 'eu-central-1'));
    const { id } = await cloud.pool('172.31.0.0/16');
    expect(await cloud.apply(snapshot(2, []))).toMatchObject({
      imported: 4,
      orphaned: 0,
      conflicts: 0,
    });
    expect(await cloud.apply(defaultVpc(3, '222', 'eu-central-1'))).toEqual({
      imported: 0,
      updated: 0,
      orphaned: 0,
      unchanged: 4,
      conflicts: 0,
    });
    expect(await cloud.pool('172.31.0.0/16')).toMatchObject({ id, syncStatus: 'synced' });
    expect(await cloud.findings()).toEqual([]);
    expect((await cloud.pool('172.31.0.0/16')).externalId).toBe('vpc-222-eu-central-1');
  });

  it('take no space of their own, and what is allocated avoids all of them', async () => {
    const cloud = estate();
    const { id } = await createdOne(cloud, '172.16.0.0/12');
    await cloud.apply(
      snapshot(1, [
        seen({ externalId: 'subnet-x', networkExternalId: 'vpc-x', cidr: '172.16.0.0/24' }),
      ]),
    );
    const wide = seen({ externalId: 'vpc-wide', cidr: '172.16.0.0/13', ownerAccount: '222' });
    expect(await cloud.apply(snapshot(1, [wide], { account: '222' }))).toMatchObject({
      imported: 0,
      conflicts: 1,
    });
    const [taken] = await cloud.allocate.execute(change(2), {
      from: { poolId: id },
      prefixLength: 24,
      name: 'net',
    });
    expect(taken && formatCidr(taken.cidr)).toBe('172.24.0.0/24');
    expect((await allPools(cloud)).map((pool) => formatCidr(pool.cidr))).not.toContain(
      '172.16.0.0/13',
    );
  });
});

describe('GCP networks in auto mode', () => {
  it('overlap subnet by subnet, as there is no VPC to explain them', async () => {
    const cloud = estate();
    const of = (network: string) =>
      ['10.128.0.0/20', '10.132.0.0/20'].map((cidr, at) =>
        seen({
          externalId: `https://gcp/${network}/${at}`,
          networkExternalId: `https://gcp/networks/${network}`,
          ownerAccount: 'p',
          region: `region-${at}`,
          cidr,
        }),
      );
    const result = await cloud.apply(
      snapshot(1, [...of('default'), ...of('other')], {
        provider: 'gcp',
        account: 'p',
        region: 'global',
      }),
    );
    expect(result).toMatchObject({ imported: 2, conflicts: 2 });
    expect((await openOverlaps(cloud)).sort()).toEqual([
      'https://gcp/other/0',
      'https://gcp/other/1',
    ]);
  });
});
