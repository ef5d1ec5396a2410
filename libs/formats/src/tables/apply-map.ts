import type { ImportEntity } from '@cloudpam/import';
import { FormatError } from '../format-error';
import type { ImportMap } from '../reading-options';
import { TAG_FIELD } from '../rows/row';
import { foldWord } from '../text/fold-word';
import type { TableKind } from './table-kind';

/** What has tags, which columns can become. */
const TAGGED: ReadonlySet<ImportEntity> = new Set(['pool', 'address', 'range']);

/** Columns that a map names, as they are found in one table or another. */
export class MapUse {
  private readonly missing: Set<string>;
  private readonly fields = new Set<string>();

  constructor(private readonly map: ImportMap) {
    const asked = map.tags === 'all' ? [] : (map.tags ?? []);
    const columns = Object.entries(map.columns ?? {});
    for (const [field] of columns) if (field === TAG_FIELD) throw wrongMap('A tag has no key.');
    this.missing = new Set([...asked, ...columns.flatMap(([, column]) => column ?? [])]);
  }

  /** A kind with the columns that the map says. */
  apply(kind: TableKind, header: readonly string[]): TableKind {
    const columns = new Map(kind.columns);
    const find = this.finder(header);
    for (const field of kind.fields) this.fields.add(field);
    const { columns: asked = {}, tags = [] } = this.map;
    for (const [field, column] of Object.entries(asked)) {
      if (!field.startsWith(TAG_FIELD) && !kind.fields.includes(field)) continue;
      const at = column === null ? undefined : find(column);
      if (column === null) columns.delete(field);
      else if (at !== undefined) columns.set(field, at);
    }
    const used = (): Set<number> => new Set(columns.values());
    if (kind.entity !== null && TAGGED.has(kind.entity)) {
      const before = used();
      const places =
        tags === 'all'
          ? kind.unknown.filter((at) => !before.has(at))
          : tags.flatMap((column) => find(column) ?? []);
      for (const at of places) {
        const key = header[at]?.trim();
        if (key) columns.set(`${TAG_FIELD}${key}`, at);
      }
    }
    const now = used();
    const dropped = [...kind.columns.values()].filter((at) => !now.has(at));
    const unknown = [...kind.unknown, ...dropped].filter((at) => !now.has(at));
    return { ...kind, columns, unknown: unknown.sort((a, b) => a - b) };
  }

  /** @throws FormatError `invalid_map` for a field or column that no table has */
  end(): void {
    for (const field of Object.keys(this.map.columns ?? {})) {
      if (!field.startsWith(TAG_FIELD) && !this.fields.has(field))
        throw wrongMap(`There is no field ${JSON.stringify(field)}.`);
    }
    for (const column of this.missing)
      throw wrongMap(`No table has the column ${JSON.stringify(column)}.`);
  }

  /** Finds a column as it is written, else as it is folded. */
  private finder(header: readonly string[]): (column: string) => number | undefined {
    const written = new Map<string, number>();
    const folded = new Map<string, number>();
    for (const [at, cell] of header.entries()) {
      const texts = [
        [written, cell.trim()],
        [folded, foldWord(cell)],
      ] as const;
      for (const [places, text] of texts) if (!places.has(text)) places.set(text, at);
    }
    return (column) => {
      const at = written.get(column.trim()) ?? folded.get(foldWord(column));
      if (at !== undefined) this.missing.delete(column);
      return at;
    };
  }
}

function wrongMap(detail: string): FormatError {
  return new FormatError('invalid_map', detail, null);
}
