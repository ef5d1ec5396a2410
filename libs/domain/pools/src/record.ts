import {
  diffOf,
  eventsOf,
  eventType,
  type Change,
  type Changed,
  type Created,
  type Deleted,
  type EventType,
  type Facts,
  type NewAuditEntry,
  type Place,
} from '@cloudpam/audit';
import type { PoolReadStores, PoolStores } from './pool-stores';
import type { RecordFilter } from './record-filter';

/** What every record beside the tree has. */
export interface RecordBase {
  readonly id: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly name: string;
  readonly description: string;
}

/** What use cases ask of the storage of one kind of record. */
export interface RecordStore<R extends RecordBase> {
  get(id: number): Promise<R | undefined>;
  lock(id: number): Promise<R | undefined>;
  insert(record: Omit<R, 'id'>): Promise<R>;
  save(record: R): Promise<void>;
  remove(id: number): Promise<void>;
  useCount(id: number): Promise<number>;
}

/** What queries read of the records of one kind. */
export interface RecordReader<R, Filter> {
  get(id: number): Promise<R | undefined>;
  list(filter: Filter, page: number, size: number): Promise<{ items: R[]; total: number }>;
}

/** What tells one kind of record from another. Each stands beside its record, and in `RECORDS`. */
export interface RecordKind<
  R extends RecordBase,
  Filter extends RecordFilter = RecordFilter,
  Entity extends string = string,
  List extends string = string,
> {
  /** The word before the dot of its events; with `_id` the field by which others name it. */
  readonly entity: Entity;
  /** The list of all of them, in paths, permissions and exports: `vlans`. */
  readonly list: List;
  /** As people say it: `VLAN`. */
  readonly title: string;
  /** The field of which is told that another one has it, where the storage refuses a duplicate. */
  readonly taken: keyof R & string;
  /** What names such records: who sees that sees them. */
  readonly namedBy: readonly ('pool' | 'resource' | 'address' | 'range' | 'vlan')[];
  /** What keeps one from being deleted, as people say it: `pools or discovered networks`. */
  readonly users: string;
  store(stores: PoolStores): RecordStore<R>;
  visible(stores: PoolReadStores): RecordReader<R, Filter>;
  /** What its events tell of a record that is made, changed or deleted; nothing of one that stays. */
  tell(change: Change, before: R | null, after: R | null): readonly NewAuditEntry[];
  /** @throws PoolError */
  check(record: Omit<R, 'id'>): void;
  /**
   * What is to be stored, once what it names is looked up and locked; absent where it names nothing.
   * @param before as it is stored; undefined where it is made
   * @throws PoolError
   */
  readonly settle?: (
    stores: PoolStores,
    record: Omit<R, 'id'>,
    before: R | undefined,
  ) => Promise<Omit<R, 'id'>>;
}

/** All that happens to one kind of record. */
export type RecordEventTypes<Entity extends string, F extends Facts, MadeFacts extends Facts> = {
  readonly [Type in `${Entity}.create`]: EventType<Created<MadeFacts>>;
} & { readonly [Type in `${Entity}.update`]: EventType<Changed<F>> } & {
  readonly [Type in `${Entity}.delete`]: EventType<Deleted<F>>;
};

/** Declares the events of one kind of record, in version 1; each may have a place. */
export function recordEventTypes<
  Entity extends string,
  F extends Facts,
  MadeFacts extends Facts = F,
>(entity: Entity): RecordEventTypes<Entity, F, MadeFacts> {
  return {
    [`${entity}.create`]: eventType(),
    [`${entity}.update`]: eventType(),
    [`${entity}.delete`]: eventType(),
  } as unknown as RecordEventTypes<Entity, F, MadeFacts>; // computed names are strings to the compiler
}

/**
 * How a kind of record tells what happens to it.
 * @param place where the events of a record happen
 * @param facts what they tell of it
 */
export function tellOf<R extends RecordBase, F extends Facts, MadeFacts extends Facts>(
  entity: string,
  types: RecordEventTypes<string, F, MadeFacts>,
  place: (record: R) => Place | null,
  facts: (record: R) => F & MadeFacts,
): RecordKind<R>['tell'] {
  const event = eventsOf(types);
  return (change, before, after) => {
    if (before && after) {
      const diff = diffOf(facts(before), facts(after));
      const told = diff && { ...diff, place: place(after) };
      return told ? [event(change, `${entity}.update`, after.id, told)] : [];
    }
    if (after) {
      const told = { before: null, after: facts(after), place: place(after) };
      return [event(change, `${entity}.create`, after.id, told)];
    }
    if (!before) return [];
    const told = { before: facts(before), after: null, place: place(before) };
    return [event(change, `${entity}.delete`, before.id, told)];
  };
}
