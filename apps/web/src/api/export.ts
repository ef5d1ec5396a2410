import { api } from './client';
import { queryOf } from './query';
import type { TextQuery } from './query';

/** A file that the server is still writing. */
export interface ExportStream {
  /** As the server calls it. */
  readonly name: string;
  readonly bytes: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** Begins an export. @throws ApiProblem when it is refused */
export async function openExport(
  query: TextQuery<'export'>,
  signal: AbortSignal,
): Promise<ExportStream> {
  const params = { query: queryOf<'export'>(query) };
  const { data, response } = await api.GET('/api/v1/export', { params, parseAs: 'stream', signal });
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return {
    name: name ?? 'cloudpam-export',
    bytes: data as ReadableStream<Uint8Array<ArrayBuffer>>, // as `parseAs` says
  };
}
