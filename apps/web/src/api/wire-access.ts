import type { Schemas } from '@cloudpam/api-client';

/** Who is asking, what was done and by whom, and search, on the wire; see `wire.ts`. */
export type Role = 'viewer' | 'editor' | 'admin' | 'collector';

export interface Actor {
  readonly type: string;
  readonly id: string | number | null;
  readonly name: string;
}

export type Me = Schemas['Me'];

export type Token = Schemas['Token'];

/** A new token; the secret is in this answer and never again. */
export type NewToken = Schemas['NewToken'];

export type Snapshot = Readonly<Record<string, unknown>>;

export type AuditEntry = Schemas['AuditEntry'];

export type AuditPage = Schemas['AuditList'];

export type SearchType = 'pool' | 'account' | 'block' | 'resource';

export type SearchResult = Schemas['SearchResult'];

export type SearchAnswer = Schemas['SearchAnswer'];
