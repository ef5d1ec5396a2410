import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import type { Page } from './page';
import type { TextQuery } from './query';
import { ifMatch } from './write';

/** Calls on a kind of record that is listed, created, changed and deleted. */
export interface RecordsApi<T, New, Patch> {
  /** Root of the query keys, and the name of the data set. */
  readonly name: 'addresses' | 'ranges' | 'accounts' | 'vrfs' | 'vlan-groups' | 'vlans';
  /** The pool whose records alone these are. */
  readonly of?: number;
  list(query: TextQuery<'listVlans'>, signal?: AbortSignal): Promise<Page<T>>;
  create(body: New, idempotencyKey: string): Promise<unknown>;
  change(record: T, body: Patch): Promise<T>;
  remove(record: T): Promise<unknown>;
}

/** Which record a change is about, and the version that it was read in. */
export function changed({ id, version }: { readonly id: number; readonly version: number }) {
  return { path: { id }, header: ifMatch(version) };
}

/** The regions of pools, accounts and listings. */
export function fetchRegions(signal?: AbortSignal): Promise<Schemas['Regions']> {
  return answerOf(api.GET('/api/v1/regions', { signal }));
}
