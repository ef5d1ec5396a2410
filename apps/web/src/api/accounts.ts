import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { queryOf } from './query';
import { changed, type RecordsApi } from './records';
import { keyHeader } from './write';

/** Calls on accounts. */
export const accountsApi: RecordsApi<
  Schemas['Account'],
  Schemas['NewAccount'],
  Schemas['AccountPatch']
> = {
  name: 'accounts',
  list: (query, signal) =>
    answerOf(
      api.GET('/api/v1/accounts', { params: { query: queryOf<'listAccounts'>(query) }, signal }),
    ),
  create: (body, idempotencyKey) =>
    answerOf(api.POST('/api/v1/accounts', { params: { header: keyHeader(idempotencyKey) }, body })),
  change: (record, body) =>
    answerOf(api.PATCH('/api/v1/accounts/{id}', { params: changed(record), body })),
  remove: ({ id }) => answerOf(api.DELETE('/api/v1/accounts/{id}', { params: { path: { id } } })),
};
