import type { Account, Pool } from './wire';
import type { Resource } from './wire-discovery';

/** Who is asking, what was done and by whom, and search, on the wire; see `wire.ts`. */
export type Role = 'viewer' | 'editor' | 'admin' | 'collector';

export interface Actor {
  readonly type: string;
  readonly id: string | number | null;
  readonly name: string;
}

export interface Me {
  readonly actor: Actor;
  readonly role: Role;
  readonly read_only: boolean;
  readonly accounts: readonly string[] | null;
  readonly permissions: readonly string[];
  readonly version: string;
}

export interface Token {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly read_only: boolean;
  readonly accounts: readonly string[] | null;
  readonly created_by: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

/** A new token; the secret is in this answer and never again. */
export interface NewToken extends Token {
  readonly secret: string;
}

export type Snapshot = Readonly<Record<string, unknown>>;

export interface AuditEntry {
  readonly id: number | string;
  readonly timestamp: string;
  readonly actor: Actor;
  readonly action: string;
  readonly entity_type: string;
  readonly entity_id: number | string;
  readonly diff: { readonly before?: Snapshot | null; readonly after?: Snapshot | null } | null;
  readonly request_id: string | null;
  readonly reason: string | null;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly total: number;
}

export type SearchType = 'pool' | 'account' | 'block' | 'resource';

export interface SearchResult {
  readonly type: SearchType;
  readonly id: number | string;
  readonly title: string;
  readonly subtitle: string;
  readonly cidr?: string;
  readonly pool?: Pool;
  readonly account?: Account;
  readonly resource?: Resource;
  readonly match: string;
}

export interface SearchAnswer {
  readonly query_kind: 'ip' | 'cidr' | 'range' | 'tag' | 'text';
  readonly results: readonly SearchResult[];
  readonly total: number;
}
