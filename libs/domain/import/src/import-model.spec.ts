import fc from 'fast-check';
import { addressCount, contains, formatCidr, nthSubnet, parseCidr, sameCidr } from '@cloudpam/cidr';
import { TreeCheck, VRFS, KeepRecords, type Pool, type PoolKind } from '@cloudpam/pools';
import { allAudit, allPools, change, planning, type Planning } from '@cloudpam/pools/testing';
import { apply, planOf, pool, source, vrf } from './importing.fixture';
import type { ImportPlan, ImportRow, PlannedRow } from './index';

const CASES = Number(process.env['IMPORT_MODEL_CASES'] ?? 300);
const SPACE = parseCidr('10.0.0.0/24');
const KINDS = ['container', 'vpc', 'subnet', 'reservation'] as const satisfies readonly PoolKind[];
/** `lab` is there, `new` is made by rows that name it. */
const VRF_NAMES = ['global', 'lab', 'new'];

const cidrs = fc
  .integer({ min: 24, max: 28 })
  .chain((length) =>
    fc
      .nat({ max: 2 ** (length - 24) - 1 })
      .map((at) => formatCidr(nthSubnet(SPACE, length, BigInt(at)))),
  );
const sourceIds = fc.option(fc.integer({ min: 1, max: 6 }), { nil: null });
const stored = fc.record({
  cidr: cidrs,
  kind: fc.constantFrom(...KINDS),
  vrfId: fc.constantFrom(1, 2),
  sourceId: sourceIds,
});
type Stored = typeof stored extends fc.Arbitrary<infer T> ? T : never;
const row: fc.Arbitrary<ImportRow['item']> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .record({
        cidr: fc.oneof(
          { weight: 30, arbitrary: cidrs },
          { weight: 1, arbitrary: fc.constant('127.0.0.0/24') },
        ),
        vrf: fc.constantFrom(...VRF_NAMES),
        kind: fc.option(fc.constantFrom(...KINDS), { nil: null }),
        name: fc.option(fc.constantFrom('a', 'b'), { nil: null }),
        sourceId: sourceIds,
      })
      .map(({ cidr, vrf: name, kind, name: called, sourceId }) =>
        pool(cidr, {
          vrf: name === 'global' ? null : { name, rd: null },
          set: { ...(kind && { kind }), ...(called !== null && { name: called }) },
          sourceId: sourceId === null ? null : { system: 'netbox', id: String(sourceId) },
        }),
      ),
  },
  { weight: 1, arbitrary: fc.constantFrom(vrf('new'), vrf('lab', '65000:1')) },
);

/** A VPC and the subnet that fills it, also where something else has been planned there. */
const pair = cidrs.map((cidr) => [
  pool(cidr, { set: { kind: 'subnet' } }),
  pool(cidr, { set: { kind: 'vpc' } }),
]);
const rows = fc
  .array(
    fc.oneof({ weight: 12, arbitrary: row.map((each) => [each]) }, { weight: 1, arbitrary: pair }),
    {
      maxLength: 12,
    },
  )
  .map((each) => each.flat());

type Place = Pick<Pool, 'id' | 'vrfId' | 'cidr' | 'kind'>;

/** What is there, with ids that do not matter. */
async function state(storage: Planning): Promise<unknown> {
  return [await allPools(storage), (await allAudit(storage)).length];
}

/** The rows of a plan, but for the ids of what is made. */
function shown({ rows }: ImportPlan): unknown[] {
  return rows.map(({ id, ...row }) => (row.action === 'create' ? row : { ...row, id }));
}

/** The same pools with the parents, and the sums of their children, that a look at each pair gives. */
function placedNaively(places: readonly Place[]): unknown[] {
  const depth = ({ cidr, kind }: Place): number =>
    cidr.prefixLength * 2 + Number(kind === 'subnet');
  const parentOf = (place: Place): Place | undefined =>
    places
      .filter(
        (other) =>
          other.id !== place.id &&
          other.vrfId === place.vrfId &&
          contains(other.cidr, place.cidr) &&
          (!sameCidr(other.cidr, place.cidr) || depth(other) < depth(place)),
      )
      .sort((a, b) => depth(b) - depth(a))[0];
  const parents = new Map(places.map((place) => [place.id, parentOf(place)?.id ?? null]));
  return places
    .map((place) => ({
      id: place.id,
      place: `${place.vrfId} ${formatCidr(place.cidr)} ${place.kind}`,
      parentId: parents.get(place.id) ?? null,
      childUsed: places
        .filter(({ id }) => parents.get(id) === place.id)
        .reduce((sum, { cidr }) => sum + addressCount(cidr), 0n),
    }))
    .sort((a, b) => a.id - b.id);
}

