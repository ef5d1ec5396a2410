import fc from 'fast-check';
import {
  addressCount,
  contains,
  formatCidr,
  nthSubnet,
  overlaps,
  parseCidr,
  sameCidr,
  type AddressRange,
} from '@cloudpam/cidr';
import {
  formatSpan,
  KeepAddresses,
  KeepRanges,
  KeepRecords,
  PoolError,
  TreeCheck,
  VRFS,
  type AddressRecord,
  type Pool,
  type PoolKind,
  type RangeRecord,
} from '@cloudpam/pools';
import { allAudit, allPools, change, planning, type Planning } from '@cloudpam/pools/testing';
import { address, apply, planOf, pool, range, source, vrf } from './importing.fixture';
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

const addressText = fc.nat({ max: 255 }).map((n) => `10.0.0.${n}`);
const leafVrf = fc
  .constantFrom(...VRF_NAMES)
  .map((name) => (name === 'global' ? null : { name, rd: null }));
const leafName = fc
  .option(fc.constantFrom('a', 'b'), { nil: null })
  .map((name) => (name === null ? {} : { name }));
const leaf: fc.Arbitrary<ImportRow['item']> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({ text: addressText, vrf: leafVrf, set: leafName, isOfRange: fc.boolean() })
      .map(({ text, ...fields }) => address(text, fields)),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        from: fc.nat({ max: 255 }),
        more: fc.nat({ max: 40 }),
        vrf: leafVrf,
        set: leafName,
        purpose: fc.constantFrom('dhcp' as const, 'reserved' as const, 'excluded' as const),
        countsAsUsed: fc.boolean(),
      })
      .map(({ from, more, vrf: name, set, ...others }) =>
        range(`10.0.0.${from}-10.0.0.${Math.min(255, from + more)}`, {
          vrf: name,
          set: { ...set, ...others },
        }),
      ),
  },
);

/** A VPC and the subnet that fills it, also where something else has been planned there. */
const pair = cidrs.map((cidr) => [
  pool(cidr, { set: { kind: 'subnet' } }),
  pool(cidr, { set: { kind: 'vpc' } }),
]);
const rows = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: row.map((each) => [each]) },
      { weight: 6, arbitrary: leaf.map((each) => [each]) },
      { weight: 1, arbitrary: pair },
    ),
    { maxLength: 16 },
  )
  .map((each) => each.flat());

const scenes = fc.record({
  pools: fc.array(stored, { maxLength: 8 }),
  kept: fc.array(leaf, { maxLength: 6 }),
});

type Place = Pick<Pool, 'id' | 'vrfId' | 'cidr' | 'kind'>;

interface Leaves {
  readonly addresses: readonly AddressRecord[];
  readonly ranges: readonly RangeRecord[];
}

/** Every address and range, in address order. */
function allLeaves({ unitOfWork }: Planning): Promise<Leaves> {
  return unitOfWork.read(async ({ addresses, ranges }) => ({
    addresses: (await addresses.list({}, { size: 1_000 })).items,
    ranges: (await ranges.list({}, { size: 1_000 })).items,
  }));
}

/** What is there, with ids that do not matter. */
async function state(storage: Planning): Promise<unknown> {
  return [await allPools(storage), await allLeaves(storage), (await allAudit(storage)).length];
}

/** What is wrong with leaves beside pools, by a look at each pair. */
function leafFaults(pools: readonly Pool[], { addresses, ranges }: Leaves): string[] {
  const holderOf = (vrfId: number, span: AddressRange): number | null =>
    pools
      .filter((pool) => pool.vrfId === vrfId && contains(pool.cidr, span))
      .sort(
        (a, b) =>
          b.cidr.prefixLength - a.cidr.prefixLength ||
          Number(b.kind === 'subnet') - Number(a.kind === 'subnet'),
      )[0]?.id ?? null;
  return [
    ...addresses.flatMap(({ cidr, vrfId, poolId, rangeId }) => {
      const around = ranges.find((each) => each.vrfId === vrfId && contains(each.span, cidr));
      return [
        ...(holderOf(vrfId, cidr) === poolId ? [] : [`${formatCidr(cidr)} has another pool`]),
        ...((around?.id ?? null) === rangeId ? [] : [`${formatCidr(cidr)} has another range`]),
      ];
    }),
    ...ranges.flatMap(({ id, span, vrfId, poolId }) => [
      ...(holderOf(vrfId, span) === poolId ? [] : [`${formatSpan(span)} has another pool`]),
      ...pools
        .filter((pool) => pool.vrfId === vrfId && overlaps(pool.cidr, span))
        .filter(({ cidr }) => !contains(cidr, span))
        .map(({ cidr }) => `${formatSpan(span)} is cut by ${formatCidr(cidr)}`),
      ...ranges
        .filter((other) => other.id !== id && other.vrfId === vrfId && overlaps(other.span, span))
        .map((other) => `${formatSpan(span)} shares addresses with ${formatSpan(other.span)}`),
    ]),
  ];
}

