import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { queryOf } from './query';
import { changed, type RecordsApi } from './records';
import { keyHeader } from './write';

/** Calls on VLANs. */
export const vlansApi: RecordsApi<Schemas['Vlan'], Schemas['NewVlan'], Schemas['VlanPatch']> = {
  name: 'vlans',
  list: (query, signal) =>
    answerOf(api.GET('/api/v1/vlans', { params: { query: queryOf<'listVlans'>(query) }, signal })),
  create: (body, idempotencyKey) =>
    answerOf(api.POST('/api/v1/vlans', { params: { header: keyHeader(idempotencyKey) }, body })),
  change: (record, body) =>
    answerOf(api.PATCH('/api/v1/vlans/{id}', { params: changed(record), body })),
  remove: ({ id }) => answerOf(api.DELETE('/api/v1/vlans/{id}', { params: { path: { id } } })),
};
