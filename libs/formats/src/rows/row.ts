/** Before the key of a tag, in the name of a field that becomes one. */
export const TAG_FIELD = 'tag:';

/** Cells by the field that they tell. One object serves all rows of a table, one after the other. */
export class Row {
  cells: readonly string[] = [];
  private readonly tagColumns: readonly (readonly [key: string, at: number])[];

  /** @param columns by the field the place of its column */
  constructor(private readonly columns: ReadonlyMap<string, number>) {
    this.tagColumns = [...columns].flatMap(([field, at]) =>
      field.startsWith(TAG_FIELD) ? [[field.slice(TAG_FIELD.length), at] as const] : [],
    );
  }

  /** The trimmed text of a field: empty where its cell is, undefined where there is no column. */
  get(field: string): string | undefined {
    const at = this.columns.get(field);
    return at === undefined ? undefined : (this.cells[at]?.trim() ?? '');
  }

  /** The trimmed text of a field; null where it is empty, or there is no column. */
  text(field: string): string | null {
    return this.get(field) || null;
  }

  /** The cell of a field as it is written; undefined where there is no column. */
  exact(field: string): string | undefined {
    const at = this.columns.get(field);
    return at === undefined ? undefined : (this.cells[at] ?? '');
  }

  has(field: string): boolean {
    return this.columns.has(field);
  }

  /** What the columns say that are asked to become tags. */
  tags(): [key: string, value: string | null][] {
    return this.tagColumns.map(([key, at]) => [key, this.cells[at]?.trim() || null]);
  }
}
