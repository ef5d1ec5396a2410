import { formatCidr } from '@cloudpam/cidr';
import {
  columnOf,
  countsOf,
  IMPORT_ACTIONS,
  IMPORT_ENTITIES,
  IMPORT_FORMATS,
  ROW_ERROR_CODES,
  SKIP_CODES,
  type ActionCounts,
  type FieldChange,
  type ImportPlan,
  type ImportTable,
  type PlannedRow,
} from '@cloudpam/import';
import {
  BooleanField,
  CidrField,
  IdField,
  ObjectField,
  ObjectsField,
  TagsField,
  TextField,
  TextRowsField,
  TextsField,
  WholeField,
  WordField,
} from '../../http/fields';

const ENTITY = { words: IMPORT_ENTITIES, name: 'ImportEntity' } as const;
const FORMAT = { words: IMPORT_FORMATS, name: 'ReadFormat' } as const;

/** How a table of the files was read. */
export class ImportTableDto {
  @TextField({ description: 'The file, of a ZIP with the name in it', example: 'prefixes.csv' })
  file!: string;

  @WordField({ ...FORMAT, description: 'What it was read as' })
  format!: ImportTable['format'];

  @TextField({
    description: 'Why',
    example: 'Its columns are those of an export of prefixes from NetBox.',
  })
  because!: string;

  @WordField({
    ...ENTITY,
    description: 'What its rows become; null for what is not kept',
    nullable: true,
  })
  entity!: ImportTable['entity'];

  @TextField({ description: 'How its characters are written', example: 'utf-8' })
  encoding!: string;

  @TextField({
    description: 'What stands between cells; null for JSON',
    example: ',',
    nullable: true,
  })
  delimiter!: string | null;

  @WholeField({ description: 'The line of its header, from 1', example: 1, nullable: true })
  header_line!: number | null;

  @TextsField({ description: 'Its columns', example: ['Prefix', 'VRF'] })
  columns!: readonly string[];

  @TextsField({
    description: 'Fields that `columns` of a map can set for it; none of JSON',
    example: ['cidr', 'vrf', 'name'],
  })
  fields!: readonly string[];

  @TagsField({
    description: 'By field the column that says it',
    example: { cidr: 'Prefix', vrf: 'VRF' },
  })
  mapping!: Readonly<Record<string, string>>;

  @TextsField({ description: 'Columns that mean nothing here', example: [] })
  unknown!: readonly string[];

  @TextRowsField({
    description: 'The first ten rows under the header',
    example: [['10.0.0.0/8', 'Global']],
  })
  sample!: readonly (readonly string[])[];

  static of({ headerLine, ...table }: ImportTable): ImportTableDto {
    return { ...table, header_line: headerLine };
  }
}

/** How many rows have each action. */
export class ActionCountsDto implements ActionCounts {
  @WholeField({ description: 'Made', example: 1 })
  create!: number;

  @WholeField({ description: 'Changed' })
  update!: number;

  @WholeField({ description: 'As they are' })
  unchanged!: number;

  @WholeField({ description: 'Not taken, for a reason that is no mistake' })
  skip!: number;

  @WholeField({ description: 'Wrong' })
  error!: number;
}

/** The same of one entity. */
export class EntityCountsDto extends ActionCountsDto {
  @WordField({ ...ENTITY, description: 'The entity; null for what is not kept', nullable: true })
  entity!: ImportTable['entity'];
}

/** The same of all. */
export class ImportSummaryDto extends ActionCountsDto {
  @ObjectsField({ type: () => EntityCountsDto, description: 'By entity, where there are rows' })
  entities!: readonly EntityCountsDto[];
}

/** A field that an import changes. */
export class ImportChangeDto {
  @TextField({ description: 'The field', example: 'description' })
  field!: string;

  @TextField({ description: 'As it is; what is no text as JSON', nullable: true })
  before!: string | null;

  @TextField({ description: 'As it will be', nullable: true })
  after!: string | null;

  static of({ field, before, after }: FieldChange): ImportChangeDto {
    return { field, before: shown(before), after: shown(after) };
  }
}

/** What becomes of a row. */
export class ImportRowDto {
  @WholeField({ description: 'Index of its table', example: 0 })
  table!: number;

  @TextField({ description: 'Its file', example: 'prefixes.csv' })
  file!: string;

