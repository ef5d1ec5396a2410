import type { operations, QueryOf } from '@cloudpam/api-client';

/**
 * A query as the address of a page holds it: its parameters are those of the operation, and may be
 * texts, which the server reads and checks.
 */
export type TextQuery<Id extends keyof operations> = {
  readonly [Name in keyof QueryOf<Id>]?: QueryOf<Id>[Name] | string | readonly string[] | null;
};

/** The query to send: what is empty is left out. */
export function queryOf<Id extends keyof operations>(query: TextQuery<Id>): QueryOf<Id> {
  const filled = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  return Object.fromEntries(filled) as QueryOf<Id>; // A query travels as text, whatever it holds.
}
