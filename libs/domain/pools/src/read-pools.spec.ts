import { formatCidr, parseCidr } from '@cloudpam/cidr';
import { InvalidCursor, ReadHistory, ReadPools, type CountedPools, type PoolPage } from './index';
import { change, created, planning } from './testing';

const BY_CIDR: PoolPage = { sort: [{ field: 'cidr', descending: false }], size: 10 };

describe('ReadPools', () => {
  const shown = ({ items }: CountedPools): [string, number][] =>
    items.map(({ pool, childCount }) => [formatCidr(pool.cidr), childCount]);
  const estate = async () => {
    const plan = planning();
    const pools = await created(plan, '10.0.0.0/8', '10.1.0.0/16', '10.1.1.0/24', '10.1.2.0/24');
    const [root = 0, site = 0, net = 0] = pools.map((pool) => pool.id);
    return { plan, root, site, net, reads: new ReadPools(plan.unitOfWork) };
  };

  it('tells of each pool how many direct children it has', async () => {
    const { reads, root, site } = await estate();
    expect(await reads.get(site)).toMatchObject({ pool: { id: site }, childCount: 2 });
    expect(shown(await reads.list({}, BY_CIDR))).toEqual([
      ['10.0.0.0/8', 1],
      ['10.1.0.0/16', 2],
      ['10.1.1.0/24', 0],
      ['10.1.2.0/24', 0],
    ]);
    expect(shown(await reads.children(root, BY_CIDR))).toEqual([['10.1.0.0/16', 2]]);
  });

  it('goes on where a page ended, and takes no other cursor', async () => {
    const { reads, site } = await estate();
    const first = await reads.children(site, { ...BY_CIDR, size: 1 });
    expect([shown(first), first.total]).toEqual([[['10.1.1.0/24', 0]], 2]);
    const rest = await reads.children(site, { ...BY_CIDR, size: 1, after: first.nextCursor ?? '' });
    expect([shown(rest), rest.nextCursor]).toEqual([[['10.1.2.0/24', 0]], null]);
    await expect(reads.list({}, { ...BY_CIDR, after: 'x' })).rejects.toThrow(InvalidCursor);
  });

  it('lists the pools around one, the root first', async () => {
    const { reads, net } = await estate();
    expect((await reads.ancestors(net)).map(({ cidr }) => formatCidr(cidr))).toEqual([
      '10.0.0.0/8',
      '10.1.0.0/16',
    ]);
  });

  it('pages through free space, and tells the largest block with every page', async () => {
    const plan = planning();
    const [root] = await created(plan, '192.168.0.0/20', '192.168.0.0/21', '192.168.8.0/28');
    const id = root?.id ?? 0;
    const reads = new ReadPools(plan.unitOfWork);
    const found: string[] = [];
    for (let after: bigint | undefined; ;) {
      const { blocks, total, largest, next } = await reads.free(id, 3, {
        ...(after !== undefined && { after }),
      });
      expect([largest, total]).toEqual([parseCidr('192.168.12.0/22'), 7]);
      found.push(...blocks.map(formatCidr));
      if (next === null) break;
      after = next;
    }
    expect(found).toEqual([
      '192.168.8.16/28',
      '192.168.8.32/27',
      '192.168.8.64/26',
      '192.168.8.128/25',
      '192.168.9.0/24',
      '192.168.10.0/23',
      '192.168.12.0/22',
    ]);
  });

  it('says that a full pool has nothing free', async () => {
    const plan = planning();
    const [root] = await created(plan, '10.0.0.0/24', '10.0.0.0/25', '10.0.0.128/25');
    expect(await new ReadPools(plan.unitOfWork).free(root?.id ?? 0, 5)).toEqual({
      blocks: [],
      total: 0,
      largest: null,
      next: null,
    });
  });

  it('knows whether pools are still there', async () => {
    const { plan, reads, root, net } = await estate();
    expect(await reads.has([root, net])).toBe(true);
    await plan.remove.execute(change(1), net);
    expect(await reads.has([root, net])).toBe(false);
    expect(await reads.has([])).toBe(true);
  });

  it('finds no pool where there is none, whatever is asked of it', async () => {
    const { reads } = await estate();
    const asked = [
      reads.get(4711),
      reads.children(4711, BY_CIDR),
      reads.ancestors(4711),
      reads.free(4711, 1),
      reads.blocks(4711, { prefixLength: 24, status: 'all', size: 1 }, {}),
    ];
    for (const each of asked) await expect(each).rejects.toMatchObject({ code: 'pool_not_found' });
  });
});

describe('ReadHistory', () => {
  it('tells of a pool after it was deleted, and of none that never was', async () => {
    const plan = planning();
    const [pool] = await created(plan, '10.0.0.0/8');
    const id = pool?.id ?? 0;
    await plan.remove.execute(change(1), id);
    const history = new ReadHistory(plan.unitOfWork);
    const { events, total } = await history.of(id, { size: 5 });
    expect([total, events.map(({ entry, state }) => [entry.type, state?.facts['cidr']])]).toEqual([
      2,
      [
        ['pool.delete', undefined],
        ['pool.create', '10.0.0.0/8'],
      ],
    ]);
    await expect(history.of(4711, { size: 5 })).rejects.toMatchObject({ code: 'pool_not_found' });
  });
});
