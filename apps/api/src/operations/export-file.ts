import { Readable, type PassThrough } from 'node:stream';
import { ZipFile } from 'yazl';
import { csvPages, type Row } from '../http/csv-pages';
import type { ExportTable } from './export-table';

/** In which formats tables are exported. */
export const EXPORT_FORMATS = ['zip', 'csv', 'jsonl', 'netbox'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A file that is written while it is read. */
export interface ExportFile {
  readonly name: string;
  readonly type: string;
  readonly stream: Readable;
  /** Ends what is read for it. */
  end(): void;
}

const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl' } as const;

/**
 * Tables as a file: one as itself where its format says so, else all of them in a ZIP.
 * @param rowsOf reads a table page by page
 */
export function exportFile(
  tables: readonly ExportTable[],
  format: ExportFormat,
  rowsOf: (table: ExportTable) => AsyncGenerator<Row[]>,
): ExportFile {
  const ending = format === 'jsonl' ? 'jsonl' : 'csv';
  const opened = tables.map((table) => ({
    name: `${table.name}.${ending}`,
    stream: Readable.from(
      ending === 'jsonl' ? jsonLines(rowsOf(table)) : csvPages(rowsOf(table), table.columns),
      { objectMode: false },
    ),
  }));
  const [first, second] = opened;
  if (first && !second && format === ending)
    return {
      name: `cloudpam-${first.name}`,
      type: TYPES[ending],
      stream: first.stream,
      end: () => first.stream.destroy(),
    };
  return {
    name: format === 'netbox' ? 'cloudpam-netbox.zip' : 'cloudpam-export.zip',
    type: 'application/zip',
    stream: zipOf(opened),
    end: () => {
      for (const { stream } of opened) stream.destroy();
    },
  };
}

function zipOf(files: readonly { readonly name: string; readonly stream: Readable }[]): Readable {
  const zip = new ZipFile();
  for (const { name, stream } of files) {
    stream.on('error', (error) => zip.emit('error', error));
    zip.addReadStream(stream, name);
  }
  const output = zip.outputStream as PassThrough;
  // What could not be read ends the file, and the connection with it.
  zip.on('error', (error: Error) => output.destroy(error));
  zip.end();
  return output;
}

async function* jsonLines(pages: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  for await (const rows of pages) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
