import type { Schemas } from '@cloudpam/api-client';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Posting } from './post-snapshot';

/** What a server says to a field that it does not know. */
export const UNKNOWN_FIELD = 'unknown_field';

/**
 * The same posting without the fields that servers before 0.2 refuse, all of which may be left out: what is told of
 * hosts. Undefined where it has none of them.
 */
export async function forOlderServer(posting: Posting): Promise<Posting | undefined> {
  const text = (await promisify(gunzip)(posting.payload)).toString('utf8');
  const body = JSON.parse(text) as Schemas['Snapshot']; // packed by `packSnapshot`
  const scopes = body.scopes.map(({ interfaces: _1, addresses: _2, ...scope }) => ({
    ...scope,
    resources: scope.resources.map(({ free_hosts: _, ...resource }) => resource),
  }));
  const plain = JSON.stringify({ ...body, scopes } satisfies Schemas['Snapshot']);
  if (plain.length === text.length) return undefined;
  return { ...posting, payload: await promisify(gzip)(plain) };
}
