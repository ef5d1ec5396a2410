import type { Schemas } from '@cloudpam/api-client';
import { plural } from '../format/counts';

/** What a token, a user or the caller is limited to; null: not limited in this. */
export type Limits = Pick<Schemas['Me'], 'accounts' | 'pools'>;

export function isLimited({ accounts, pools }: Limits): boolean {
  return accounts !== null || pools !== null;
}

/** `2 accounts and 1 pool`, or undefined without limits. */
export function limitsText({ accounts, pools }: Limits): string | undefined {
  const parts = [
    accounts && plural(accounts.length, 'account'),
    pools && plural(pools.length, 'pool'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? undefined : parts.join(' and ');
}

/** An empty choice limits nothing. */
export function limitOf<T>(chosen: readonly T[]): T[] | null {
  return chosen.length === 0 ? null : [...chosen];
}
