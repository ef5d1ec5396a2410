import { formatCidr } from '@cloudpam/cidr';
import { IsolateNetwork } from './index';
import { estate, seen, snapshot, VPC, type Estate } from './estate.fixture';
import { allPools, change, createdOne, refusal } from '@cloudpam/pools/testing';

const OTHER = [
  seen({ externalId: 'vpc-2', cidr: '10.0.0.0/16', ownerAccount: '222' }),
  seen({ externalId: 'vpc-2', cidr: '10.9.0.0/16', ownerAccount: '222' }),
  seen({
    externalId: 'subnet-z',
    cidr: '10.0.7.0/24',
    ownerAccount: '222',
    networkExternalId: 'vpc-2',
  }),
  seen({
    externalId: 'subnet-y',
    cidr: '10.9.7.0/24',
    ownerAccount: '222',
    networkExternalId: 'vpc-2',
  }),
];
const isolate = (
  cloud: Estate,
  minutes: number,
  id: number,
  into?: { vrfId?: number; vrfName?: string },
  dryRun = false,
) => new IsolateNetwork(cloud.unitOfWork, 'auto').execute(change(minutes, { dryRun }), id, into);
const places = async (cloud: Estate): Promise<string[]> =>
  (await allPools(cloud)).map(
    (pool) => `${formatCidr(pool.cidr)} in VRF ${pool.vrfId}, ${pool.childUsed} used`,
  );

async function twoVpcs(): Promise<{ cloud: Estate; networkId: number }> {
  const cloud = estate();
  await cloud.apply(snapshot(1, VPC));
  await cloud.apply(snapshot(1, OTHER, { account: '222' }));
  return { cloud, networkId: (await cloud.resource('vpc-2')).networkId };
}

describe('a network that overlaps another', () => {
  it('gets a VRF of its own, takes its pools along with what was planned in them, and overlaps no more', async () => {
    const { cloud, networkId } = await twoVpcs();
    await createdOne(cloud, { cidr: '10.9.7.16/28', kind: 'reservation' });
    expect((await cloud.findings()).map(({ type }) => type)).toEqual(['overlap']);
    const isolation = await isolate(cloud, 2, networkId);
    expect(isolation).toMatchObject({ moved: 3, imported: 2, conflicts: 0, network: { vrfId: 2 } });
    expect(await cloud.findings()).toEqual([]);
    expect((await places(cloud)).sort()).toEqual([
      '10.0.0.0/16 in VRF 1, 512 used',
      '10.0.0.0/16 in VRF 2, 256 used',
      '10.0.1.0/24 in VRF 1, 0 used',
      '10.0.2.0/24 in VRF 1, 0 used',
      '10.0.7.0/24 in VRF 2, 0 used',
      '10.9.0.0/16 in VRF 2, 256 used',
      '10.9.7.0/24 in VRF 2, 16 used',
      '10.9.7.16/28 in VRF 2, 0 used',
    ]);
    expect((await cloud.unitOfWork.read(({ vrfs }) => vrfs.get(2)))?.name).toBe('aws:222 vpc-2');
  });

  it('stays there with the next snapshots, which change nothing', async () => {
    const { cloud, networkId } = await twoVpcs();
    await isolate(cloud, 2, networkId, { vrfName: 'lab' });
    const pools = await places(cloud);
    expect(await cloud.apply(snapshot(3, OTHER, { account: '222' }))).toEqual({
      imported: 0,
      updated: 0,
      orphaned: 0,
      unchanged: 4,
      conflicts: 0,
    });
    expect(await places(cloud)).toEqual(pools);
  });

  it('is not brought back while its space is taken there', async () => {
    const { cloud, networkId } = await twoVpcs();
    await isolate(cloud, 2, networkId);
    await refusal(isolate(cloud, 3, networkId, { vrfId: 1 }), 'pool_overlap');
    expect((await places(cloud)).filter((place) => place.includes('VRF 2'))).toHaveLength(4);
  });

  it('is left as it is by a dry run, which gives the same answer', async () => {
    const { cloud, networkId } = await twoVpcs();
    const [pools, resources] = [await places(cloud), await cloud.resources()];
    const dry = await isolate(cloud, 2, networkId, {}, true);
    expect([await places(cloud), await cloud.resources()]).toEqual([pools, resources]);
    expect(await isolate(cloud, 2, networkId)).toMatchObject({
      moved: dry.moved,
      imported: dry.imported,
      conflicts: dry.conflicts,
    });
  });

  it('needs a VRF that is there, or a name that is free', async () => {
    const { cloud, networkId } = await twoVpcs();
    await refusal(isolate(cloud, 2, networkId, { vrfId: 99 }), 'vrf_not_found');
    await refusal(isolate(cloud, 2, networkId, { vrfName: 'global' }), 'name_taken');
    await expect(isolate(cloud, 2, 999)).rejects.toMatchObject({ code: 'network_not_found' });
  });
});
