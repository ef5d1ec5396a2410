import { write, type Change, type NewAuditEntry } from '@cloudpam/audit';
import { contains } from '@cloudpam/cidr';
import {
  insertIntoTree,
  PoolError,
  poolChanged,
  poolMade,
  resizePool,
  StoredConflict,
  type Pool,
  type PoolStores,
  type PoolUnitOfWork,
  type RecordBase,
} from '@cloudpam/pools';
import { ImportError, wrongPlaceOf } from './import-error';
import type { ImportPlan } from './import-plan';
import type { ImportSource } from './import-row';
import { recordTargetsOf } from './known-records';
import type { SettledWish } from './place-wishes';
import { planImport, type ImportRun, type ImportSteps } from './plan-import';
import type { PlannedRows } from './planned-rows';
import { changedPool, madePool } from './pool-wish';
import type { RecordTargets } from './record-targets';
import { isMoved, type PoolChange } from './shape-changes';
import { writeAddresses, writeRanges } from './write-leaves';

/** Pools that are written at once. */
const CHUNK = 400;
/** Ids that are taken at once. */
const IDS = 5_000;
/** Errors that a refusal lists. */
const LISTED = 100;

/** What is asked for beside the rows. */
export interface ImportWish {
  /** `all`: nothing is written where a row is wrong. `partial`: the other rows are. */
  readonly mode: 'all' | 'partial';
  /** The hash of the plan that was looked at; undefined: whatever the plan is. */
  readonly plan?: string | undefined;
}

/** Imports rows in one unit of work: all of it is there afterwards, or nothing is. */
export class ApplyImport {
  constructor(private readonly unitOfWork: PoolUnitOfWork) {}

  /** @throws ImportError `plan_changed` | `import_has_errors` */
  async execute(
    change: Change,
    source: ImportSource,
    { mode, plan: expected }: ImportWish,
    run: ImportRun,
  ): Promise<ImportPlan> {
    try {
      return await write(this.unitOfWork, change, async (stores) => {
        const { plan, steps, rows } = await planImport(stores, source, run);
        if (expected !== undefined && expected !== plan.hash) throw planChanged();
        const wrong = plan.rows.filter(({ action }) => action === 'error');
        if (mode === 'all' && wrong.length > 0)
          throw new ImportError(
            'import_has_errors',
            `${wrong.length === 1 ? 'A row is' : `${wrong.length} rows are`} wrong, so nothing was imported. ` +
              'Mend them, or import the others with mode=partial.',
            wrong.slice(0, LISTED).map((row) => wrongPlaceOf(row, plan.tables)),
          );
        await new ImportWrites(stores, change, steps, rows, run).write();
        return { ...plan, rows: await rows.inOrder(run.pause) };
      });
    } catch (error) {
      // What the plan has looked at is locked only now.
      if (error instanceof PoolError) throw planChanged(error.message);
      throw error instanceof StoredConflict ? planChanged() : error;
    }
  }
}

/** @param why what was in the way, where that is known */
function planChanged(why?: string): ImportError {
  const changed = 'What is there, or the files, have changed since the plan was made.';
  return new ImportError(
    'plan_changed',
    [changed, why, 'Plan again and look at it.'].filter(Boolean).join(' '),
  );
}

/** The writes of one import, in one unit of work. */
class ImportWrites {
  private done = 0;
  private readonly of: number;

  constructor(
    private readonly stores: PoolStores,
    private readonly change: Change,
    private readonly steps: ImportSteps,
    private readonly rows: PlannedRows,
    private readonly run: ImportRun,
  ) {
    const { shaped, changed, made, ranges, addresses } = steps;
    const leaves = [ranges.made, ranges.changed, ...addresses.made, addresses.changed];
    this.of = [shaped, changed, ...made, ...leaves].reduce((sum, { length }) => sum + length, 0);
  }

  async write(): Promise<void> {
    const { records, made, shaped, changed, ranges, addresses } = this.steps;
    await this.lockVrfs();
    for (const targets of recordTargetsOf(records)) await this.writeRecords(targets);
    for (const each of shaped) await this.reshape(each);
    await this.changePools(changed);
    await this.takeIds(made);
    for (const wishes of made) for (const chunk of wholeTrees(wishes)) await this.makePools(chunk);
    const { stores, change, rows } = this;
    const advance = (count: number): Promise<void> => this.advance(count);
    const writing = { stores, change, rows, advance, planChanged };
    await writeRanges(writing, ranges);
    await writeAddresses(writing, addresses);
  }

  /** Those whose trees change their shape, before anything in them. */
  private async lockVrfs(): Promise<void> {
    const { made, shaped } = this.steps;
    const ids = [
      ...made.map(([first]) => first?.vrf.id ?? null),
      ...shaped.flatMap(({ wish, stored }) => [wish.vrf.id, stored.vrfId]),
    ].filter((id) => id !== null);
    for (const id of [...new Set(ids)].sort((a, b) => a - b)) await this.stores.vrfs.lock(id);
  }

