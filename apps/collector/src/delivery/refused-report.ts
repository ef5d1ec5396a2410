import type { Schemas } from '@cloudpam/api-client';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Posting } from './post-snapshot';

const LONGEST_MESSAGE = 5_000;

/**
 * The report of a scope that the server refused: the same scope as failed, with what was refused
 * and without what was listed. The server can take that whatever was wrong with the rest.
 */
export async function refusedReport(
  posting: Posting,
  { code, detail }: { readonly code: string; readonly detail: string },
): Promise<Posting> {
  const body = JSON.parse(
    (await promisify(gunzip)(posting.payload)).toString('utf8'),
  ) as Schemas['Snapshot']; // packed by `packSnapshot`
  const message = `the server refused what was listed: ${code}: ${detail}`.slice(
    0,
    LONGEST_MESSAGE,
  );
  const scopes = body.scopes.map(({ part: _1, addresses: _2, interfaces, ...scope }) => ({
    ...scope,
    coverage: 'failed' as const,
    error: { code: 'report_refused', message },
    ...(interfaces && {
      interfaces: { coverage: 'failed' as const, error: { code: 'report_refused', message } },
    }),
    networks: [],
    resources: [],
  }));
  return {
    ...posting,
    payload: await promisify(gzip)(
      JSON.stringify({ ...body, scopes } satisfies Schemas['Snapshot']),
    ),
  };
}