  @WholeField({ description: 'Its line, from 1; of JSON the number of the object', example: 2 })
  line!: number;

  @TextField({ description: 'The column that is wrong', nullable: true })
  column!: string | null;

  @WordField({ ...ENTITY, description: 'What it becomes', nullable: true })
  entity!: PlannedRow['entity'];

  @WordField({ words: IMPORT_ACTIONS, name: 'ImportAction', description: 'What is done with it' })
  action!: PlannedRow['action'];

  @WordField({
    words: [...ROW_ERROR_CODES, ...SKIP_CODES, 'named_by_row'],
    name: 'ImportRowCode',
    description:
      'Why it is skipped or wrong, for programs; `named_by_row` of a record that no row tells and this one names',
    nullable: true,
  })
  code!: PlannedRow['code'];

  @TextField({ description: 'The same for people', nullable: true })
  detail!: string | null;

  @TextField({
    description: 'How people know it: its CIDR, address or name',
    example: '10.0.0.0/8',
  })
  label!: string;

  @IdField({ description: 'Of what it is or has become', nullable: true })
  id!: number | null;

  @TextField({
    description: 'Of pools, ranges and addresses the name of the VRF',
    example: 'global',
    nullable: true,
  })
  vrf!: string | null;

  @CidrField({
    description: 'Of pools, and of addresses as a block of one',
    example: '10.0.0.0/8',
    nullable: true,
  })
  cidr!: string | null;

  @ObjectsField({ type: () => ImportChangeDto, description: 'What changes', nullable: true })
  changes!: readonly ImportChangeDto[] | null;

  static of(row: PlannedRow, tables: readonly ImportTable[]): ImportRowDto {
    return {
      table: row.table,
      file: tables[row.table]?.file ?? '',
      line: row.line,
      column: columnOf(row, tables),
      entity: row.entity,
      action: row.action,
      code: row.code,
      detail: row.detail,
      label: row.label,
      id: row.id,
      vrf: row.vrf,
      cidr: row.cidr && formatCidr(row.cidr),
      changes: row.changes && row.changes.map(ImportChangeDto.of),
    };
  }
}

/** What an import does, or would do. */
export class ImportResultDto {
  @WordField({
    words: [...IMPORT_FORMATS, 'several'],
    name: 'ReadFormats',
    description: 'What the files were read as; `several` where they differ',
  })
  format!: ImportTable['format'] | 'several';

  @TextField({
    description: 'The hash of the plan: another one when the files, or what is there, have changed',
    example: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  })
  plan!: string;

  @BooleanField({ description: 'Whether it was done', example: true })
  applied!: boolean;

  @ObjectsField({ type: () => ImportTableDto, description: 'How each table was read' })
  tables!: readonly ImportTableDto[];

  @ObjectField({ type: () => ImportSummaryDto, description: 'How many rows have each action' })
  summary!: ImportSummaryDto;

  @ObjectsField({ type: () => ImportRowDto, description: 'Rows in the order of the files' })
  rows!: readonly ImportRowDto[];

  @TextField({ description: 'For the rows that follow; null after the last one', nullable: true })
  next_cursor!: string | null;

  /** @param rows those that are told of the plan */
  static of(
    { tables, rows: all, hash }: ImportPlan,
    applied: boolean,
    rows: readonly PlannedRow[],
    next: string | null,
  ): ImportResultDto {
    const [first, ...others] = new Set(tables.map(({ format }) => format));
    return {
      format: others.length === 0 ? (first ?? 'spreadsheet') : 'several',
      plan: hash,
      applied,
      tables: tables.map(ImportTableDto.of),
      summary: summaryOf(all),
      rows: rows.map((row) => ImportRowDto.of(row, tables)),
      next_cursor: next,
    };
  }
}

function summaryOf(rows: readonly PlannedRow[]): ImportSummaryDto {
  const all = { create: 0, update: 0, unchanged: 0, skip: 0, error: 0 };
  const entities: EntityCountsDto[] = [];
  for (const [entity, counts] of countsOf(rows)) {
    for (const action of IMPORT_ACTIONS) all[action] += counts[action];
    if (IMPORT_ACTIONS.some((action) => counts[action] > 0)) entities.push({ entity, ...counts });
  }
  return { ...all, entities };
}

function shown(value: FieldChange['before']): string | null {
  return value === null || typeof value === 'string' ? value : JSON.stringify(value);
}
