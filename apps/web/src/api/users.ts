import type { Schemas } from '@cloudpam/api-client';
import { request } from './request';
import type { Query } from './request';
import type { Page } from './wire';

export type User = Schemas['User'];
export type UserSession = Schemas['UserSession'];

export interface UserChange {
  readonly role?: User['role'];
  readonly role_pinned?: boolean;
  readonly active?: boolean;
  readonly accounts?: readonly string[] | null;
  readonly pools?: readonly number[] | null;
}

/** Calls on people who have logged in. */
export const usersApi = {
  list: (query: Query, signal?: AbortSignal) =>
    request<Page<User>>('GET', '/users', { query, signal }),
  change: ({ id, version }: User, body: UserChange) =>
    request<User>('PATCH', `/users/${id}`, { body, version }),
  sessions: (id: number, signal?: AbortSignal) =>
    request<Schemas['UserSessions']>('GET', `/users/${id}/sessions`, { signal }),
  endSessions: (id: number) => request<Schemas['EndedSessions']>('DELETE', `/users/${id}/sessions`),
};
