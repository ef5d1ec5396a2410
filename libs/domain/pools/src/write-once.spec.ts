import { AnsweredBefore, diffOf, KeyReused } from '@cloudpam/audit';
import { allAudit, allPools, change, createdOne, once, planning, refusal } from './testing';

describe('a write with an idempotency key', () => {
  const request = (id: number) => ({ from: { poolId: id }, prefixLength: 28, name: 'net' });

  it('answers again what it answered before, and takes nothing more', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '10.0.0.0/24');
    const keyed = change(1, { idempotency: once('key', 'body') });
    const [pool] = await plan.allocate.execute(keyed, request(id));
    const again: unknown = await plan.allocate
      .execute(keyed, request(id))
      .catch((error: unknown) => error);
    expect(again).toBeInstanceOf(AnsweredBefore);
    expect(again instanceof AnsweredBefore && JSON.parse(again.answer)).toMatchObject([
      { id: pool?.id },
    ]);
    expect(await allPools(plan)).toHaveLength(2);
  });

  it('is refused when the key was used for another request, but not for that of another actor', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '10.0.0.0/24');
    await plan.allocate.execute(change(1, { idempotency: once('key', 'body') }), request(id));
    await expect(
      plan.allocate.execute(change(2, { idempotency: once('key', 'other') }), request(id)),
    ).rejects.toThrow(KeyReused);
    const bob = { type: 'user', id: 'bob', name: 'Bob' } as const;
    await plan.allocate.execute(
      change(3, { actor: bob, idempotency: once('key', 'other') }),
      request(id),
    );
    expect(await allPools(plan)).toHaveLength(3);
  });

  it('leaves the key free when it fails or is only tried', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '10.0.0.0/28');
    const keyed = change(1, { idempotency: once('key', 'body') });
    await refusal(
      plan.allocate.execute(keyed, { ...request(id), prefixLength: 27 }),
      'invalid_prefix_length',
    );
    await plan.allocate.execute({ ...keyed, dryRun: true }, { ...request(id), prefixLength: 30 });
    await plan.allocate.execute(keyed, { ...request(id), prefixLength: 30 });
    expect(await allPools(plan)).toHaveLength(2);
  });

  it('is tried anew in a dry run, whatever the key answered before', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '10.0.0.0/24');
    const keyed = change(1, { idempotency: once('key', 'body') });
    const [taken] = await plan.allocate.execute(keyed, request(id));
    const [tried] = await plan.allocate.execute({ ...keyed, dryRun: true }, request(id));
    expect(tried?.cidr.first).toBe((taken?.cidr.last ?? 0n) + 1n);
  });
});

describe('a dry run', () => {
  it('gives the answer of the real run and writes nothing, no audit entry either', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '10.0.0.0/24');
    const before = [await allPools(plan), await allAudit(plan)];
    const dry = change(1, { dryRun: true });
    const tried = await plan.allocate.execute(dry, {
      from: { poolId: id },
      prefixLength: 28,
      count: 2,
      name: 'net',
    });
    await plan.update.execute(dry, id, { name: 'other' });
    await plan.split.execute(dry, id, 25);
    await plan.remove.execute(dry, id);
    expect([await allPools(plan), await allAudit(plan)]).toEqual(before);
    const real = await plan.allocate.execute(change(1), {
      from: { poolId: id },
      prefixLength: 28,
      count: 2,
      name: 'net',
    });
    expect(tried.map((pool) => ({ ...pool, id: 0 }))).toEqual(
      real.map((pool) => ({ ...pool, id: 0 })),
    );
  });

  it('is refused as the real run is', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '10.0.0.0/30');
    await refusal(
      plan.allocate.execute(change(1, { dryRun: true }), {
        from: { poolId: id },
        prefixLength: 30,
        name: 'net',
      }),
      'invalid_prefix_length',
    );
  });
});

describe('diffOf', () => {
  it('has the changed fields only', () => {
    expect(diffOf({ name: 'a', region: null }, { name: 'b', region: null })).toEqual({
      before: { name: 'a' },
      after: { name: 'b' },
    });
  });

  it('sees no change in the order of keys', () => {
    expect(diffOf({ tags: { a: '1', b: '2' } }, { tags: { b: '2', a: '1' } })).toBeUndefined();
    expect(diffOf({ tags: { a: '1' } }, { tags: { a: '1', b: '2' } })).toBeDefined();
  });
});
