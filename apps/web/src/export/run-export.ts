import { today } from '../actions/download';
import { openExport } from '../api/export';
import { readChunks } from '../api/read-stream';
import type { ExportWish } from './export-wish';

/** How much has come. */
export interface ExportProgress {
  readonly bytes: number;
  /** What is being done once all has come. */
  readonly making?: string;
}

/** How an export is followed, and ended. */
export interface ExportRun {
  readonly signal: AbortSignal;
  onProgress(progress: ExportProgress): void;
}

/** A file with its name. */
export interface ExportedFile {
  readonly name: string;
  readonly content: Blob;
}

/** Brings an export to the browser. @throws ApiProblem, WorkbookError */
export async function runExport(wish: ExportWish, run: ExportRun): Promise<ExportedFile> {
  if (wish.format === 'excel') return (await import('./excel-file')).excelFile(wish, run);
  const { format, datasets, query } = wish;
  const asked =
    format === 'netbox' ? { ...query, format } : { ...query, format, datasets: datasets.join(',') };
  const { name, bytes } = await openExport(asked, run.signal);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let sum = 0;
  for await (const chunk of readChunks(bytes)) {
    chunks.push(chunk);
    run.onProgress({ bytes: (sum += chunk.length) });
  }
  return { name: dated(name), content: new Blob(chunks) };
}

/** `cloudpam-pools-2026-01-31.csv` */
function dated(name: string): string {
  return name.replace(/(\.\w+)?$/, `-${today()}$1`);
}
