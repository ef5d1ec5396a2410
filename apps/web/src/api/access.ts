import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { queryOf } from './query';
import type { TextQuery } from './query';
import { session } from './session';
import { keyHeader } from './write';

/** The caller; with a token, whoever that token belongs to. */
export async function fetchMe(signal?: AbortSignal, token?: string): Promise<Schemas['Me']> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const me = await answerOf(api.GET('/api/v1/me', { headers, signal }));
  // A login in another tab has another proof.
  if (me.csrf_token !== null && me.csrf_token !== session.csrf())
    session.byCookie(me.csrf_token, me.actor.id, me.provider ?? undefined);
  return me;
}

/** What the server is. */
export const fetchSystem = (signal?: AbortSignal) =>
  answerOf(api.GET('/api/v1/system', { signal }));

/** Calls on API tokens. */
export const tokensApi = {
  list: (query: TextQuery<'listTokens'>, signal?: AbortSignal) =>
    answerOf(
      api.GET('/api/v1/tokens', { params: { query: queryOf<'listTokens'>(query) }, signal }),
    ),
  create: (body: Schemas['TokenRequest'], idempotencyKey: string) =>
    answerOf(api.POST('/api/v1/tokens', { params: { header: keyHeader(idempotencyKey) }, body })),
  rotate: (id: number) =>
    answerOf(api.POST('/api/v1/tokens/{id}/rotate', { params: { path: { id } } })),
  revoke: (id: number) => answerOf(api.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
};

/** Who changed what, newest first. */
export function fetchAudit(
  query: TextQuery<'listAuditEntries'>,
  signal?: AbortSignal,
): Promise<Schemas['AuditList']> {
  return answerOf(
    api.GET('/api/v1/audit', { params: { query: queryOf<'listAuditEntries'>(query) }, signal }),
  );
}

/** Anything pasted: an address, a CIDR, a range, a cloud id, a name, `key:value`. */
export function fetchSearch(
  query: TextQuery<'search'>,
  signal?: AbortSignal,
): Promise<Schemas['SearchAnswer']> {
  return answerOf(
    api.GET('/api/v1/search', { params: { query: queryOf<'search'>(query) }, signal }),
  );
}
