import { request } from './request';
import type { Query } from './request';
import type { Account, Page, Vlan, Vrf } from './wire';

/** Calls on a kind of record that is listed, created, changed and deleted. */
export interface RecordsApi<T> {
  /** Root of the query keys and of the path: `accounts`. */
  readonly name: string;
  list(query: Query, signal?: AbortSignal): Promise<Page<T>>;
  create(body: Partial<T>, idempotencyKey: string): Promise<T>;
  change(record: T, body: Partial<T>): Promise<T>;
  remove(record: T): Promise<void>;
}

function recordsApi<T extends { readonly id: number; readonly version: number }>(
  name: string,
): RecordsApi<T> {
  return {
    name,
    list: (query, signal) => request<Page<T>>('GET', `/${name}`, { query, signal }),
    create: (body, idempotencyKey) => request<T>('POST', `/${name}`, { body, idempotencyKey }),
    change: (record, body) =>
      request<T>('PATCH', `/${name}/${record.id}`, { body, version: record.version }),
    remove: (record) => request<void>('DELETE', `/${name}/${record.id}`),
  };
}

export const accountsApi = recordsApi<Account>('accounts');
export const vrfsApi = recordsApi<Vrf>('vrfs');
export const vlansApi = recordsApi<Vlan>('vlans');

/** The regions of pools, accounts and listings. */
export function fetchRegions(signal?: AbortSignal): Promise<{ items: { region: string }[] }> {
  return request('GET', '/regions', { signal });
}
