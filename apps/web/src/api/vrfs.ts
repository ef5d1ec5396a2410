import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { queryOf } from './query';
import { changed, type RecordsApi } from './records';
import { keyHeader } from './write';

/** Calls on VRFs. */
export const vrfsApi: RecordsApi<Schemas['Vrf'], Schemas['NewVrf'], Schemas['VrfPatch']> = {
  name: 'vrfs',
  list: (query, signal) =>
    answerOf(api.GET('/api/v1/vrfs', { params: { query: queryOf<'listVrfs'>(query) }, signal })),
  create: (body, idempotencyKey) =>
    answerOf(api.POST('/api/v1/vrfs', { params: { header: keyHeader(idempotencyKey) }, body })),
  change: (record, body) =>
    answerOf(api.PATCH('/api/v1/vrfs/{id}', { params: changed(record), body })),
  remove: ({ id }) => answerOf(api.DELETE('/api/v1/vrfs/{id}', { params: { path: { id } } })),
};
