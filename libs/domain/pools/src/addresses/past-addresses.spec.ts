import { parseCidr } from '@cloudpam/cidr';
import {
  InvalidCursor,
  KeepAddresses,
  KeepRecords,
  MoveTree,
  ReadPastAddresses,
  VRFS,
  type PastAddressList,
} from '../index';
import { change, created, first, planning, START } from '../testing';

const minute = (n: number): Date => new Date(START + n * 60_000);
const noPause = (): Promise<void> => Promise.resolve();
const ALL = { size: 50 };

describe('ReadPastAddresses', () => {
  /** Records that come, change, go and are moved, minute after minute. */
  const estate = async () => {
    const plan = planning();
    const lab = await new KeepRecords(plan.unitOfWork, VRFS).create(change(), {
      name: 'lab',
      rd: null,
      description: '',
      reachabilityDomain: null,
    });
    const pool = first(await created(plan, '10.0.0.0/24'));
    const keep = new KeepAddresses(plan.unitOfWork);
    const record = (minutes: number, address: string, fields: object = {}, vrfId = 1) =>
      keep.create(change(minutes), vrfId, parseCidr(`${address}/32`), fields);
    await record(1, '10.0.0.9', { name: 'nine', accountId: null });
    const ten = await record(2, '10.0.0.10', { name: 'ten', tags: { app: 'shop' } });
    await record(2, '10.1.0.1', { name: 'elsewhere' });
    await keep.update(change(3), ten.id, { name: 'renamed' });
    await keep.delete(change(4), ten.id);
    await new MoveTree(plan.unitOfWork).execute(change(5), pool.id, {
      cidr: parseCidr('10.9.0.0/24'),
      vrfId: lab.id,
    });
    const at = (
      minutes: number,
      place = { vrfId: 1, cidr: parseCidr('10.0.0.0/24') },
      page: Parameters<ReadPastAddresses['within']>[2] = ALL,
    ): Promise<PastAddressList> =>
      new ReadPastAddresses(plan.unitOfWork, undefined).within(
        place,
        minute(minutes),
        page,
        noPause,
      );
    return { plan, lab, at };
  };
  const named = ({ items }: PastAddressList): string[] =>
    items.map(({ facts }) => `${facts.address} ${facts.name}`);

  it('tells the records of each moment, by what they were then', async () => {
    const { at } = await estate();
    const seen: string[][] = [];
    for (let minutes = 0; minutes <= 5; minutes++) seen.push(named(await at(minutes)));
    expect(seen).toEqual([
      [],
      ['10.0.0.9 nine'],
      ['10.0.0.9 nine', '10.0.0.10 ten'],
      ['10.0.0.9 nine', '10.0.0.10 renamed'],
      ['10.0.0.9 nine'],
      [],
    ]);
    expect((await at(3)).items[1]).toMatchObject({
      createdAt: minute(2),
      updatedAt: minute(3),
      facts: { tags: { app: 'shop' }, status: 'active' },
    });
  });

  it('tells in full what was moved there from another VRF and CIDR', async () => {
    const { at, lab } = await estate();
    const there = { vrfId: lab.id, cidr: parseCidr('10.9.0.0/24') };
    expect(named(await at(4, there))).toEqual([]);
    expect(named(await at(5, there))).toEqual(['10.9.0.9 nine']);
  });

  it('goes page by page, and refuses the place of another list', async () => {
    const { at } = await estate();
    const place = { vrfId: 1, cidr: parseCidr('10.0.0.0/24') };
    const one = await at(2, place, { size: 1 });
    expect([named(one), one.total]).toEqual([['10.0.0.9 nine'], 2]);
    const two = await at(2, place, { size: 1, after: one.nextCursor ?? undefined });
    expect([named(two), two.nextCursor]).toEqual([['10.0.0.10 ten'], null]);
    expect(named(await at(2, place, { size: 1, skip: 1 }))).toEqual(named(two));
    await expect(at(2, place, { size: 1, after: '999' })).rejects.toBeInstanceOf(InvalidCursor);
  });

  it('tells those of an access scope alone', async () => {
    const { plan } = await estate();
    const place = { vrfId: 1, cidr: parseCidr('10.0.0.0/24') };
    const inScope = (cidr: string) => ({
      accountIds: null,
      under: [{ vrfId: 1, cidr: parseCidr(cidr), kind: 'container' }],
    });
    const list = (cidr: string) =>
      new ReadPastAddresses(plan.unitOfWork, inScope(cidr)).within(place, minute(2), ALL, noPause);
    expect(named(await list('10.0.0.8/31'))).toEqual(['10.0.0.9 nine']);
  });
});
