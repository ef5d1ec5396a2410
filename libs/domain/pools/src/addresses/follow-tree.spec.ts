import { parseCidr, parseRange } from '@cloudpam/cidr';
import { allPools, change, created, planning, refusal, type Planning } from '../testing';
import { KeepAddresses, KeepRanges, KeepRecords, VRFS } from '../index';

/** A pool of another VRF with an address and a range, beside a pool that is to come to lie in it. */
async function scene(): Promise<Planning> {
  const storage = planning();
  const { id: vrfId } = await new KeepRecords(storage.unitOfWork, VRFS).create(change(), {
    name: 'lab',
    rd: null,
    description: '',
    reachabilityDomain: null,
  });
  await created(storage, { cidr: '10.0.0.0/24', vrfId }, '10.0.0.0/25');
  await new KeepAddresses(storage.unitOfWork).create(change(), vrfId, parseCidr('10.0.0.1/32'), {});
  return storage;
}

describe('addresses and ranges of a pool that goes to another VRF', () => {
  it('lie in the pools of that VRF which contain them, and count there', async () => {
    const storage = await scene();
    await storage.update.execute(change(1), 1, { vrfId: 1 });
    const { items } = await storage.unitOfWork.read(({ addresses }) =>
      addresses.list({}, { size: 10 }),
    );
    expect(items.map(({ vrfId, poolId }) => [vrfId, poolId])).toEqual([[1, 2]]);
    expect((await allPools(storage)).map(({ childUsed }) => childUsed)).toEqual([128n, 1n]);
  });

  it('are not cut by a pool that lies there', async () => {
    const storage = await scene();
    const span = parseRange('10.0.0.120-10.0.0.130');
    await new KeepRanges(storage.unitOfWork).create(change(), 1, { span });
    const { message } = await refusal(
      storage.update.execute(change(1), 1, { vrfId: 1 }),
      'range_taken',
    );
    expect(message).toContain('10.0.0.0/25 lies in range 1 (10.0.0.120-10.0.0.130)');
  });
});
