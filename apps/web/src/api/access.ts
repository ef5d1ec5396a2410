import { request, requestFile } from './request';
import type { Query } from './request';
import { session } from './session';
import type { Page } from './wire';
import type { AuditPage, Me, NewToken, Role, SearchAnswer, Token } from './wire-access';

/** What a new token may do. */
export interface TokenRequest {
  readonly name: string;
  readonly role: Role;
  readonly read_only?: boolean;
  readonly shared_resources?: boolean;
  readonly accounts?: readonly string[] | null;
  readonly pools?: readonly number[] | null;
  readonly expires_at?: string;
}

/** The caller; with a token, whoever that token belongs to. */
export async function fetchMe(signal?: AbortSignal, token?: string): Promise<Me> {
  const me = await request<Me>('GET', '/me', { signal, token });
  // A login in another tab has another proof.
  if (me.csrf_token !== null && me.csrf_token !== session.csrf())
    session.byCookie(me.csrf_token, me.actor.id, me.provider ?? undefined);
  return me;
}

/** Calls on API tokens. */
export const tokensApi = {
  list: (query: Query, signal?: AbortSignal) =>
    request<Page<Token>>('GET', '/tokens', { query, signal }),
  create: (body: TokenRequest, idempotencyKey: string) =>
    request<NewToken>('POST', '/tokens', { body, idempotencyKey }),
  rotate: (id: number) => request<NewToken>('POST', `/tokens/${id}/rotate`),
  revoke: (id: number) => request<void>('DELETE', `/tokens/${id}`),
};

/** Who changed what, newest first. */
export function fetchAudit(query: Query, signal?: AbortSignal): Promise<AuditPage> {
  return request<AuditPage>('GET', '/audit', { query, signal });
}

/** Anything pasted: an address, a CIDR, a range, a cloud id, a name, `key:value`. */
export function fetchSearch(query: Query, signal?: AbortSignal): Promise<SearchAnswer> {
  return request<SearchAnswer>('GET', '/search', { query, signal });
}

/** ZIP of CSV files, one per data set, each with what its list has under these filters. */
export function fetchExport(datasets: readonly string[], filters: Query = {}): Promise<Blob> {
  return requestFile('/export', { datasets: datasets.join(','), ...filters });
}
