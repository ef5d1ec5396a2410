import { typedIn, type AccountFilter, type Provider } from '@cloudpam/pools';

/** The parameters that narrow the list of accounts. */
export interface AccountQuery {
  provider?: Provider;
  environment?: string;
  q?: string;
}

/** What the parameters ask for, as the store takes it; an ARN means the account that it ends with. */
export function accountFilterOf({ provider, environment, q }: AccountQuery): AccountFilter {
  const typed = typedIn(q);
  return { provider, environment, text: typed?.cloudId ?? typed?.text };
}

/** How `q` was read, where that is not word for word. */
export function accountReadAs(q: string | undefined): string | null {
  const typed = typedIn(q);
  return typed?.cloudId === undefined ? null : typed.readAs;
}
