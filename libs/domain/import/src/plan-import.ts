import type { Reader } from '@cloudpam/audit';
import type { Pool, PoolStores } from '@cloudpam/pools';
import type { ImportPlan } from './import-plan';
import type { ImportSource } from './import-row';
import { hashOf } from './hash-of';
import { KnownAccounts } from './known-accounts';
import { KnownVlans, VlanChoice } from './known-vlans';
import { KnownVrfs } from './known-vrfs';
import { matchWishes, refusalOfMove, refusalsOfFacts } from './match-wishes';
import { doubleProblem, placeWishes, type PlacedWish, type SettledWish } from './place-wishes';
import { changesOf, refusalOfChange, refusalOfMade } from './pool-wish';
import { PlannedRows } from './planned-rows';
import { RowProblem } from './row-problem';
import { everyOne, resolvedPools, takeRecords, type KnownRecords } from './known-records';

/** How an import works beside others. */
export interface ImportRun {
  /** Lets others have their turn; throws when the import is not wanted any more. */
  readonly pause: () => Promise<void>;
  /** Hears how far it is: rows done, of how many. */
  readonly progress?: (stage: 'planning' | 'applying', done: number, of: number) => void;
  /** Makes a digest (SHA-256) of texts. */
  readonly digest: () => { update(text: string): void; hex(): string };
}

/** A stored pool that changes. */
export interface PoolChange {
  readonly wish: SettledWish;
  readonly stored: Pool;
}

/** What is to be written. */
export interface ImportSteps {
  readonly records: KnownRecords;
  /** By VRF, each in address order. */
  readonly made: readonly SettledWish[][];
  readonly changed: readonly PoolChange[];
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
  const records: KnownRecords = {
    vrfs: new KnownVrfs(
      await everyOne(stores.vrfs, run.pause),
      source.rows.flatMap(({ item }) => ('entity' in item && item.entity === 'vrf' ? [item] : [])),
    ),
    accounts: new KnownAccounts(await everyOne(stores.accounts, run.pause)),
    vlans: new KnownVlans(await everyOne(stores.vlans, run.pause)),
  };
  await takeRecords(source, rows, records, run.pause);
  const byVrf = await resolvedPools(source, rows, records, run.pause);

  const made: SettledWish[][] = [];
  const changed: PoolChange[] = [];
  const taken = new Set<number>();
  let done = 0;
  const of = source.rows.length;
  for (const wishes of byVrf) {
    const { wishes: placed, doubles } = await placeWishes(wishes, run.pause);
    for (const { wish, of: twin, same } of doubles) {
      if (same) rows.skip(wish.at, 'same_as_another', `${rows.where(twin.at)} tells the same.`);
      else rows.refuse(wish.at, doubleProblem(wish, rows.where(twin.at)));
    }
    const vrfId = placed[0]?.vrf.id ?? null;
    const matches = await matchWishes(stores.pools, vrfId, placed, taken, run.pause);
    const fresh: SettledWish[] = [];
    for (const [at, placedWish] of placed.entries()) {
      if (done++ % 200 === 0) {
        run.progress?.('planning', done, of);
        await run.pause();
      }
      const stored = matches[at];
      const wish = settled(placedWish, stored);
      if (wish instanceof RowProblem) {
        rows.refuse(placedWish.at, wish, stored?.id);
        continue;
      }
      if (!stored) {
        const problem = refusalOfMade(wish, wish.kind);
        if (problem) rows.refuse(wish.at, problem);
        else fresh.push(wish);
        continue;
      }
      const changes = changesOf(stored, wish);
      const problem =
        changes.length === 0
          ? undefined
          : (refusalOfChange(stored, wish) ??
            (await refusalOfMove(stores.pools, stored, wish.item.cidr, wish.vrf.id)));
      if (problem) rows.refuse(wish.at, problem, stored.id);
      else rows.change(wish.at, stored.id, changes);
      if (!problem && changes.length > 0) changed.push({ wish, stored });
    }
    made.push(await withoutTaken(stores.pools, rows, vrfId, fresh));
  }
  rows.addRecords(records);
  const planned = await rows.inOrder(run.pause);
  const steps = { records, made: made.filter(({ length }) => length > 0), changed };
  const hash = await hashOf(planned, steps, run);
  return { plan: { tables: source.tables, rows: planned, hash }, steps, rows };
}

/** The pools that are made, but for those that have what another pool has once. */
async function withoutTaken(
  pools: PoolStores['pools'],
  rows: PlannedRows,
  vrfId: number | null,
  wishes: readonly SettledWish[],
): Promise<SettledWish[]> {
  const problems = vrfId === null ? undefined : await refusalsOfFacts(pools, vrfId, wishes);
  return wishes.filter((wish) => {
    const problem = problems?.get(wish);
    if (problem) rows.refuse(wish.at, problem);
    else rows.make(wish.at);
    return !problem;
  });
}

/** Of several VLANs that a row can mean the one that the pool has. */
function settled(wish: PlacedWish, stored: Pool | undefined): SettledWish | RowProblem {
  const { vlan } = wish;
  if (!(vlan instanceof VlanChoice)) return { ...wish, vlan };
  const own = vlan.among.find(({ id }) => id !== null && id === stored?.vlanId);
  return own ? { ...wish, vlan: own } : vlan.problem;
}
