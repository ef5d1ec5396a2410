import { write, type Change } from '@cloudpam/audit';
import { PoolError } from './pool-error';
import { checkNamed, checkVersion, recordNotFound } from './pool-rules';
import { StoredConflict } from './pool-store';
import type { PoolStores, PoolUnitOfWork } from './pool-stores';
import type { RecordBase, RecordKind } from './record';
import { GLOBAL_VRF_ID } from './vrf';

/** What a user sets of a record. */
export type RecordFields<R extends RecordBase> = Omit<
  R,
  'id' | 'version' | 'createdAt' | 'updatedAt'
>;

/**
 * Creates, changes and deletes the records beside the tree: accounts, VRFs, VLANs. What is in use
 * is not deleted.
 */
export class KeepRecords<R extends RecordBase> {
  constructor(
    private readonly unitOfWork: PoolUnitOfWork,
    private readonly kind: RecordKind<R>,
  ) {}

  /** @throws PoolError `name_taken` | `invalid_field` */
  create(change: Change, fields: RecordFields<R>): Promise<R> {
    return this.storing(change, async (stores) => {
      const wanted = {
        ...fields,
        version: 1,
        createdAt: change.at,
        updatedAt: change.at,
      } as unknown as Omit<R, 'id'>; // RecordFields<R> and the three it leaves out
      this.check(wanted);
      const record = await this.settled(stores, wanted, undefined);
      const stored = await this.kind.store(stores).insert(record);
      await stores.audit.append(this.kind.tell(change, null, stored));
      return stored;
    });
  }

  /** @throws PoolError not found | `name_taken` | `version_mismatch` | `invalid_field` */
  update(
    change: Change,
    id: number,
    patch: Partial<RecordFields<R>>,
    expected?: number,
  ): Promise<R> {
    return this.storing(change, async (stores) => {
      const before = await this.existing(stores, id);
      checkVersion(before, expected);
      const set = Object.fromEntries(
        Object.entries(patch).filter(([, value]) => value !== undefined),
      );
      const wanted: R = { ...before, ...set, version: before.version + 1, updatedAt: change.at };
      this.check(wanted);
      const after: R = { ...wanted, ...(await this.settled(stores, wanted, before)) };
      const events = this.kind.tell(change, before, after);
      if (events.length === 0) return before;
      await this.kind.store(stores).save(after);
      await stores.audit.append(events);
      return after;
    });
  }

  /** @throws PoolError not found | `in_use` | `version_mismatch` */
  remove(change: Change, id: number, expected?: number): Promise<R> {
    return write(this.unitOfWork, change, async (stores) => {
      const record = await this.existing(stores, id);
      checkVersion(record, expected);
      const uses = await this.kind.store(stores).useCount(id);
      if (uses > 0 || (this.kind.entity === 'vrf' && id === GLOBAL_VRF_ID))
        throw this.inUse(record, uses);
      try {
        await this.kind.store(stores).remove(id);
      } catch (error) {
        throw error instanceof StoredConflict ? this.inUse(record, 1) : error;
      }
      await stores.audit.append(this.kind.tell(change, record, null));
      return record;
    });
  }

  private inUse(record: R, uses: number): PoolError {
    const why =
      uses > 0
        ? `${this.kind.users} still use it; move or delete them first`
        : 'it exists from the start and stays';
    return new PoolError('in_use', `The ${this.kind.title} ${record.name} is not deleted: ${why}.`);
  }

  private async existing(stores: PoolStores, id: number): Promise<R> {
    const record = await this.kind.store(stores).lock(id);
    if (!record) throw recordNotFound(this.kind, id);
    return record;
  }

  private async settled(
    stores: PoolStores,
    wanted: Omit<R, 'id'>,
    before: R | undefined,
  ): Promise<Omit<R, 'id'>> {
    return this.kind.settle ? this.kind.settle(stores, wanted, before) : wanted;
  }

  private check(record: Omit<R, 'id'>): void {
    checkNamed({
      name: (record as unknown as RecordBase).name,
      description: (record as unknown as RecordBase).description,
    }); // a record, without its id here
    this.kind.check(record);
  }

  private async storing(change: Change, work: (stores: PoolStores) => Promise<R>): Promise<R> {
    try {
      return await write(this.unitOfWork, change, work);
    } catch (error) {
      throw error instanceof StoredConflict
        ? new PoolError(
            'name_taken',
            `Another ${this.kind.title} has this ${this.kind.taken} already.`,
            { field: this.kind.taken },
          )
        : error;
    }
  }
}
