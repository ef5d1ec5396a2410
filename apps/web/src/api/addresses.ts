import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { queryOf, type TextQuery } from './query';
import { changed, type RecordsApi } from './records';
import { keyHeader } from './write';

type Address = Schemas['Address'];

/** Address records of all VRFs, in address order. */
export function fetchAddresses(
  query: TextQuery<'listAddresses'>,
  signal?: AbortSignal,
): Promise<Schemas['AddressList']> {
  return answerOf(
    api.GET('/api/v1/addresses', { params: { query: queryOf<'listAddresses'>(query) }, signal }),
  );
}

/** Calls on address records of all VRFs. */
export const addressesApi: RecordsApi<Address, Schemas['NewAddress'], Schemas['AddressPatch']> = {
  name: 'addresses',
  list: fetchAddresses,
  create: (body, idempotencyKey) =>
    answerOf(
      api.POST('/api/v1/addresses', { params: { header: keyHeader(idempotencyKey) }, body }),
    ),
  change: (record, body) =>
    answerOf(api.PATCH('/api/v1/addresses/{id}', { params: changed(record), body })),
  remove: ({ id }) => answerOf(api.DELETE('/api/v1/addresses/{id}', { params: { path: { id } } })),
};

/** Changes the same of many addresses, or gives them back: all, or none. */
export function changeAddresses(
  body: Schemas['BulkAddresses'],
  idempotencyKey: string,
): Promise<Schemas['Addresses']> {
  return answerOf(
    api.POST('/api/v1/addresses/bulk', { params: { header: keyHeader(idempotencyKey) }, body }),
  );
}

/** The address records that lie in a pool itself, and which of its addresses nobody gets. */
export function fetchPoolAddresses(
  id: number,
  query: TextQuery<'listPoolAddresses'>,
  signal?: AbortSignal,
): Promise<Schemas['PoolAddressList']> {
  return answerOf(
    api.GET('/api/v1/pools/{id}/addresses', {
      params: { path: { id }, query: queryOf<'listPoolAddresses'>(query) },
      signal,
    }),
  );
}

/** What has the addresses of a pool in clouds, in address order. */
export function fetchObservedAddresses(
  id: number,
  query: TextQuery<'listObservedAddresses'>,
  signal?: AbortSignal,
): Promise<Schemas['ObservedAddressList']> {
  return answerOf(
    api.GET('/api/v1/pools/{id}/observed-addresses', {
      params: { path: { id }, query: queryOf<'listObservedAddresses'>(query) },
      signal,
    }),
  );
}

/** How hosts fill a pool. */
export function fetchHostUsage(id: number, signal?: AbortSignal): Promise<Schemas['HostUsage']> {
  return answerOf(api.GET('/api/v1/pools/{id}/host-usage', { params: { path: { id } }, signal }));
}

/**
 * The same calls on the addresses of one pool: new ones are taken out of what is free in it.
 * @param isAccepting also of what hosts may have that nobody has counted
 */
export function poolAddressesApi(
  id: number,
  isAccepting: boolean,
): RecordsApi<Address, Schemas['AddressAllocation'], Schemas['AddressPatch']> {
  return {
    ...addressesApi,
    of: id,
    list: (query, signal) => fetchPoolAddresses(id, query, signal),
    create: (body, idempotencyKey) =>
      answerOf(
        api.POST('/api/v1/pools/{id}/addresses', {
          params: { path: { id }, header: keyHeader(idempotencyKey) },
          body: isAccepting ? { ...body, accept_uncounted_hosts: true } : body,
        }),
      ),
  };
}