/** What leaves add to what is used of a pool: ranges that count as a whole, and addresses that are not in one. */
function usedByLeaves(poolId: number, { addresses, ranges }: Leaves): bigint {
  const counting = ranges.filter((range) => range.countsAsUsed);
  return (
    counting
      .filter((range) => range.poolId === poolId)
      .reduce((sum, { span }) => sum + addressCount(span), 0n) +
    BigInt(
      addresses.filter(
        (each) => each.poolId === poolId && !counting.some(({ id }) => id === each.rangeId),
      ).length,
    )
  );
}

/** What rows of leaves that were done have not left as they say. */
function leafRowFaults(
  items: readonly ImportRow['item'][],
  done: readonly PlannedRow[],
  { addresses, ranges }: Leaves,
): string[] {
  return done.flatMap(({ line, action, id, entity }) => {
    const item = items[line - 2];
    if (!item || !('entity' in item) || item.entity !== entity) return [];
    if (item.entity !== 'address' && item.entity !== 'range') return [];
    if (action === 'error' || action === 'skip') return [];
    const records: readonly (AddressRecord | RangeRecord)[] =
      item.entity === 'address' ? addresses : ranges;
    const record = records.find((each) => each.id === id);
    if (!record) return [`row ${line} is not there`];
    const { vrf: named, set } = item;
    const isThere =
      item.entity === 'address'
        ? 'cidr' in record && sameCidr(record.cidr, item.cidr)
        : 'span' in record && formatSpan(record.span) === formatSpan(item.span);
    const isSet = Object.entries(set).every(
      ([field, value]) => Reflect.get(record, field) === value,
    );
    const isInVrf = named === null ? record.vrfId === 1 : record.vrfId !== 1;
    return isThere && isSet && isInVrf ? [] : [`row ${line} is another one`];
  });
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

function treeFaults(pools: readonly Pool[], leaves: Leaves): string[] {
  const check = new TreeCheck();
  const inOrder = pools.toSorted(
    (a, b) =>
      a.vrfId - b.vrfId ||
      Number(a.cidr.first - b.cidr.first) ||
      a.cidr.prefixLength - b.cidr.prefixLength ||
      Number(a.kind === 'subnet') - Number(b.kind === 'subnet'),
  );
  return [
    ...inOrder.flatMap((each) => check.next({ ...each, leaves: usedByLeaves(each.id, leaves) })),
    ...check.end(),
  ];
}

async function filled(
  pools: readonly Stored[],
  leaves: readonly ImportRow['item'][],
): Promise<Planning> {
  const storage = planning();
  await new KeepRecords(storage.unitOfWork, VRFS).create(change(), {
    name: 'lab',
    rd: null,
    reachabilityDomain: null,
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
  const keep = {
    addresses: new KeepAddresses(storage.unitOfWork),
    ranges: new KeepRanges(storage.unitOfWork),
  };
  for (const item of leaves) {
    if (!('vrf' in item) || item.entity === 'pool') continue;
    const vrfId = item.vrf === null ? 1 : 2;
    const done =
      item.entity === 'address'
        ? keep.addresses.create(change(), vrfId, item.cidr, item.set)
        : inPoolAround(storage, vrfId, item.span).then((id) =>
            id === undefined
              ? undefined
              : keep.ranges.create(change(), id, { ...item.set, span: item.span }),
          );
    await done.catch((error: unknown) => {
      if (!(error instanceof PoolError)) throw error;
    });
  }
  return storage;
}

async function inPoolAround(
  { unitOfWork }: Planning,
  vrfId: number,
  span: AddressRange,
): Promise<number | undefined> {
  return unitOfWork.read(
    async ({ pools }) => (await pools.smallestContaining(vrfId, [span]))[0]?.id,
  );
}

describe('an import of random rows over random pools', () => {
  it('gives the tree that its plan tells, which leaves nothing to do', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, rows, async ({ pools, kept }, items) => {
        const storage = await filled(pools, kept);
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
        const leaves = await allLeaves(storage);
        expect(treeFaults(after, leaves)).toEqual([]);
        expect(leafFaults(after, leaves)).toEqual([]);
        expect(leafRowFaults(items, done.rows, leaves)).toEqual([]);
        expect(placedNaively(after)).toEqual(
          after
            .map(({ id, parentId, childUsed, vrfId, cidr, kind }) => ({
              id,
              place: `${vrfId} ${formatCidr(cidr)} ${kind}`,
              parentId,
              childUsed: childUsed - usedByLeaves(id, leaves),
            }))
            .sort((a, b) => a.id - b.id),
        );
        expect(placedNaively(expected(before, items, done.rows, after))).toEqual(
          placedNaively(after),
        );

        // What lies where a pool goes to another VRF waits for the next import.
        if (plan.rows.some(({ detail }) => detail?.startsWith('This import moves')))
          await apply(storage, given, { mode: 'partial' }, 2);
        const left = await state(storage);
        const again = await apply(storage, given, { mode: 'partial' }, 3);
        expect(
          again.rows.filter(({ action }) => action === 'create' || action === 'update'),
        ).toEqual([]);
        expect(await state(storage)).toEqual(left);
      }),
      { numRuns: CASES },
    );
  });
});
