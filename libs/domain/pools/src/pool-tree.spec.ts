import * as fc from 'fast-check';
import {
  addressCount,
  contains,
  formatCidr,
  nthSubnet,
  parseCidr,
  sameCidr,
  type Cidr,
} from '@cloudpam/cidr';
import { GLOBAL_VRF_ID, PoolError, type Pool, type PoolKind } from './index';
import { allPools, change, planning, type Planning } from './testing';

const SPACE = parseCidr('10.0.0.0/24');
const KINDS = ['container', 'vpc', 'subnet', 'reservation'] as const satisfies readonly PoolKind[];

/** A pool of the naive model: a place and nothing derived. */
interface Place {
  readonly cidr: Cidr;
  readonly kind: PoolKind;
  readonly vrfId: number;
}

type Command =
  | {
      readonly do: 'create';
      readonly cidr: Cidr;
      readonly kind: PoolKind;
      readonly second: boolean;
    }
  | { readonly do: 'batch'; readonly cidrs: readonly Cidr[]; readonly kind: PoolKind }
  | {
      readonly do: 'allocate';
      readonly at: number;
      readonly longer: number;
      readonly count: number;
    }
  | { readonly do: 'delete'; readonly at: number; readonly cascade: boolean }
  | { readonly do: 'resize'; readonly at: number; readonly cidr: Cidr }
  | { readonly do: 'kind'; readonly at: number; readonly kind: PoolKind }
  | { readonly do: 'move'; readonly at: number }
  | { readonly do: 'split'; readonly at: number; readonly longer: number }
  | { readonly do: 'merge'; readonly at: number };

const cidr = fc
  .integer({ min: 24, max: 28 })
  .chain((length) =>
    fc.nat({ max: 2 ** (length - 24) - 1 }).map((index) => nthSubnet(SPACE, length, BigInt(index))),
  );
const kind = fc.constantFrom(...KINDS);
const at = fc.nat({ max: 30 });
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('create' as const), cidr, kind, second: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('batch' as const),
      cidrs: fc.array(cidr, { minLength: 2, maxLength: 5 }),
      kind,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('allocate' as const),
      at,
      longer: fc.integer({ min: 1, max: 3 }),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('delete' as const), at, cascade: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resize' as const), at, cidr }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kind' as const), at, kind }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), at }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('split' as const),
      at,
      longer: fc.integer({ min: 1, max: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), at }) },
);

function isAbove(outer: Place, inner: Place): boolean {
  if (outer === inner || outer.vrfId !== inner.vrfId || !contains(outer.cidr, inner.cidr))
    return false;
  return !sameCidr(outer.cidr, inner.cidr) || (outer.kind === 'vpc' && inner.kind === 'subnet');
}

function parentOf<P extends Place>(place: P, all: readonly P[]): P | undefined {
  const above = all.filter((each) => isAbove(each, place));
  return above.find((each) => !above.some((other) => isAbove(each, other)));
}

/** Only a VPC and one subnet that fills it may have one CIDR. */
function equalsAreLegal(all: readonly Place[]): boolean {
  return all.every((a) =>
    all.every(
      (b) =>
        a === b ||
        a.vrfId !== b.vrfId ||
        !sameCidr(a.cidr, b.cidr) ||
        isAbove(a, b) ||
        isAbove(b, a),
    ),
  );
}

function mayChange(pool: Pool, wanted: Place, all: readonly Pool[]): boolean {
  const others = all.filter((each) => each !== pool);
  const children = others.filter((each) => each.parentId === pool.id);
  const ancestors = others.filter((each) => isAbove(each, pool));
  return (
    equalsAreLegal([...others, wanted]) &&
    children.every((each) => isAbove(wanted, each)) &&
    (wanted.vrfId !== pool.vrfId || ancestors.every((each) => !isAbove(wanted, each)))
  );
}

/**
 * Runs a command; gives the places that must be there after it when it is done, undefined when it
 * must be refused.
 */
