import {
  diffOf,
  placeOfAccount,
  write,
  type Change,
  type Facts,
  type NewAuditEntry,
  type Place,
} from '@cloudpam/audit';
import { PoolError, type PoolErrorCode } from './pool-error';
import { StoredConflict } from './pool-store';
import { checkNamed, checkVersion } from './pool-rules';
import type { PoolStores, PoolUnitOfWork } from './pool-stores';
import { GLOBAL_VRF_ID, type Vlan, type Vrf } from './vrf';
import type { Account } from './account';
import { ACCOUNT_EVENTS, VLAN_EVENTS, VRF_EVENTS, type RecordEvents } from './record-events';

interface Kept {
  readonly id: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly name: string;
  readonly description: string;
}

interface RecordStore<R extends Kept> {
  get(id: number): Promise<R | undefined>;
  lock(id: number): Promise<R | undefined>;
  insert(record: Omit<R, 'id'>): Promise<R>;
  save(record: R): Promise<void>;
  remove(id: number): Promise<void>;
  useCount(id: number): Promise<number>;
}

/** What tells one kind of record from another. */
interface RecordKind<R extends Kept> {
  readonly entity: string;
  readonly notFound: PoolErrorCode;
  readonly taken: string;
  store(stores: PoolStores): RecordStore<R>;
  /** What its events tell of a record that is made, changed or deleted; nothing of one that stays. */
  tell(change: Change, before: R | null, after: R | null): readonly NewAuditEntry[];
  /** @throws PoolError */
  check(record: Omit<R, 'id'>): void;
}

type Fields<R extends Kept> = Omit<R, 'id' | 'version' | 'createdAt' | 'updatedAt'>;

/**
 * Creates, changes and deletes the records beside the tree: accounts, VRFs, VLANs. What is in use
 * is not deleted.
 */
export class KeepRecords<R extends Kept> {
  constructor(
    private readonly unitOfWork: PoolUnitOfWork,
    private readonly kind: RecordKind<R>,
  ) {}

  /** @throws PoolError `name_taken` | `invalid_field` */
  create(change: Change, fields: Fields<R>): Promise<R> {
    return this.storing(change, async (stores) => {
      const record = {
        ...fields,
        version: 1,
        createdAt: change.at,
        updatedAt: change.at,
      } as unknown as Omit<R, 'id'>; // Fields<R> and the three it leaves out
      this.check(record);
      const stored = await this.kind.store(stores).insert(record);
      await stores.audit.append(this.kind.tell(change, null, stored));
      return stored;
    });
  }

  /** @throws PoolError not found | `name_taken` | `version_mismatch` | `invalid_field` */
  update(change: Change, id: number, patch: Partial<Fields<R>>, expected?: number): Promise<R> {
    return this.storing(change, async (stores) => {
      const before = await this.existing(stores, id);
      checkVersion(before, expected);
      const set = Object.fromEntries(
        Object.entries(patch).filter(([, value]) => value !== undefined),
      );
      const after: R = { ...before, ...set, version: before.version + 1, updatedAt: change.at };
      this.check(after);
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
        ? 'pools or discovered networks still use it; move or delete them first'
        : 'it exists from the start and stays';
    return new PoolError(
      'in_use',
      `The ${this.kind.entity} ${record.name} is not deleted: ${why}.`,
    );
  }

  private async existing(stores: PoolStores, id: number): Promise<R> {
    const record = await this.kind.store(stores).lock(id);
    if (!record) throw new PoolError(this.kind.notFound, `There is no ${this.kind.entity} ${id}.`);
    return record;
  }

  private check(record: Omit<R, 'id'>): void {
    checkNamed({
      name: (record as unknown as Kept).name,
      description: (record as unknown as Kept).description,
    }); // R is Kept, without its id here
    this.kind.check(record);
  }

  private async storing(change: Change, work: (stores: PoolStores) => Promise<R>): Promise<R> {
    try {
      return await write(this.unitOfWork, change, work);
    } catch (error) {
      throw error instanceof StoredConflict
        ? new PoolError(
            'name_taken',
            `Another ${this.kind.entity} has this ${this.kind.taken} already.`,
            { field: this.kind.taken },
          )
        : error;
    }
  }
}

/** @param place where the events of a record happen, by its id */
function telling<R extends Kept, F extends Facts>(
  events: RecordEvents<F>,
  place: (id: number) => Place | null,
  facts: (record: R) => F,
): RecordKind<R>['tell'] {
  return (change, before, after) => {
    if (before && after) {
      const diff = diffOf(facts(before), facts(after));
      return diff ? [events.update(change, after.id, { ...diff, place: place(after.id) })] : [];
    }
    if (after) {
      const told = { before: null, after: facts(after), place: place(after.id) };
      return [events.create(change, after.id, told)];
    }
    if (!before) return [];
    const told = { before: facts(before), after: null, place: place(before.id) };
    return [events.delete(change, before.id, told)];
  };
}

function placeOfVrf(vrfId: number): Place {
  return { accountId: null, vrfId, cidr: null, kind: null };
}

/** Cloud accounts and projects, as records. */
export const ACCOUNTS: RecordKind<Account> = {
  entity: 'account',
  notFound: 'account_not_found',
  taken: 'key',
  store: (stores) => stores.accounts,
  tell: telling(
    ACCOUNT_EVENTS,
    placeOfAccount,
    ({
      key,
      name,
      provider,
      externalId,
      platform,
      tier,
      environment,
      regions,
      description,
      discoveryPolicy,
      discoveryInterval,
    }) => ({
      key,
      name,
      provider,
      external_id: externalId,
      platform,
      tier,
      environment,
      regions,
      description,
      discovery_policy: discoveryPolicy,
      discovery_interval: discoveryInterval,
    }),
  ),
  check: ({ key, provider, externalId }) => {
    if (!/^[a-z]+:[\w.:-]{1,128}$/.test(key) || key !== `${provider}:${externalId}`) {
      throw new PoolError(
        'invalid_field',
        `The key of an account is provider:external_id, here ${provider}:${externalId}; ` +
          'letters, digits and . _ : - only.',
        { field: 'key' },
      );
    }
  },
};

/** VRFs, as records (RFC 4364). */
export const VRFS: RecordKind<Vrf> = {
  entity: 'vrf',
  notFound: 'vrf_not_found',
  taken: 'name',
  store: (stores) => stores.vrfs,
  tell: telling(VRF_EVENTS, placeOfVrf, ({ name, rd, description }) => ({ name, rd, description })),
  check: ({ rd }) => {
    // RFC 4364 section 4.2: AS number or IPv4 address, a colon, an assigned number.
    if (rd !== null && !/^(\d{1,10}|\d{1,3}(\.\d{1,3}){3}):\d{1,10}$/.test(rd)) {
      throw new PoolError('invalid_field', 'rd must look like 65000:1 or 192.0.2.1:1 (RFC 4364).', {
        field: 'rd',
      });
    }
  },
};

/** VLANs, as records (IEEE 802.1Q). */
export const VLANS: RecordKind<Vlan> = {
  entity: 'vlan',
  notFound: 'vlan_not_found',
  taken: 'vid',
  store: (stores) => stores.vlans,
  tell: telling(
    VLAN_EVENTS,
    () => null,
    ({ vid, name, group, description }) => ({ vid, name, group, description }),
  ),
  check: ({ vid }) => {
    if (!Number.isInteger(vid) || vid < 1 || vid > 4094)
      throw new PoolError('invalid_field', 'vid must be from 1 to 4094 (IEEE 802.1Q).', {
        field: 'vid',
      });
  },
};
