import type { QueryOf, Schemas } from '@cloudpam/api-client';
import { ApiProblem } from './api-problem';
import { answerOf, api } from './client';
import { readLines } from './read-stream';

/** What a status of the files is here. */
export type StatusWord = Partial<Pick<Schemas['Pool'], 'status' | 'kind'>>;

/** How the files are to be read: the part `map` of a request. */
export type ImportMap = {
  /** By the field the column that says it; null: none does. */
  readonly columns?: Readonly<Record<string, string | null>>;
  readonly words?: {
    /** With null, rows with this status are left out. */
    readonly status?: Readonly<Record<string, StatusWord | null>>;
    readonly role?: Readonly<Record<string, Schemas['PoolKind']>>;
    /** The key of the account that a tenant is. */
    readonly tenant?: Readonly<Record<string, string>>;
  };
  /** Columns that become tags. */
  readonly tags?: readonly string[] | 'all';
  /** The VRF of rows that name none. */
  readonly vrf?: string;
};

/** How far the server is: a line of an answer before its last one. */
export type ImportProgress = {
  readonly stage: 'reading' | 'planning' | 'applying';
  readonly done: number;
  readonly of: number | null;
};

/** What is given to be imported. */
export interface ImportRequest {
  readonly files: readonly File[];
  readonly map: ImportMap;
  readonly query: QueryOf<'importFiles'>;
}

type Line =
  | ImportProgress
  | { readonly result: Schemas['ImportResult'] }
  | { readonly problem: Schemas['Problem'] };

/**
 * Plans an import, or applies it, and tells meanwhile how far it is. What is cut off by its signal
 * writes nothing.
 */
export async function sendImport(
  { files, map, query }: ImportRequest,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<Schemas['ImportResult']> {
  const form = new FormData();
  if (Object.keys(map).length > 0) form.append('map', JSON.stringify(map));
  for (const file of files) form.append('file', file, file.name);
  const { data } = await api.POST('/api/v1/import', {
    params: { query },
    headers: { accept: 'application/x-ndjson' },
    body: { file: [] },
    bodySerializer: () => form,
    parseAs: 'stream',
    signal,
  });
  for await (const text of readLines(data as ReadableStream<Uint8Array>)) {
    // As `parseAs` says.
    const line = JSON.parse(text) as Line;
    if ('result' in line) return line.result;
    if ('problem' in line) throw new ApiProblem(line.problem.status, line.problem);
    onProgress(line);
  }
  throw new TypeError('The answer ended before its result.');
}

/** A map that was saved by a name; what the server saves, it has checked. */
export type SavedMap = Omit<Schemas['ImportMap'], 'map'> & { readonly map: ImportMap };

/** Nobody saves more. */
const MOST_MAPS = 500;

/** Calls on maps that are saved by name. */
export const importMapsApi = {
  list: (signal?: AbortSignal) =>
    answerOf(
      api.GET('/api/v1/import/maps', { params: { query: { page_size: MOST_MAPS } }, signal }),
    ) as Promise<{ readonly items: readonly SavedMap[] }>,
  save: (name: string, { ...map }: ImportMap) =>
    answerOf(api.PUT('/api/v1/import/maps/{name}', { params: { path: { name } }, body: { map } })),
  remove: (name: string) =>
    answerOf(api.DELETE('/api/v1/import/maps/{name}', { params: { path: { name } } })),
};
