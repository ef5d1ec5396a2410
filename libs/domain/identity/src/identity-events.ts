import {
  eventsOf,
  eventType,
  type Changed,
  type Created,
  type EventWriter,
  type Facts,
} from '@cloudpam/audit';
import type { Limits, Role } from './token';
import type { UserRole } from './user';

/** What the audit trail tells of a user, in version 1. */
export type UserFacts = {
  readonly provider: string;
  readonly subject: string;
  readonly email: string | null;
  readonly name: string;
  readonly role: UserRole;
  readonly role_pinned: boolean;
  readonly active: boolean;
  readonly accounts: Limits['accounts'];
  readonly pools: Limits['pools'];
};

/** What the audit trail tells of a token, in version 1; never its secret. */
export type TokenFacts = {
  readonly name: string;
  readonly role: Role;
  readonly read_only: boolean;
  readonly shared_resources: boolean;
  readonly accounts: Limits['accounts'];
  readonly pools: Limits['pools'];
  /** ISO 8601 */
  readonly expires_at: string | null;
};

/** All that happens to tokens and people. None of it has a place. */
export const IDENTITY_EVENTS = {
  'token.create': eventType<Created<TokenFacts>>(),
  /** Words for the secrets, never these. */
  'token.rotate': eventType<Changed<{ readonly secret: 'the former one' | 'a new one' }>>(),
  'token.revoke': eventType<Changed<{ readonly revoked_at: string | null }>>(),
  'user.create': eventType<Created<UserFacts>>(),
  'user.update': eventType<Changed<UserFacts>>(),
  'user.log_in': eventType<Created<{ readonly provider: string; readonly ip: string }>>(),
  /** Why, and what the provider said. */
  'user.log_in_refused': eventType<Created<Facts>>(),
  'user.log_out': eventType<{ readonly before: null; readonly after: null }>(),
  'user.end_sessions': eventType<Changed<{ readonly sessions: number }>>(),
  /** Why, and how many. */
  'user.session_ended': eventType<{
    readonly before: { readonly sessions: number } | null;
    readonly after: Facts;
  }>(),
};

/** Writes the events of tokens and people. */
export const identityEvent: EventWriter<typeof IDENTITY_EVENTS> = eventsOf(IDENTITY_EVENTS);
