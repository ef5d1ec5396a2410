import type { Actor } from '@cloudpam/audit';
import type { Limits, Role, Token } from './token';
import type { User } from './user';

/** Whoever a request is from, person or token: what access is decided by. */
export interface Principal extends Limits {
  readonly actor: Actor;
  readonly role: Role;
  readonly readOnly: boolean;
  /** May report resources of owners beyond its accounts: see `Token`. */
  readonly sharedResources: boolean;
}

/** Who a request with this token comes from, and what they may do. */
export function principalOfToken({
  publicId,
  name,
  role,
  readOnly,
  sharedResources,
  accounts,
  pools,
}: Token): Principal {
  const actor: Actor = { type: role === 'collector' ? 'collector' : 'token', id: publicId, name };
  return { actor, role, readOnly, sharedResources, accounts, pools };
}

/** Who a request in a session of this user comes from, and what they may do. */
export function principalOfUser(user: User): Principal {
  return {
    actor: userActor(user),
    role: user.role,
    readOnly: false,
    sharedResources: false,
    accounts: user.accounts,
    pools: user.pools,
  };
}

/** A user as an actor: `user:7`, which no token can be. */
export function userActor({ id, name }: { readonly id: number; readonly name: string }): Actor {
  return { type: 'user', id: `user:${id}`, name };
}
