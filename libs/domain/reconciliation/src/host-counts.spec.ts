import { ReadPools } from '@cloudpam/pools';
import { estate, seen, snapshot, type Estate } from './estate.fixture';

const VPC = seen({ externalId: 'vpc-1', cidr: '10.0.0.0/16' });
const subnet = (freeHosts?: number) =>
  seen({
    externalId: 'subnet-a',
    cidr: '10.0.1.0/24',
    ...(freeHosts !== undefined && { freeHosts }),
  });

describe('free hosts of subnets', () => {
  let cloud: Estate;
  const entries = () =>
    cloud.unitOfWork.read(async ({ audit }) => (await audit.list({}, 1, 1)).total);
  const hosts = async () => {
    const { id } = await cloud.pool('10.0.1.0/24');
    return (await new ReadPools(cloud.unitOfWork).get(id)).hosts;
  };

  beforeEach(async () => {
    cloud = estate();
    await cloud.apply(snapshot(0, [VPC, subnet(201)]));
  });

  it('are told with the pool, without the five addresses that AWS keeps', async () => {
    expect(await hosts()).toEqual({
      size: 251n,
      used: 50n,
      free: 201n,
      observedAt: snapshot(0, []).collectedAt,
    });
    const { id } = await cloud.pool('10.0.0.0/16');
    expect((await new ReadPools(cloud.unitOfWork).get(id)).hosts).toBeNull();
  });

  it('change without an entry in the log and without another version of pool or resource', async () => {
    const [before, pool] = [await entries(), await cloud.pool('10.0.1.0/24')];
    const result = await cloud.apply(snapshot(5, [VPC, subnet(200)]));
    expect(result).toMatchObject({ updated: 0, unchanged: 2 });
    expect(await hosts()).toMatchObject({ free: 200n, observedAt: snapshot(5, []).collectedAt });
    expect(await entries()).toBe(before);
    expect((await cloud.pool('10.0.1.0/24')).version).toBe(pool.version);
  });

  it('are not known any more when a collector says nothing of them', async () => {
    await cloud.apply(snapshot(5, [VPC, subnet()]));
    expect(await hosts()).toBeNull();
  });

  it('are told no more of a subnet that is gone', async () => {
    await cloud.apply(snapshot(5, [VPC]));
    expect(await hosts()).toBeNull();
  });

  it('stay what they were when nothing could be listed', async () => {
    await cloud.apply(snapshot(5, [], { coverage: 'failed' }));
    expect(await hosts()).toMatchObject({ free: 201n, observedAt: snapshot(0, []).collectedAt });
  });
});
