import type { Limits, Role } from './token';

/** Why someone of the role cannot be limited so; undefined when they can. */
export function limitsRefusal(role: Role, { accounts, pools }: Limits): string | undefined {
  if (role === 'admin' && (accounts ?? pools))
    return (
      'An admin can make tokens and users without limits, and so cannot be limited. Choose ' +
      'another role, or take the limits away.'
    );
  if (role === 'collector' && pools)
    return 'A collector is limited to accounts, not to pools: it posts what it sees of an account.';
  return undefined;
}
