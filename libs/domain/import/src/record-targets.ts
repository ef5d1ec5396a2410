import {
  checkNamed,
  type Account,
  type RecordBase,
  type RecordEntity,
  type RecordFields,
  type RecordFilter,
  type RecordKind,
} from '@cloudpam/pools';
import { checkRecordFacts } from './check-facts';
import { fieldChanges } from './field-changes';
import type { FieldChange } from './import-plan';
import type { KeptHistory } from './import-row';
import { addTo } from './add-to';
import { refusalOf, RowProblem } from './row-problem';

/** Where a row stands. */
export interface RowPlace {
  /** Index among the tables. */
  readonly table: number;
  readonly line: number;
}

/** A record that is there, or will be: what rows that name it mean. */
export interface RecordTarget<R extends RecordBase> {
  readonly stored: R | undefined;
  /** As it will be. */
  readonly fields: RecordFields<R>;
  readonly changes: readonly FieldChange[];
  readonly history: KeptHistory | undefined;
  /** The row that describes it, or names it first; undefined where none has so far. */
  readonly row: RowPlace | undefined;
  /** The account that it has once that is made, where an import makes it. */
  readonly account?: RecordTarget<Account> | undefined;
  /** null until it is made. */
  id: number | null;
}

/** What a row asks of a record. */
export interface RecordWish<R extends RecordBase> extends RowPlace {
  /** The record that the row means, where there is one. */
  readonly target: RecordTarget<R> | undefined;
  readonly set: Partial<RecordFields<R>>;
  /** What `set` leaves out of a record that is made. */
  readonly fresh: RecordFields<R>;
  readonly history?: KeptHistory | undefined;
  /** The account that the row names. */
  readonly account?: RecordTarget<Account> | undefined;
}

/** What an import needs to know of a kind of record. */
type ImportedKind<R extends RecordBase> = Pick<
  RecordKind<R, RecordFilter, RecordEntity>,
  'entity' | 'title' | 'store' | 'tell' | 'check'
>;

/** What rows can name a record of one kind by. */
export interface RecordNames<R extends RecordBase> {
  keysOf(fields: RecordFields<R>): readonly string[];
}

/** The records of one kind: those that are stored, and those that an import makes. */
export class RecordTargets<R extends RecordBase> {
  private readonly byKey = new Map<string, RecordTarget<R>[]>();
  private readonly byIds = new Map<number, RecordTarget<R>>();
  private readonly all = new Set<RecordTarget<R>>();

  constructor(
    readonly kind: ImportedKind<R>,
    private readonly names: RecordNames<R>,
    stored: readonly R[],
  ) {
    for (const record of stored) this.addStored(record);
  }

  /** Those that have the key. */
  with(key: string): readonly RecordTarget<R>[] {
    return this.byKey.get(key) ?? [];
  }

  /** The one that has this id. */
  byId(id: number): RecordTarget<R> | undefined {
    return this.byIds.get(id);
  }

  /** Those that are stored, as they are stored. */
  get stored(): readonly R[] {
    return [...this.all].flatMap(({ stored }) => stored ?? []);
  }

  /** What an import makes or changes. */
  get changed(): readonly RecordTarget<R>[] {
    return [...this.all].filter((each) => !each.stored || each.changes.length > 0);
  }

  /** Takes what a row says of a record. `same`: an earlier row has said just that. */
  take({
    target,
    set,
    fresh,
    history,
    account,
    table,
    line,
  }: RecordWish<R>): RecordTarget<R> | RowProblem | 'same' {
    const fields: RecordFields<R> = { ...(target?.fields ?? fresh), ...set };
    if (target?.row) {
      if (fieldChanges(target.fields, fields).length === 0) return 'same';
      return new RowProblem(
        'duplicate_row',
        `The ${this.kind.title} ${this.nameOf(target)} stands in line ${target.row.line} already, with other values.`,
        null,
      );
    }
    return this.put(target, fields, history, { table, line }, account);
  }

  /** Makes a record that a row names and none describes. @param field the field that names it */
  make(
    fields: RecordFields<R>,
    place: RowPlace,
    field: RecordEntity,
  ): RecordTarget<R> | RowProblem {
    const made = this.put(undefined, fields, undefined, place);
    return made instanceof RowProblem ? new RowProblem(made.code, made.detail, field) : made;
  }

  /** Makes none of those that rows only name, and that nothing which is done needs. */
  dropUnneeded(isNeeded: (target: RecordTarget<R>) => boolean): void {
    for (const target of [...this.all])
      if (!target.stored && !isNeeded(target)) this.forget(target);
  }

  /** Leaves a record as it is stored, or unmade. */
  takeBack(target: RecordTarget<R>): void {
    this.forget(target);
    if (target.stored) this.addStored(target.stored);
  }

  nameOf({ fields }: RecordTarget<R>): string {
    return (fields as unknown as RecordBase).name; // a field of every record
  }

  private put(
    target: RecordTarget<R> | undefined,
    fields: RecordFields<R>,
    history: KeptHistory | undefined,
    { table, line }: RowPlace,
    account?: RecordTarget<Account>,
  ): RecordTarget<R> | RowProblem {
    const problem = refusalOf(() => {
      const { name, description } = fields as unknown as RecordBase; // fields of every record
      checkNamed({ name, description });
      checkRecordFacts(fields, history);
      this.kind.check(fields as unknown as Omit<R, 'id'>); // looks at what users set alone
    });
    if (problem) return problem;
    const newAccount =
      account && account.id === null
        ? [{ field: 'account', before: null, after: account.fields.key }]
        : [];
    const taken: RecordTarget<R> = {
      stored: target?.stored,
      fields,
      changes: target ? [...fieldChanges(target.fields, fields), ...newAccount] : [],
      history,
      row: { table, line },
      ...(account ? { account } : {}),
      id: target?.id ?? null,
    };
    if (target) this.forget(target);
    this.add(taken);
    return taken;
  }

  private addStored(record: R): void {
    const { id, version: _, createdAt: __, updatedAt: ___, ...fields } = record;
    this.add({
      stored: record,
      fields: fields as unknown as RecordFields<R>, // what RecordFields leaves out is taken away above
      changes: [],
      history: undefined,
      row: undefined,
      id,
    });
  }

  private add(target: RecordTarget<R>): void {
    this.all.add(target);
    if (target.id !== null) this.byIds.set(target.id, target);
    for (const key of this.names.keysOf(target.fields)) addTo(this.byKey, key, target);
  }

  private forget(target: RecordTarget<R>): void {
    this.all.delete(target);
    for (const key of this.names.keysOf(target.fields)) {
      const list = this.byKey.get(key);
      list?.splice(list.indexOf(target), 1);
    }
  }
}
