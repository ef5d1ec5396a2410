import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import type { Page } from './page';
import { queryOf } from './query';
import type { TextQuery } from './query';
import { ifMatch, keyHeader } from './write';

/** Calls on a kind of record that is listed, created, changed and deleted. */
export interface RecordsApi<T, New, Patch> {
  /** Root of the query keys: `accounts`. */
  readonly name: string;
  list(query: TextQuery<'listVrfs'>, signal?: AbortSignal): Promise<Page<T>>;
  create(body: New, idempotencyKey: string): Promise<T>;
  change(record: T, body: Patch): Promise<T>;
  remove(record: T): Promise<unknown>;
}

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

function changed({ id, version }: { readonly id: number; readonly version: number }) {
  return { path: { id }, header: ifMatch(version) };
}

/** The regions of pools, accounts and listings. */
export function fetchRegions(signal?: AbortSignal): Promise<Schemas['Regions']> {
  return answerOf(api.GET('/api/v1/regions', { signal }));
}
