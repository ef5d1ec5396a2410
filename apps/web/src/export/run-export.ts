import { today } from '../actions/download';
import { openExport } from '../api/export';
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
  for await (const chunk of chunksOf(bytes)) {
    chunks.push(chunk);
    run.onProgress({ bytes: (sum += chunk.length) });
  }
  return { name: dated(name), content: new Blob(chunks) };
}

/** A stream piece by piece. Not every browser walks over one by itself. */
export async function* chunksOf<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Whoever stops before the end wants no more of it.
    void reader.cancel().catch(() => undefined);
  }
}

/** `cloudpam-pools-2026-01-31.csv` */
function dated(name: string): string {
  return name.replace(/(\.\w+)?$/, `-${today()}$1`);
}
