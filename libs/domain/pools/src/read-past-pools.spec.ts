import { formatCidr, parseCidr } from '@cloudpam/cidr';
import {
  InvalidCursor,
  pastTreeAt,
  ReadPastPools,
  readTypedText,
  type PastPoolList,
  type PoolFilter,
} from './index';
import { change, created, planning, START } from './testing';

const noPause = (): Promise<void> => Promise.resolve();

describe('ReadPastPools', () => {
  const cidrs = ({ items }: PastPoolList): string[] => items.map(({ cidr }) => formatCidr(cidr));
  /** Three pools, of which the last one was deleted a minute later. */
  const estate = async () => {
    const plan = planning();
    const pools = await created(
      plan,
      { cidr: '10.0.0.0/8', name: 'corp' },
      { cidr: '10.1.0.0/16', name: 'berlin', kind: 'vpc', tags: { env: 'prod' }, region: 'fra1' },
      { cidr: '10.1.1.0/24', name: 'office', kind: 'subnet', tags: { 'a:b': 'c' } },
    );
    await plan.remove.execute(change(1), pools.at(-1)?.id ?? 0);
    const tree = await pastTreeAt(plan.unitOfWork, new Date(START));
    return { plan, pools, tree, reads: new ReadPastPools(tree, undefined, noPause) };
  };

  it('lists the pools of then, whatever became of them', async () => {
    const { plan, reads } = await estate();
    const all = await reads.list({}, 10);
    expect([cidrs(all), all.total, all.nextCursor]).toEqual([
      ['10.0.0.0/8', '10.1.0.0/16', '10.1.1.0/24'],
      3,
      null,
    ]);
    const later = await pastTreeAt(plan.unitOfWork, new Date(START + 60_000));
    expect(cidrs(await new ReadPastPools(later, undefined, noPause).list({}, 10))).toEqual([
      '10.0.0.0/8',
      '10.1.0.0/16',
    ]);
  });

  it.each<[string, PoolFilter, string[]]>([
    ['kind', { kind: 'vpc' }, ['10.1.0.0/16']],
    ['region', { region: 'fra1' }, ['10.1.0.0/16']],
    ['roots', { parentId: null }, ['10.0.0.0/8']],
    ['VRF', { vrfId: 2 }, []],
    ['tag', { tags: [[{ key: 'env', value: 'prod' }]] }, ['10.1.0.0/16']],
    [
      'each reading of a tag',
      {
        tags: [
          [
            { key: 'a', value: 'b:c' },
            { key: 'a:b', value: 'c' },
          ],
        ],
      },
      ['10.1.1.0/24'],
    ],
    ['what contains', { contains: parseCidr('10.1.0.0/16') }, ['10.0.0.0/8', '10.1.0.0/16']],
    ['what lies within', { within: parseCidr('10.1.0.0/16') }, ['10.1.0.0/16', '10.1.1.0/24']],
    ['name', { name: 'office' }, ['10.1.1.0/24']],
    ['part of a name', { name: 'off' }, []],
    ['what is typed', { typed: readTypedText('OFF') }, ['10.1.1.0/24']],
  ])('narrows them by %s', async (_, filter, expected) => {
    const { reads } = await estate();
    const found = await reads.list(filter, 10);
    expect([cidrs(found), found.total]).toEqual([expected, expected.length]);
  });

  it('goes on after the pool that a page ended with, and takes no other cursor', async () => {
    const { reads } = await estate();
    const first = await reads.list({}, 2);
    expect([cidrs(first), first.total]).toEqual([['10.0.0.0/8', '10.1.0.0/16'], 3]);
    expect(cidrs(await reads.list({}, 2, first.nextCursor ?? ''))).toEqual(['10.1.1.0/24']);
    await expect(reads.list({}, 2, '4711')).rejects.toThrow(InvalidCursor);
    const ofAnother = reads.list({ kind: 'subnet' }, 2, first.nextCursor ?? '');
    await expect(ofAnother).rejects.toThrow(InvalidCursor);
  });

  it('shows of an access scope what lies in it, and nothing of the pool around it', async () => {
    const { tree } = await estate();
    const under = [{ vrfId: 1, cidr: parseCidr('10.1.0.0/16'), kind: 'vpc' }];
    const reads = new ReadPastPools(tree, { accountIds: null, under }, noPause);
    const found = await reads.list({}, 10);
    expect([cidrs(found), found.total, found.items[0]?.parentId]).toEqual([
      ['10.1.0.0/16', '10.1.1.0/24'],
      2,
      null,
    ]);
    expect(cidrs(await reads.list({ parentId: null }, 10))).toEqual(['10.1.0.0/16']);
  });
});