/** Where each pool is when what was told of the rows is done one by one, in any order. */
function expected(
  before: readonly Pool[],
  items: readonly ImportRow['item'][],
  done: readonly PlannedRow[],
  after: readonly Pool[],
): Place[] {
  const places = new Map<number, Place>(before.map((each) => [each.id, each]));
  const kinds = new Map(after.map(({ id, kind }) => [id, kind]));
  const vrfIds = new Map(after.map(({ id, vrfId }) => [id, vrfId]));
  for (const { line, action, id, entity } of done) {
    const item = items[line - 2];
    if (!item || !('entity' in item) || item.entity !== 'pool' || entity !== 'pool') continue;
    if ((action !== 'create' && action !== 'update') || id === null) continue;
    const kind = item.set.kind ?? places.get(id)?.kind ?? kinds.get(id) ?? 'container';
    const vrfId = item.vrf === null ? 1 : item.vrf.name === 'lab' ? 2 : (vrfIds.get(id) ?? 0);
    if (action === 'create' && places.has(id)) throw new Error(`pool ${id} was made twice`);
    places.set(id, { id, vrfId, cidr: item.cidr, kind });
  }
  return [...places.values()];
}

function treeFaults(pools: readonly Pool[]): string[] {
  const check = new TreeCheck();
  const inOrder = pools.toSorted(
    (a, b) =>
      a.vrfId - b.vrfId ||
      Number(a.cidr.first - b.cidr.first) ||
      a.cidr.prefixLength - b.cidr.prefixLength ||
      Number(a.kind === 'subnet') - Number(b.kind === 'subnet'),
  );
  return [...inOrder.flatMap((each) => check.next({ ...each, leaves: 0n })), ...check.end()];
}

async function filled(pools: readonly Stored[]): Promise<Planning> {
  const storage = planning();
  await new KeepRecords(storage.unitOfWork, VRFS).create(change(), {
    name: 'lab',
    rd: null,
    description: '',
  });
  const asked = pools.map(({ cidr, kind, vrfId, sourceId }) => ({
    name: cidr,
    cidr: parseCidr(cidr),
    kind,
    vrfId,
    ...(sourceId === null ? {} : { tags: { 'netbox:id': String(sourceId) } }),
  }));
  await storage.create.execute(change(), asked, 'partial');
  return storage;
}

describe('an import of random rows over random pools', () => {
  it('gives the tree that its plan tells, which leaves nothing to do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stored, { maxLength: 8 }), rows, async (pools, items) => {
        const storage = await filled(pools);
        const given = source(...items);
        const before = await allPools(storage);
        const untouched = await state(storage);
        const plan = await planOf(storage, given);
        expect(await state(storage)).toEqual(untouched);
        if (plan.rows.some(({ action }) => action === 'error')) {
          await expect(apply(storage, given)).rejects.toMatchObject({
            code: 'import_has_errors',
          });
          expect(await state(storage)).toEqual(untouched);
        }

        const done = await apply(storage, given, { mode: 'partial', plan: plan.hash });
        expect(shown(done)).toEqual(shown(plan));
        const after = await allPools(storage);
        expect(treeFaults(after)).toEqual([]);
        expect(placedNaively(after)).toEqual(
          after
            .map(({ id, parentId, childUsed, vrfId, cidr, kind }) => ({
              id,
              place: `${vrfId} ${formatCidr(cidr)} ${kind}`,
              parentId,
              childUsed,
            }))
            .sort((a, b) => a.id - b.id),
        );
        expect(placedNaively(expected(before, items, done.rows, after))).toEqual(
          placedNaively(after),
        );

        const left = await state(storage);
        const again = await apply(storage, given, { mode: 'partial' }, 2);
        expect(
          again.rows.filter(({ action }) => action === 'create' || action === 'update'),
        ).toEqual([]);
        expect(await state(storage)).toEqual(left);
      }),
      { numRuns: CASES },
    );
  });
});
