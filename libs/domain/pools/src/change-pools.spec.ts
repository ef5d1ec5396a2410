import { formatCidr, parseCidr } from '@cloudpam/cidr';
import {
  allAudit,
  allPools,
  change,
  created,
  createdOne,
  first,
  newPool,
  planning,
  refusal,
  type Planning,
} from './testing';

async function parents(plan: Planning): Promise<Record<string, string | null>> {
  const pools = await allPools(plan);
  const named = new Map(pools.map((pool) => [pool.id, pool.name]));
  return Object.fromEntries(
    pools.map((pool) => [
      pool.name,
      pool.parentId === null ? null : (named.get(pool.parentId) ?? '?'),
    ]),
  );
}

describe('CreatePools', () => {
  it('refuses a parent that is not the smallest pool around, and names that pool', async () => {
    const plan = planning();
    const [wide, tight] = await created(plan, '10.0.0.0/8', '10.0.0.0/16');
    const ask = (parentId: number | null) =>
      plan.create.execute(change(), [{ ...newPool('10.0.1.0/24'), parentId }]);
    expect((await refusal(ask(wide?.id ?? 0), 'parent_mismatch')).message).toContain(
      'lies in 10.0.0.0/16',
    );
    await refusal(ask(null), 'parent_mismatch');
    await refusal(ask(999), 'pool_not_found');
    await ask(tight?.id ?? 0);
  });

  it('refuses a parent between which and the pool another one of the request comes', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '10.0.0.0/8');
    const asked = [newPool('10.0.0.0/16'), { ...newPool('10.0.1.0/24'), parentId: id }];
    expect(
      (await refusal(plan.create.execute(change(), asked), 'parent_mismatch')).details.index,
    ).toBe(1);
    const [done, refused] = await plan.create.execute(change(), asked, 'partial');
    expect([done && 'pool' in done, refused && 'error' in refused]).toEqual([true, true]);
  });

  it('creates in mode partial what it can, and tells the reason for each of the others', async () => {
    const plan = planning();
    await created(plan, '10.0.0.0/16');
    const asked = [
      newPool('10.0.0.0/16'),
      newPool('10.0.1.0/24'),
      newPool('127.0.0.0/8'),
      newPool('10.0.1.0/24'),
      { ...newPool('10.1.0.0/16'), vrfId: 9 },
    ];
    const results = await plan.create.execute(change(), asked, 'partial');
    expect(
      results.map((each) =>
        'error' in each ? [each.error.code, each.error.details.index] : formatCidr(each.pool.cidr),
      ),
    ).toEqual([
      ['pool_overlap', 0],
      '10.0.1.0/24',
      ['refused_range', 2],
      ['pool_overlap', 3],
      ['vrf_not_found', 4],
    ]);
  });

  it('creates in mode atomic nothing when one pool cannot be', async () => {
    const plan = planning();
    const error = await refusal(
      plan.create.execute(change(), [newPool('10.0.0.0/16'), newPool('10.0.0.0/16')]),
      'pool_overlap',
    );
    expect(error.details.index).toBe(1);
    expect([await allPools(plan), await allAudit(plan)]).toEqual([[], []]);
  });

  it('refuses a VPC with the CIDR of a container, and puts one above the subnet that fills it', async () => {
    const plan = planning();
    await created(plan, '10.0.0.0/16', { cidr: '10.1.0.0/16', kind: 'subnet', name: 'subnet' });
    await refusal(
      plan.create.execute(change(), [newPool({ cidr: '10.0.0.0/16', kind: 'vpc' })]),
      'pool_overlap',
    );
    await created(plan, { cidr: '10.1.0.0/16', kind: 'vpc', name: 'vpc' });
    expect(await parents(plan)).toMatchObject({ subnet: 'vpc', vpc: null });
  });
});

