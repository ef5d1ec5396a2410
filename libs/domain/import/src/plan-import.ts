import type { Reader } from '@cloudpam/audit';
import { formatCidr } from '@cloudpam/cidr';
import {
  crossedRanges,
  rangeTaken,
  type Pool,
  type PoolStores,
  type RangeStore,
} from '@cloudpam/pools';
import { addTo } from './add-to';
import { FuturePools } from './future-pools';
import { hashOf } from './hash-of';
import type { ImportPlan } from './import-plan';
import type { ImportSource } from './import-row';
import {
  knownRecords,
  recordTargetsOf,
  resolvedRows,
  takeRecords,
  type KnownRecords,
} from './known-records';
import { VlanChoice } from './known-vlans';
import { matchWishes, refusalsOfFacts, type Match } from './match-wishes';
import { doubleProblem, placeWishes, type PlacedWish, type SettledWish } from './place-wishes';
import { changesOf, refusalOfChange, refusalOfMade, type PoolWish } from './pool-wish';
import { planAddresses, type AddressSteps } from './plan-addresses';
import { FutureRanges, planRanges, type RangeSteps } from './plan-ranges';
import { PlannedRows } from './planned-rows';
import { problemOf, RowProblem } from './row-problem';
import { changesShape, ShapeChanges, type PoolChange } from './shape-changes';
/** Rows between two pauses. */
const STRIDE = 200;
/** Pools that ranges in the way are looked for of at once. */
const CROSSED = 400;

/** How an import works beside others. */
export interface ImportRun {
  /** Lets others have their turn; throws when the import is not wanted any more. */
  readonly pause: () => Promise<void>;
  /** Hears how far it is: rows done, of how many. */
  readonly progress?: (stage: 'planning' | 'applying', done: number, of: number) => void;
  /** Makes a digest (SHA-256) of texts. */
  readonly digest: () => { update(text: string): void; hex(): string };
}

/** What is to be written. */
export interface ImportSteps {
  readonly records: KnownRecords;
  /** By VRF, each in address order. */
  readonly made: readonly SettledWish[][];
  /** Those whose CIDR, VRF or kind changes, in the order in which they can. */
  readonly shaped: readonly PoolChange[];
  /** The others. */
  readonly changed: readonly PoolChange[];
  /** Once the pools are written. */
  readonly ranges: RangeSteps;
  /** Once the ranges are written. */
  readonly addresses: AddressSteps;
}

/** What an import of the rows would do; nothing is written. */
export class PlanImport {
  constructor(private readonly reader: Reader<PoolStores>) {}

  execute(source: ImportSource, run: ImportRun): Promise<ImportPlan> {
    return this.reader.read(async (stores) => (await planImport(stores, source, run)).plan);
  }
}

/** Plans an import over what is stored now. */
export async function planImport(
  stores: PoolStores,
  source: ImportSource,
  run: ImportRun,
): Promise<{ plan: ImportPlan; steps: ImportSteps; rows: PlannedRows }> {
  const rows = new PlannedRows(source);
  const records = await knownRecords(stores, source, run.pause);
  await takeRecords(source, rows, records, run.pause);
  const wishes = await resolvedRows(source, rows, records, run.pause);

  const placed = await placedPools(wishes.pools, rows, run.pause);
  const shapes = new ShapeChanges(stores);
  const changed: PoolChange[] = [];
  const fresh = new Map<PoolWish['vrf'], Fresh[]>();
  let judgedRows = 0;
  for await (const matches of matchWishes(stores.pools, placed, run.pause)) {
    for (const match of matches) {
      if (judgedRows++ % STRIDE === 0) {
        run.progress?.('planning', judgedRows, source.rows.length);
        await run.pause();
      }
      const { at, vrf } = match.wish;
      const judged = judge(match);
      if ('refused' in judged) rows.refuse(at, judged.refused, match.stored?.id);
      else if ('made' in judged) addTo(fresh, vrf, { wish: judged.made, equal: match.equal });
      else if (changesShape(judged.change)) shapes.add(judged.change, match.equal);
      else {
        const { stored, changes } = judged.change;
        rows.change(at, stored.id, changes);
        if (changes.length > 0) changed.push(judged.change);
      }
    }
  }
  const { done: shaped, refused } = await shapes.inOrder(run.pause);
  for (const { wish, stored, changes } of shaped) rows.change(wish.at, stored.id, changes);
  for (const [{ wish, stored }, problem] of refused) rows.refuse(wish.at, problem, stored.id);
  const made: SettledWish[][] = [];
  for (const ofVrf of fresh.values()) {
    const free: SettledWish[] = [];
    for (const [at, { wish, equal }] of ofVrf.entries()) {
      if (at % STRIDE === 0) await run.pause();
      const problem = shapes.inTheWay(wish, wish, equal) ?? shapes.carried.crossed(wish);
      if (problem) rows.refuse(wish.at, problem);
      else free.push(wish);
    }
    const untaken = await withoutTaken(stores.pools, rows, free, run.pause);
    const wishesOfVrf = await withoutCrossed(shapes.carried.staying, rows, untaken, run.pause);
    if (wishesOfVrf.length > 0) made.push(wishesOfVrf);
  }
  const pools = new FuturePools(stores.pools, made, shaped, changed);
  const ranges = await planRanges(stores, wishes.ranges, pools, rows, run.pause);
  const futureRanges = new FutureRanges(stores.ranges, ranges);
  const addresses = await planAddresses(
    stores,
    wishes.addresses,
    pools,
    futureRanges,
    rows,
    run.pause,
  );
  const done = [
    ...made,
    [...shaped, ...changed].map(({ wish }) => wish),
    ...[ranges, addresses].map((of) => [...of.made.flat(), ...of.changed.map(({ wish }) => wish)]),
  ];
  await dropUnneeded(records, rows, done, run.pause);
  rows.addRecords(records);
  const planned = await rows.inOrder(run.pause);
  const steps = { records, made, shaped, changed, ranges, addresses };
  const hash = await hashOf(planned, steps, run);
  return { plan: { tables: source.tables, rows: planned, hash }, steps, rows };
}

