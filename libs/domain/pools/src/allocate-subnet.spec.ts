import { formatCidr } from '@cloudpam/cidr';
import { PoolError, type Pool } from './index';
import {
  allAudit,
  allPools,
  change,
  created,
  createdOne,
  first,
  planning,
  refusal,
} from './testing';

function cidrs(pools: readonly Pool[]): string[] {
  return pools.map((pool) => formatCidr(pool.cidr));
}

describe('AllocateSubnet', () => {
  it('follows the worked example: /21 and /28, then no /21 but a /22', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '192.168.0.0/20');
    const take = (prefixLength: number) =>
      plan.allocate.execute(change(), { from: { poolId: id }, prefixLength, name: 'net' });
    expect(cidrs(await take(21))).toEqual(['192.168.0.0/21']);
    expect(cidrs(await take(28))).toEqual(['192.168.8.0/28']);
    expect(
      (
        await plan.unitOfWork.read(({ pools }) =>
          pools.freeBlocks(id, { order: 'address', limit: 10 }),
        )
      ).map(formatCidr),
    ).toEqual([
      '192.168.8.16/28',
      '192.168.8.32/27',
      '192.168.8.64/26',
      '192.168.8.128/25',
      '192.168.9.0/24',
      '192.168.10.0/23',
      '192.168.12.0/22',
    ]);
    const error = await refusal(take(21), 'pool_exhausted');
    expect(error.details.largestFree && formatCidr(error.details.largestFree)).toBe(
      '192.168.12.0/22',
    );
    expect(error.message).toContain(
      'has no free /21; the largest free block is /22 (192.168.12.0/22)',
    );
    expect(cidrs(await take(22))).toEqual(['192.168.12.0/22']);
  });

  it.each([
    ['first_fit', ['10.0.0.64/28', '10.0.0.80/28']],
    ['best_fit', ['10.0.0.240/28', '10.0.0.192/28']],
    ['last_fit', ['10.0.0.240/28', '10.0.0.208/28']],
  ] as const)('takes blocks by %s', async (strategy, expected) => {
    const plan = planning();
    const [root] = await created(plan, '10.0.0.0/24', '10.0.0.0/26', '10.0.0.224/28');
    const taken = await plan.allocate.execute(change(), {
      from: { poolId: root?.id ?? 0 },
      prefixLength: 28,
      count: 2,
      name: 'net',
      strategy,
    });
    expect(cidrs(taken)).toEqual(expected);
    expect(taken.map((pool) => pool.name)).toEqual(['net-1', 'net-2']);
  });

  it('takes all of the blocks asked for or none', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '10.0.0.0/24');
    const ask = (count: number) =>
      plan.allocate.execute(change(), {
        from: { poolId: id },
        prefixLength: 26,
        count,
        name: 'net',
      });
    const error = await refusal(ask(5), 'pool_exhausted');
    expect(error.message).toContain('has no room for 5 blocks of /26');
    expect(await allPools(plan)).toHaveLength(1);
    expect(cidrs(await ask(4))).toEqual([
      '10.0.0.0/26',
      '10.0.0.64/26',
      '10.0.0.128/26',
      '10.0.0.192/26',
    ]);
    expect((await refusal(ask(1), 'pool_exhausted')).message).toContain('nothing in it is free');
  });

  it(
    'takes from the first pool of a selector that has room, and tells the largest free ' +
      'block of all when none has',
    async () => {
      const plan = planning();
      const tags = { env: 'prod' };
      await created(
        plan,
        { cidr: '10.0.0.0/25', tags },
        { cidr: '10.1.0.0/24', tags },
        { cidr: '10.2.0.0/16', tags: { env: 'dev' } },
        { cidr: '2001:db8::/32', tags },
      );
      const ask = (prefixLength: number, count = 1) =>
        plan.allocate.execute(change(), {
          from: { selector: { tags, family: 4 } },
          prefixLength,
          count,
          name: 'net',
        });
      expect(cidrs(await ask(26, 3))).toEqual(['10.1.0.0/26', '10.1.0.64/26', '10.1.0.128/26']);
      expect(cidrs(await ask(26))).toEqual(['10.0.0.0/26']);
      const error = await refusal(ask(26, 9), 'pool_exhausted');
      expect(error.message).toContain('None of the 2 matching pools has room for 9 blocks of /26');
      expect(error.details.largestFree && formatCidr(error.details.largestFree)).toBe(
        '10.0.0.64/26',
      );
      expect((await refusal(ask(25), 'pool_exhausted')).message).toContain(
        'has no free /25; the largest free block is /26',
      );
      await refusal(ask(24), 'no_matching_pool');
      await refusal(
        plan.allocate.execute(change(), { from: { selector: {} }, prefixLength: 26, name: 'net' }),
        'invalid_field',
      );
    },
  );

  it('refuses the whole pool, a wider block, an impossible length and a count beyond the limit', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '10.0.0.0/24');
    for (const prefixLength of [24, 23, 33]) {
      await refusal(
        plan.allocate.execute(change(), { from: { poolId: id }, prefixLength, name: 'net' }),
        'invalid_prefix_length',
      );
    }
    await refusal(
      plan.allocate.execute(change(), {
        from: { poolId: id },
        prefixLength: 28,
        name: 'net',
        count: 1_001,
      }),
      'invalid_field',
    );
    await refusal(
      plan.allocate.execute(change(), { from: { poolId: 99 }, prefixLength: 28, name: 'net' }),
      'pool_not_found',
    );
  });

  it('gives callers at the same time distinct blocks until the pool is full', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '10.0.0.0/26');
    const ends = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) =>
        plan.allocate.execute(change(at), {
          from: { poolId: id },
          prefixLength: 30,
          name: `net ${at}`,
        }),
      ),
    );
    const taken = ends.flatMap((end) => (end.status === 'fulfilled' ? cidrs(end.value) : []));
    expect(new Set(taken).size).toBe(16);
    expect(
      ends.filter(
        (end) =>
          end.status === 'rejected' &&
          end.reason instanceof PoolError &&
          end.reason.code === 'pool_exhausted',
      ),
    ).toHaveLength(4);
  });

  it('writes one audit entry for each block, with the pool that it made', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '10.0.0.0/24');
    const [pool] = await plan.allocate.execute(change(1), {
      from: { poolId: id },
      prefixLength: 28,
      name: 'net',
    });
    const entry = first(await allAudit(plan));
    expect(entry).toMatchObject({
      type: 'pool.allocate',
      entityId: String(pool?.id),
      requestId: 'request-1',
      diff: { before: null, after: { cidr: '10.0.0.0/28', parent_id: id } },
    });
  });
});