  private async writeRecords({ kind, changed }: RecordTargets<RecordBase>): Promise<void> {
    const { at } = this.change;
    const store = kind.store(this.stores);
    const entries: NewAuditEntry[] = [];
    for (const target of changed) {
      await this.run.pause();
      const { stored, history, account } = target;
      // Accounts are made before what names them.
      const fields = account ? { ...target.fields, accountId: account.id } : target.fields;
      if (!stored) {
        const record = { ...fields, version: 1, createdAt: at, updatedAt: at, ...history };
        const made = await store.insert(record);
        target.id = made.id;
        entries.push(...kind.tell(this.change, null, made));
        continue;
      }
      const before = await store.lock(stored.id);
      if (before?.version !== stored.version) throw planChanged();
      const after: RecordBase = {
        ...before,
        ...fields,
        version: before.version + 1,
        updatedAt: at,
      };
      await store.save(after);
      entries.push(...kind.tell(this.change, before, after));
    }
    for (let start = 0; start < entries.length; start += CHUNK)
      await this.stores.audit.append(entries.slice(start, start + CHUNK));
  }

  /** Gives a pool another CIDR, VRF or kind, and all else that its row tells. */
  private async reshape({ wish, stored }: PoolChange): Promise<void> {
    const { pools, audit } = this.stores;
    const parentId = (await pools.get(stored.id))?.parentId ?? null;
    const locked = await pools.lock(parentId === null ? [stored.id] : [parentId, stored.id]);
    const pool = locked.find(({ id }) => id === stored.id);
    if (pool?.version !== stored.version) throw planChanged();
    const wanted = changedPool(pool, wish);
    const moved = isMoved(wish, pool);
    const placed = moved
      ? await resizePool(this.stores, this.change, pool, wanted.cidr, wanted.vrfId, wanted.kind)
      : pool;
    const after = { ...this.nextVersion(wanted), parentId: placed.parentId };
    await pools.save([after]);
    await audit.append(poolChanged(this.change, moved ? 'pool.move' : 'pool.update', pool, after));
    await this.advance(1);
  }

  private async changePools(changes: readonly PoolChange[]): Promise<void> {
    for (let start = 0; start < changes.length; start += CHUNK) {
      const chunk = changes.slice(start, start + CHUNK);
      const locked = await this.stores.pools.lock(chunk.map(({ stored }) => stored.id));
      const before = new Map(locked.map((pool) => [pool.id, pool]));
      const saved: Pool[] = [];
      const entries: NewAuditEntry[] = [];
      for (const { wish, stored } of chunk) {
        const pool = before.get(stored.id);
        if (pool?.version !== stored.version) throw planChanged();
        const after = this.nextVersion(changedPool(pool, wish));
        saved.push(after);
        entries.push(...poolChanged(this.change, 'pool.update', pool, after));
      }
      await this.stores.pools.save(saved);
      await this.stores.audit.append(entries);
      await this.advance(chunk.length);
    }
  }

  private nextVersion(pool: Pool): Pool {
    return { ...pool, version: pool.version + 1, updatedAt: this.change.at };
  }

  /** Gives pools that are made ids in the order of their rows: so an export has them in the order that it came in. */
  private async takeIds(made: readonly (readonly SettledWish[])[]): Promise<void> {
    const rows = Uint32Array.from(made.flatMap((wishes) => wishes.map(({ at }) => at))).sort();
    for (let start = 0; start < rows.length; start += IDS) {
      const chunk = rows.subarray(start, start + IDS);
      const ids = await this.stores.pools.reserveIds(chunk.length);
      for (const [at, row] of chunk.entries()) this.rows.setId(row, ids[at] ?? 0);
      await this.run.pause();
    }
  }

  /** Makes pools of one VRF, a wider one before or with what lies inside it. */
  private async makePools(wishes: readonly SettledWish[]): Promise<void> {
    const [first] = wishes;
    if (!first || first.vrf.id === null) return;
    const pools = wishes.map((wish) =>
      madePool(this.change, this.rows.idOf(wish.at), wish, wish.kind),
    );
    const { inserted, conflicts } = await insertIntoTree(this.stores, first.vrf.id, pools);
    if (conflicts.size > 0) throw planChanged();
    await this.stores.audit.append(
      inserted.map((pool) => poolMade(this.change, 'pool.import', pool)),
    );
    await this.advance(wishes.length);
  }

  private async advance(rows: number): Promise<void> {
    this.done += rows;
    this.run.progress?.('applying', this.done, this.of);
    await this.run.pause();
  }
}

/** Wishes in address order, in pieces that leave what lies in each other together as far as that goes. */
function* wholeTrees(wishes: readonly SettledWish[]): Generator<readonly SettledWish[]> {
  let chunk: SettledWish[] = [];
  let outer: SettledWish | undefined;
  for (const wish of wishes) {
    const isInside = outer && contains(outer.item.cidr, wish.item.cidr);
    if (chunk.length >= 2 * CHUNK || (chunk.length >= CHUNK && !isInside)) {
      yield chunk;
      chunk = [];
    }
    if (!isInside) outer = wish;
    chunk.push(wish);
  }
  if (chunk.length > 0) yield chunk;
}