async function run(
  plan: Planning,
  second: number,
  each: Command,
  all: readonly Pool[],
): Promise<{ done: boolean; expected: readonly Place[] | undefined }> {
  const attempt = async (work: Promise<unknown>): Promise<boolean> =>
    work.then(
      () => true,
      (error: unknown) => {
        if (error instanceof PoolError) return false;
        throw error;
      },
    );
  if (each.do === 'create' || each.do === 'batch') {
    const vrfId = each.do === 'create' && each.second ? second : GLOBAL_VRF_ID;
    const cidrs = each.do === 'create' ? [each.cidr] : each.cidrs;
    const places = cidrs.map((one): Place => ({ cidr: one, kind: each.kind, vrfId }));
    const expected = [...all, ...places];
    const done = await attempt(
      plan.create.execute(
        change(),
        places.map((place) => ({ ...place, name: formatCidr(place.cidr) })),
      ),
    );
    return { done, expected: equalsAreLegal(expected) ? expected : undefined };
  }
  const pool = all[each.at % all.length];
  if (!pool) return { done: false, expected: undefined };
  const others = all.filter((one) => one !== pool);
  const children = all.filter((one) => one.parentId === pool.id);
  const replaced = async (wanted: Place, work: Promise<unknown>) => ({
    done: await attempt(work),
    expected: mayChange(pool, wanted, all) ? [...others, wanted] : undefined,
  });
  switch (each.do) {
    case 'resize':
      return replaced(
        { cidr: each.cidr, kind: pool.kind, vrfId: pool.vrfId },
        plan.update.execute(change(), pool.id, { cidr: each.cidr }),
      );
    case 'kind':
      return replaced(
        { cidr: pool.cidr, kind: each.kind, vrfId: pool.vrfId },
        plan.update.execute(change(), pool.id, { kind: each.kind }),
      );
    case 'move': {
      const vrfId = pool.vrfId === second ? GLOBAL_VRF_ID : second;
      return replaced(
        { cidr: pool.cidr, kind: pool.kind, vrfId },
        plan.update.execute(change(), pool.id, { vrfId }),
      );
    }
    case 'delete': {
      const gone = new Set(each.cascade ? all.filter((one) => isAbove(pool, one)) : []);
      const done = await attempt(plan.remove.execute(change(), pool.id, { cascade: each.cascade }));
      return { done, expected: others.filter((one) => !gone.has(one)) };
    }
    case 'split': {
      const length = pool.cidr.prefixLength + each.longer;
      const pieces = Array.from({ length: 2 ** each.longer }, (_, index): Place => ({
        cidr: length > 32 ? pool.cidr : nthSubnet(pool.cidr, length, BigInt(index)),
        kind: pool.kind,
        vrfId: pool.vrfId,
      }));
      const possible = length <= 32 && children.every((child) => child.cidr.prefixLength > length);
      return {
        done: await attempt(plan.split.execute(change(), pool.id, length)),
        expected: possible ? [...others, ...pieces] : undefined,
      };
    }
    case 'merge': {
      const twin = all.find(
        (one) =>
          one !== pool &&
          one.parentId === pool.parentId &&
          one.vrfId === pool.vrfId &&
          one.cidr.first === pool.cidr.last + 1n,
      );
      const [a, b] = [pool, twin ?? pool];
      const merged = {
        ...a,
        cidr: { ...a.cidr, last: b.cidr.last, prefixLength: a.cidr.prefixLength - 1 },
      };
      const aligned =
        twin &&
        a.cidr.prefixLength === b.cidr.prefixLength &&
        a.cidr.first % (addressCount(a.cidr) * 2n) === 0n;
      const expected = [...others.filter((one) => one !== twin), merged];
      return {
        done: await attempt(plan.merge.execute(change(), [a.id, b.id])),
        expected: aligned && equalsAreLegal(expected) ? expected : undefined,
      };
    }
    case 'allocate': {
      const prefixLength = Math.min(pool.cidr.prefixLength + each.longer, 32);
      const candidates =
        prefixLength === pool.cidr.prefixLength
          ? []
          : Array.from({ length: 2 ** (prefixLength - pool.cidr.prefixLength) }, (_, index) =>
              nthSubnet(pool.cidr, prefixLength, BigInt(index)),
            );
      const free = candidates.filter(
        (one) => !children.some((child) => contains(child.cidr, one) || contains(one, child.cidr)),
      );
      const done = await attempt(
        plan.allocate.execute(change(), {
          from: { poolId: pool.id },
          prefixLength,
          count: each.count,
          name: 'allocated',
        }),
      );
      return {
        done,
        expected:
          free.length < each.count
            ? undefined
            : [
                ...all,
                ...free
                  .slice(0, each.count)
                  .map((one): Place => ({ cidr: one, kind: 'subnet', vrfId: pool.vrfId })),
              ],
      };
    }
  }
}

function textOf(places: readonly Place[]): string[] {
  return places.map((each) => `${each.vrfId} ${formatCidr(each.cidr)} ${each.kind}`).sort();
}

function checkTree(all: readonly Pool[]): void {
  expect(equalsAreLegal(all)).toBe(true);
  expect(all.map((each) => [each.id, each.parentId])).toEqual(
    all.map((each) => [each.id, parentOf(each, all)?.id ?? null]),
  );
  const covered = (pool: Pool): bigint =>
    all
      .filter((each) => each.parentId === pool.id)
      .reduce((sum, each) => sum + addressCount(each.cidr), 0n);
  expect(all.map((each) => [each.id, each.childUsed])).toEqual(
    all.map((each) => [each.id, covered(each)]),
  );
}

describe('the pool tree', () => {
  it('is after any writes what a naive model says, and unchanged by what is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 40 }), async (commands) => {
        const plan = planning();
        const second = await plan.unitOfWork.run(({ vrfs }) =>
          vrfs.insert({
            name: 'lab',
            rd: null,
            reachabilityDomain: null,
            description: '',
            createdAt: change().at,
            updatedAt: change().at,
            version: 1,
          }),
        );
        for (const each of commands) {
          const before = await allPools(plan);
          const { done, expected } = await run(plan, second.id, each, before);
          const after = await allPools(plan);
          expect({ command: each.do, done }).toEqual({
            command: each.do,
            done: expected !== undefined,
          });
          if (expected) expect(textOf(after)).toEqual(textOf(expected));
          else expect(after).toEqual(before);
          checkTree(after);
        }
      }),
      { numRuns: 80 },
    );
  });
});
