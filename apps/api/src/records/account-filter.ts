import { typedIn, type AccountFilter } from '@cloudpam/pools';
import type { AccountFilterQuery } from './dto/account.dto';

type AccountQuery = Pick<AccountFilterQuery, 'provider' | 'environment' | 'q'>;

/**
 * What the parameters ask for, as the store takes it; an ARN means the account that it ends with.
 */
export function accountFilterOf({ provider, environment, q }: AccountQuery): AccountFilter {
  const typed = typedIn(q);
  return { provider, environment, text: typed?.cloudId ?? typed?.text };
}

/** How `q` was read, where that is not word for word. */
export function accountReadAs(q: string | undefined): string | null {
  const typed = typedIn(q);
  return typed?.cloudId === undefined ? null : typed.readAs;
}
