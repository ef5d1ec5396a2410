/* eslint-disable no-restricted-syntax -- the contract does not have the import yet */
import { readLines } from './read-lines';
import { ApiProblem } from './api-problem';
import { send } from './send';
import type { Schemas } from '@cloudpam/api-client';

/** The ways in which others, and we, write down networks. */
export type ImportFormat =
  | 'cloudpam'
  | 'netbox'
  | 'netbox_export'
  | 'netbox_api'
  | 'phpipam'
  | 'infoblox'
  | 'aws_ipam'
  | 'spreadsheet';

/** What who imports must be allowed. */
export const IMPORT_PERMISSION = 'import:write' as string as Schemas['Permission'];

/** What is done with a row. */
export type ImportAction = 'create' | 'update' | 'unchanged' | 'skip' | 'error';

/** Whether errors refuse the whole import, or only their rows. */
export type ImportMode = 'all' | 'partial';

/** What a row becomes. */
export type ImportEntity = 'pool' | 'vrf' | 'account' | 'vlan';

/** How the files are to be read. */
export interface ImportMap {
  readonly columns?: Readonly<Record<string, string | null>>;
  readonly words?: {
    readonly status?: Readonly<Record<string, StatusWord | null>>;
    readonly role?: Readonly<Record<string, Schemas['PoolKind']>>;
    readonly tenant?: Readonly<Record<string, string>>;
  };
  readonly tags?: readonly string[] | 'all';
  readonly vrf?: string;
}

/** What a status of the file is here. */
export interface StatusWord {
  readonly status?: Schemas['PoolStatus'];
  readonly kind?: Schemas['PoolKind'];
}

/** A table that was found in the files. */
export interface ImportTable {
  readonly file: string;
  readonly format: ImportFormat;
  readonly because: string;
  readonly entity: ImportEntity | null;
  readonly encoding: string;
  readonly delimiter: string | null;
  readonly header_line: number | null;
  readonly columns: readonly string[];
  readonly mapping: Readonly<Record<string, string>>;
  readonly unknown: readonly string[];
  readonly sample: readonly (readonly string[])[];
}

/** How many rows have which action. */
export type ImportCounts = Readonly<Record<ImportAction, number>>;

/** A field before and after. */
export interface ImportChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What is done, or was, with one row. */
export interface ImportRow {
  readonly table: number;
  readonly file: string;
  readonly line: number;
  readonly column: string | null;
  readonly entity: ImportEntity | null;
  readonly action: ImportAction;
  readonly code: string | null;
  readonly detail: string | null;
  readonly label: string;
  readonly id: number | null;
  readonly vrf: string | null;
  readonly cidr: string | null;
  readonly changes: readonly ImportChange[] | null;
}

/** The plan of an import, or what came of it. */
export interface ImportAnswer {
  readonly format: ImportFormat;
  readonly plan: string;
  readonly applied: boolean;
  readonly tables: readonly ImportTable[];
  readonly summary: ImportCounts & {
    readonly entities: readonly (ImportCounts & { readonly entity: ImportEntity })[];
  };
  readonly rows: readonly ImportRow[];
  readonly next_cursor: string | null;
}

/** How far the server is. */
export interface ImportProgress {
  readonly stage: 'reading' | 'planning' | 'applying';
  readonly done: number;
  readonly of: number | null;
}

/** What is given to be imported. */
export interface ImportRequest {
  readonly files: readonly File[];
  readonly map: ImportMap;
  readonly query: Readonly<Record<string, string | number | boolean | null | undefined>>;
}

type Line = ImportProgress | { readonly result: ImportAnswer } | { readonly problem: ProblemBody };
type ProblemBody = Schemas['Problem'];

/**
 * Plans an import, or applies it, and tells meanwhile how far it is. What is cut off by its signal
 * writes nothing.
 */
export async function sendImport(
  { files, map, query }: ImportRequest,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<ImportAnswer> {
  const url = new URL('/api/v1/import', window.location.origin);
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
  const body = new FormData();
  if (Object.keys(map).length > 0) body.append('map', JSON.stringify(map));
  for (const file of files) body.append('file', file, file.name);
  const headers = { accept: 'application/x-ndjson' };
  const response = await send(new Request(url, { method: 'POST', body, headers, signal }));
  for await (const text of readLines(response)) {
    const line = JSON.parse(text) as Line;
    if ('result' in line) return line.result;
    if ('problem' in line) throw new ApiProblem(line.problem.status, line.problem);
    onProgress(line);
  }
  throw new TypeError('The answer ended before its result.');
}

/** A map that was saved by a name. */
export interface SavedMap {
  readonly name: string;
  readonly map: ImportMap;
  readonly updated_at: string;
}

const MAPS = '/api/v1/import/maps';
const at = (path: string) => new URL(path, window.location.origin);

/** Calls on maps that are saved by name. */
export const importMapsApi = {
  list: async (signal?: AbortSignal) =>
    (await (await send(new Request(at(MAPS), { signal }))).json()) as { items: SavedMap[] },
  save: (name: string, map: ImportMap) =>
    send(
      new Request(at(`${MAPS}/${encodeURIComponent(name)}`), {
        method: 'PUT',
        body: JSON.stringify({ map }),
        headers: { 'content-type': 'application/json' },
      }),
    ),
  remove: (name: string) =>
    send(new Request(at(`${MAPS}/${encodeURIComponent(name)}`), { method: 'DELETE' })),
};
