import type { CellValue, Sheet } from '@cloudpam/workbook/writer';
import { today } from '../actions/download';
import { openExport } from '../api/export';
import { readLines } from '../api/read-stream';
import { DATASETS } from './export-wish';
import type { ExportWish } from './export-wish';
import type { ExportedFile, ExportRun } from './run-export';

/** For so long the page does nothing else, in milliseconds. */
const SLICE_MS = 30;

type Item = Readonly<Record<string, unknown>>;

/**
 * The same as a workbook, made here: a sheet for each data set.
 * @throws ApiProblem; WorkbookError when there are more rows than a workbook of ours has
 */
export async function excelFile(
  { datasets, query }: ExportWish,
  { signal, onProgress }: ExportRun,
): Promise<ExportedFile> {
  const { MAX_ROWS, WorkbookError, workbookSteps } = await import('@cloudpam/workbook/writer');
  let left = MAX_ROWS;
  let bytes = 0;
  const sheets: Sheet[] = [];
  for (const dataset of datasets) {
    const asked = { ...query, format: 'jsonl', datasets: dataset };
    const stream = await openExport(asked, signal);
    const rows: CellValue[][] = [];
    let columns: string[] = [];
    for await (const line of readLines(stream.bytes, (more) =>
      onProgress({ bytes: (bytes += more) }),
    )) {
      if (left-- === 0) throw new WorkbookError('too_large', tooMany(MAX_ROWS));
      const item = flat(JSON.parse(line) as Item); // a line of the export
      if (rows.length === 0) columns = Object.keys(item);
      rows.push(columns.map((column) => item[column] ?? null));
    }
    sheets.push({ name: DATASETS[dataset], columns, rows });
  }
  onProgress({ bytes, making: 'Making the workbook' });
  const content = await inSlices(workbookSteps(sheets), signal);
  const name = datasets.length === 1 ? datasets.join() : 'export';
  return { name: `cloudpam-${name}-${today()}.xlsx`, content: new Blob([content]) };
}

function tooMany(most: number): string {
  return (
    `There are more than ${most.toLocaleString('en')} rows. Narrow what is exported, or take ` +
    'CSV, which has no such limit.'
  );
}

/** Does long work in slices, between which the page answers. @throws the reason of the signal */
async function inSlices<T>(steps: Generator<undefined, T>, signal: AbortSignal): Promise<T> {
  for (let from = performance.now(); ;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - from < SLICE_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    from = performance.now();
  }
}

/** A row of a table: utilization by its two numbers, what is nested else as JSON. */
function flat({ utilization, ...item }: Item): Readonly<Record<string, CellValue>> {
  const { used, total } = (utilization ?? {}) as Item; // of a pool
  const all = utilization === undefined ? item : { ...item, used, total };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, cellOf(value)]));
}

function cellOf(value: unknown): CellValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    default:
      return value === null || value === undefined ? null : JSON.stringify(value);
  }
}
