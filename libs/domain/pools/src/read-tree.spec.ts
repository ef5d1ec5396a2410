import { formatCidr } from '@cloudpam/cidr';
import { InvalidCursor, ReadTree, type TreeNode, type TreePage, type TreePlace } from './index';
import { change, created, planning } from './testing';

const noPause = (): Promise<void> => Promise.resolve();
const flat = ({ pool, children }: TreeNode): string[] => [
  formatCidr(pool.cidr),
  ...children.flatMap(flat),
];

describe('ReadTree', () => {
  /** A root whose children are alone, have children, or have some that reach a level further. */
  const estate = async () => {
    const plan = planning();
    const pools = await created(
      plan,
      '10.0.0.0/8',
      ...[0, 1, 2, 3].map((n) => `10.${n}.0.0/16`),
      ...[0, 1, 2, 3, 4].map((n) => `10.1.${n}.0/24`),
      ...[0, 1, 2].map((n) => `10.3.${n}.0/24`),
      ...[0, 16, 32, 48].map((n) => `10.3.1.${n}/28`),
      '10.3.1.32/30',
    );
    const ids = new Map(pools.map((pool) => [formatCidr(pool.cidr), pool.id]));
    const root = ids.get('10.0.0.0/8') ?? 0;
    const reads = new ReadTree(plan.unitOfWork, noPause);
    const page = (
      depth: number,
      size: number,
      from: readonly TreePlace[] = [],
    ): Promise<TreePage> => reads.below(root, { depth, size, from });
    /** The pools of all pages in the order in which they are first shown. */
    const walked = async (depth: number, size: number): Promise<string[]> => {
      const shown = new Set<string>();
      for (let from: readonly TreePlace[] = []; ;) {
        const { tree, rest } = await page(depth, size, from);
        const before = shown.size;
        for (const cidr of flat(tree)) shown.add(cidr);
        expect(shown.size - before).toBeLessThanOrEqual(size + (from.length === 0 ? 1 : 0));
        if (rest.length === 0) return [...shown];
        from = rest;
      }
    };
    return { plan, ids, root, reads, page, walked };
  };

  it('is the same in pages of any size, each of which is a tree', async () => {
    const { walked } = await estate();
    const whole = await walked(5, 1_000);
    expect([whole.length, whole[0]]).toEqual([18, '10.0.0.0/8']);
    for (const size of [1, 2, 3, 4, 5, 7, 16, 17])
      expect([size, await walked(5, size)]).toEqual([size, whole]);
    expect(await walked(1, 3)).toHaveLength(5);
    expect(await walked(2, 3)).toHaveLength(13);
  });

  it('tells how many children each pool has, shown or not', async () => {
    const { page } = await estate();
    const { children } = (await page(1, 10)).tree;
    expect(children.map((each) => [each.childCount, each.children.length])).toEqual([
      [0, 0],
      [5, 0],
      [0, 0],
      [3, 0],
    ]);
  });

  it('goes on when the pool in which a page ended is gone', async () => {
    const { plan, ids, page } = await estate();
    const { rest } = await page(5, 14);
    await plan.remove.execute(change(1), ids.get('10.3.1.0/24') ?? 0, { cascade: true });
    const next = await page(5, 14, rest);
    expect([flat(next.tree).at(-1), next.rest]).toEqual(['10.3.2.0/24', []]);
  });

  it('takes no places of another tree, and knows no tree below what is not there', async () => {
    const { root, reads, page } = await estate();
    const place = { id: root, after: '' };
    await expect(page(5, 10, [{ ...place, id: 4711 }])).rejects.toThrow(InvalidCursor);
    await expect(page(1, 10, [place, place])).rejects.toThrow(InvalidCursor);
    const below = reads.below(4711, { depth: 1, size: 10, from: [] });
    await expect(below).rejects.toMatchObject({ code: 'pool_not_found' });
  });

  it('ends in the middle when nobody waits any more', async () => {
    const { plan, root } = await estate();
    let pauses = 0;
    const reads = new ReadTree(plan.unitOfWork, () => {
      pauses += 1;
      return pauses === 3 ? Promise.reject(new Error('gone')) : Promise.resolve();
    });
    await expect(reads.below(root, { depth: 5, size: 100, from: [] })).rejects.toThrow('gone');
    expect(pauses).toBe(3);
  });
});