describe('UpdatePool', () => {
  it('refuses another version than the caller read', async () => {
    const plan = planning();
    const { id, version } = await createdOne(plan, '10.0.0.0/16');
    const renamed = await plan.update.execute(change(1), id, { name: 'a' }, version);
    expect(renamed.version).toBe(version + 1);
    await refusal(plan.update.execute(change(2), id, { name: 'b' }, version), 'version_mismatch');
    await refusal(plan.remove.execute(change(2), id, { expected: version }), 'version_mismatch');
  });

  it('writes neither a version nor an audit entry when nothing changes', async () => {
    const plan = planning();
    const pool = await createdOne(plan, { cidr: '10.0.0.0/16', tags: { a: '1', b: '2' } });
    const entries = (await allAudit(plan)).length;
    const same = await plan.update.execute(change(1), pool.id, {
      name: pool.name,
      cidr: parseCidr('10.0.0.0/16'),
      tags: { b: '2', a: '1' },
    });
    expect([same.version, (await allAudit(plan)).length]).toEqual([1, entries]);
  });

  it('refuses a CIDR that leaves children out or holds the pool around it, naming them', async () => {
    const plan = planning();
    const [, middle, child] = await created(plan, '10.0.0.0/16', '10.0.0.0/20', '10.0.8.0/24');
    const resize = (cidr: string) =>
      plan.update.execute(change(1), middle?.id ?? 0, { cidr: parseCidr(cidr) });
    expect(
      (await refusal(resize('10.0.0.0/21'), 'would_orphan_children')).details.conflicts?.map(
        (each) => each.id,
      ),
    ).toEqual([child?.id]);
    expect((await refusal(resize('10.0.0.0/15'), 'pool_overlap')).message).toContain('10.0.0.0/16');
    await refusal(resize('10.0.0.0/16'), 'pool_overlap');
    await resize('10.0.0.0/17');
  });

  it('refuses a kind that may not share the CIDR of the parent', async () => {
    const plan = planning();
    const [vpc, subnet] = await created(
      plan,
      { cidr: '10.0.0.0/16', kind: 'vpc' },
      { cidr: '10.0.0.0/16', kind: 'subnet' },
    );
    await refusal(
      plan.update.execute(change(1), vpc?.id ?? 0, { kind: 'container' }),
      'pool_overlap',
    );
    await refusal(
      plan.update.execute(change(1), subnet?.id ?? 0, { kind: 'reservation' }),
      'pool_overlap',
    );
  });
});

describe('DeletePool', () => {
  it('hands the children to the parent', async () => {
    const plan = planning();
    const [root, middle] = await created(
      plan,
      { cidr: '10.0.0.0/8', name: 'root' },
      { cidr: '10.0.0.0/16', name: 'middle' },
      { cidr: '10.0.1.0/24', name: 'leaf' },
    );
    const { deleted, reparented } = await plan.remove.execute(change(1), middle?.id ?? 0);
    expect([
      deleted.map((pool) => pool.name),
      reparented.map((pool) => [pool.name, pool.parentId]),
    ]).toEqual([['middle'], [['leaf', root?.id]]]);
    expect(await parents(plan)).toEqual({ root: null, leaf: 'root' });
    expect(first(await allPools(plan)).childUsed).toBe(256n);
  });

  it('deletes everything below with cascade, with an audit entry for each', async () => {
    const plan = planning();
    const [root] = await created(plan, '10.0.0.0/8', '10.0.0.0/16', '10.0.1.0/24', '10.1.0.0/16');
    const { deleted } = await plan.remove.execute(change(1), root?.id ?? 0, { cascade: true });
    expect(deleted.map((pool) => pool.name)).toEqual([
      '10.0.0.0/8',
      '10.0.0.0/16',
      '10.0.1.0/24',
      '10.1.0.0/16',
    ]);
    expect(await allPools(plan)).toEqual([]);
    expect((await allAudit(plan)).filter((entry) => entry.type === 'pool.delete')).toHaveLength(4);
  });
});

describe('SplitPool and MergePools', () => {
  it('give each piece the children that lie in it, and take them back', async () => {
    const plan = planning();
    const [whole] = await created(
      plan,
      { cidr: '10.0.0.0/16', name: 'whole' },
      { cidr: '10.0.1.0/24', name: 'low' },
      { cidr: '10.0.200.0/24', name: 'high' },
    );
    const pieces = await plan.split.execute(change(1), whole?.id ?? 0, 17);
    expect(await parents(plan)).toMatchObject({
      low: 'whole 10.0.0.0/17',
      high: 'whole 10.0.128.0/17',
    });
    const merged = await plan.merge.execute(
      change(2),
      pieces.map((pool) => pool.id),
      'again',
    );
    expect([formatCidr(merged.cidr), merged.childUsed]).toEqual(['10.0.0.0/16', 512n]);
    expect(await parents(plan)).toEqual({ again: null, low: 'again', high: 'again' });
  });

  it('refuse to cut a child, and to merge what leaves a gap', async () => {
    const plan = planning();
    const [whole, child, other] = await created(
      plan,
      '10.0.0.0/16',
      '10.0.0.0/18',
      '10.0.128.0/18',
    );
    expect(
      (await refusal(plan.split.execute(change(1), whole?.id ?? 0, 18), 'pool_overlap')).message,
    ).toContain('10.0.0.0/18');
    await refusal(plan.merge.execute(change(1), [child?.id ?? 0, other?.id ?? 0]), 'not_mergeable');
    await refusal(plan.merge.execute(change(1), [child?.id ?? 0]), 'not_mergeable');
  });
});
