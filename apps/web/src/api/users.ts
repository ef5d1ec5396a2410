import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { queryOf } from './query';
import type { TextQuery } from './query';
import { ifMatch } from './write';

/** Calls on people who have logged in. */
export const usersApi = {
  list: (query: TextQuery<'listUsers'>, signal?: AbortSignal) =>
    answerOf(api.GET('/api/v1/users', { params: { query: queryOf<'listUsers'>(query) }, signal })),
  change: ({ id, version }: Schemas['User'], body: Schemas['UserPatch']) =>
    answerOf(
      api.PATCH('/api/v1/users/{id}', { params: { path: { id }, header: ifMatch(version) }, body }),
    ),
  sessions: (id: number, signal?: AbortSignal) =>
    answerOf(api.GET('/api/v1/users/{id}/sessions', { params: { path: { id } }, signal })),
  endSessions: (id: number) =>
    answerOf(api.DELETE('/api/v1/users/{id}/sessions', { params: { path: { id } } })),
};