/** A pool that is made. */
interface Fresh {
  readonly wish: SettledWish;
  /** Stored pools with its CIDR. */
  readonly equal: readonly Pool[];
}

/** The pools of each VRF in their places, without those that stand twice. */
async function placedPools(
  byVrf: readonly (readonly PoolWish[])[],
  rows: PlannedRows,
  pause: () => Promise<void>,
): Promise<readonly (readonly PlacedWish[])[]> {
  const all: (readonly PlacedWish[])[] = [];
  for (const wishesOfVrf of byVrf) {
    const { wishes, doubles } = await placeWishes(wishesOfVrf, pause);
    for (const { wish, of: twin, same } of doubles) {
      if (same) rows.skip(wish.at, 'same_as_another', `${rows.where(twin.at)} tells the same.`);
      else rows.refuse(wish.at, doubleProblem(wish, rows.where(twin.at)));
    }
    all.push(wishes);
  }
  return all;
}

/** The pools that are made, but for those that have what another pool has once. */
async function withoutTaken(
  pools: PoolStores['pools'],
  rows: PlannedRows,
  wishes: readonly SettledWish[],
  pause: () => Promise<void>,
): Promise<SettledWish[]> {
  const problems = await refusalsOfFacts(pools, wishes[0]?.vrf.id ?? null, wishes, pause);
  return wishes.filter((wish) => {
    const problem = problems.get(wish);
    if (problem) rows.refuse(wish.at, problem);
    return !problem;
  });
}

/** The pools that are made, but for those that a range is in the way of which stays there. */
async function withoutCrossed(
  staying: Pick<RangeStore, 'at'>,
  rows: PlannedRows,
  wishes: readonly SettledWish[],
  pause: () => Promise<void>,
): Promise<SettledWish[]> {
  const free: SettledWish[] = [];
  for (let start = 0; start < wishes.length; start += CROSSED) {
    await pause();
    const chunk = wishes.slice(start, start + CROSSED);
    const vrfId = chunk[0]?.vrf.id ?? null;
    const cidrs = chunk.map(({ item }) => item.cidr);
    const crossed =
      vrfId === null ? undefined : await crossedRanges({ ranges: staying }, vrfId, cidrs);
    for (const [at, wish] of chunk.entries()) {
      const range = crossed?.get(at);
      if (range)
        rows.refuse(wish.at, problemOf(rangeTaken(formatCidr(wish.item.cidr), range, 'cidr')));
      else {
        rows.make(wish.at);
        free.push(wish);
      }
    }
  }
  return free;
}

/** What a wish is by itself: a pool that is made, a stored one that changes or stays, or nothing that can be. */
type Judged =
  | { readonly refused: RowProblem }
  | { readonly made: SettledWish }
  | { readonly change: PoolChange };

function judge({ wish: placed, stored, problem: unclear }: Match): Judged {
  const wish = unclear ?? settled(placed, stored);
  if (wish instanceof RowProblem) return { refused: wish };
  if (!stored) {
    const problem = refusalOfMade(wish);
    return problem ? { refused: problem } : { made: wish };
  }
  const changes = changesOf(stored, wish);
  const problem = changes.length === 0 ? undefined : refusalOfChange(stored, wish);
  return problem ? { refused: problem } : { change: { wish, stored, changes } };
}

/** Records that rows only name are made where something that is done has them. */
async function dropUnneeded(
  records: KnownRecords,
  rows: PlannedRows,
  done: readonly (readonly Pick<SettledWish, 'vrf' | 'account'>[])[],
  pause: () => Promise<void>,
): Promise<void> {
  const needed = new Set<unknown>();
  for (const wishes of done) {
    for (const [at, wish] of wishes.entries()) {
      if (at % STRIDE === 0) await pause();
      needed.add(wish.vrf).add(wish.account);
      if ('vlan' in wish) needed.add(wish.vlan);
    }
  }
  for (const { account } of records.vlanGroups.targets.changed) needed.add(account);
  for (const targets of recordTargetsOf(records))
    targets.dropUnneeded((target) => needed.has(target) || rows.describes(target));
}

/** Of several VLANs that a row can mean the one that the pool has. */
function settled(wish: PlacedWish, stored: Pool | undefined): SettledWish | RowProblem {
  const { vlan } = wish;
  if (!(vlan instanceof VlanChoice)) return { ...wish, vlan };
  const own = vlan.among.find(({ id }) => id !== null && id === stored?.vlanId);
  return own ? { ...wish, vlan: own } : vlan.problem;
}
