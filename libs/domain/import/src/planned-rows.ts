import type { RecordBase, Vrf } from '@cloudpam/pools';
import type { FieldChange, ImportAction, PlannedRow } from './import-plan';
import type { ImportEntity, ImportRow, ImportSource, SkipCode } from './import-row';
import { recordTargetsOf, type KnownRecords } from './known-records';
import type { RecordTarget } from './record-targets';
import type { RowProblem } from './row-problem';

/** A record of any kind. */
type AnyTarget = RecordTarget<RecordBase>;

interface Outcome {
  readonly action: ImportAction;
  readonly code?: PlannedRow['code'];
  readonly detail?: string;
  readonly field?: string | null;
  readonly changes?: readonly FieldChange[];
  readonly target?: AnyTarget;
}

/** Rows between two pauses. */
const STRIDE = 500;

const MADE: Outcome = { action: 'create' };
const UNCHANGED: Outcome = { action: 'unchanged' };

/** What becomes of each row of an import. */
export class PlannedRows {
  private readonly outcomes: (Outcome | undefined)[];
  private readonly ids: (number | undefined)[];
  private readonly vrfs: (RecordTarget<Vrf> | undefined)[];
  /** Records that have a row of their own. */
  private readonly described = new Set<AnyTarget>();
  private named: { entity: ImportEntity; target: AnyTarget }[] = [];

  constructor(private readonly source: ImportSource) {
    this.outcomes = source.rows.map(({ item }) => {
      if ('skip' in item) return { action: 'skip', code: item.skip, detail: item.detail };
      if ('error' in item)
        return { action: 'error', code: item.error, detail: item.detail, field: item.field };
      return undefined;
    });
    this.ids = new Array<number | undefined>(source.rows.length);
    this.vrfs = new Array<RecordTarget<Vrf> | undefined>(source.rows.length);
  }

  skip(at: number, code: SkipCode, detail: string): void {
    this.outcomes[at] = { action: 'skip', code, detail };
  }

  refuse(at: number, { code, detail, field }: RowProblem, id?: number): void {
    this.outcomes[at] = { action: 'error', code, detail, field };
    this.ids[at] = id;
  }

  make(at: number): void {
    this.outcomes[at] = MADE;
  }

  change(at: number, id: number, changes: readonly FieldChange[]): void {
    this.outcomes[at] = changes.length === 0 ? UNCHANGED : { action: 'update', changes };
    this.ids[at] = id;
  }

  record(at: number, target: AnyTarget): void {
    const { stored, changes } = target;
    this.described.add(target);
    this.outcomes[at] = !stored
      ? { action: 'create', target }
      : changes.length === 0
        ? { action: 'unchanged', target }
        : { action: 'update', changes, target };
  }

  /** Whether a row describes the record, and not only names it. */
  describes(target: AnyTarget): boolean {
    return this.described.has(target);
  }

  /** The id of what was made of a row. */
  setId(at: number, id: number): void {
    this.ids[at] = id;
  }

  /** The id that a row has been given. */
  idOf(at: number): number {
    const id = this.ids[at];
    if (id === undefined) throw new Error(`row ${at} has no id`);
    return id;
  }

  setVrf(at: number, vrf: RecordTarget<Vrf>): void {
    this.vrfs[at] = vrf;
  }

  /** Adds the records that are made because rows name them. */
  addRecords(records: KnownRecords): void {
    this.named = recordTargetsOf(records)
      .flatMap(({ kind: { entity }, changed }) => changed.map((target) => ({ entity, target })))
      .filter(({ target }) => !this.described.has(target));
  }

  /** How a person finds a row. */
  where(at: number): string {
    const row = this.source.rows[at];
    const table = row && this.source.tables[row.table];
    return row && table ? `line ${row.line} of ${table.file}` : 'another row';
  }

  /** All rows in the order of the files, before each the records that it alone names. */
  async inOrder(pause: () => Promise<void>): Promise<readonly PlannedRow[]> {
    const named = this.named
      .map(({ entity, target }) => ({
        ...BLANK,
        ...(target.row ?? { table: 0, line: 0 }),
        label: target.fields.name,
        entity,
        action: 'create' as const,
        code: 'named_by_row' as const,
        id: target.id,
      }))
      .sort((a, b) => a.table - b.table || a.line - b.line);
    const all: PlannedRow[] = [];
    let next = 0;
    for (const [at, row] of this.source.rows.entries()) {
      if (at % STRIDE === 0) await pause();
      for (let each = named[next]; each && isBefore(each, row); each = named[++next])
        all.push(each);
      all.push(this.planned(row, at));
    }
    return all;
  }

  private planned({ table, line, label, item }: ImportRow, at: number): PlannedRow {
    const outcome = this.outcomes[at];
    if (!outcome) throw new Error(`nothing is planned for row ${at}`);
    return {
      table,
      line,
      label,
      entity: 'entity' in item ? item.entity : (this.source.tables[table]?.entity ?? null),
      action: outcome.action,
      code: outcome.code ?? null,
      detail: outcome.detail ?? null,
      field: outcome.field ?? null,
      id: this.ids[at] ?? outcome.target?.id ?? null,
      changes: outcome.changes ?? null,
      vrf: this.vrfs[at]?.fields.name ?? null,
      cidr: 'cidr' in item ? item.cidr : null,
    };
  }
}

const BLANK = { detail: null, field: null, changes: null, vrf: null, cidr: null };

/** Whether it stands where the row does, or before it. */
function isBefore(each: PlannedRow, { table, line }: ImportRow): boolean {
  return each.table < table || (each.table === table && each.line <= line);
}
