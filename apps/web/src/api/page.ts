import type { Schemas } from '@cloudpam/api-client';

/** A page of a list. `next_cursor` is null on the last one. */
export type Page<T> = Omit<Schemas['AccountList'], 'items'> & { readonly items: readonly T[] };
