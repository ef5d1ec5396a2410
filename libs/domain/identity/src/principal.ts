import type { Actor } from '@cloudpam/audit';
import type { Limits, Role, Token } from './token';
import type { User } from './user';

/** Whoever a request is from, person or token: what access is decided by. */
export interface Principal extends Limits {
  readonly actor: Actor;
  readonly role: Role;
  readonly readOnly: boolean;
}

export function principalOfToken({ publicId, name, role, readOnly, accounts, pools }: Token): Principal {
  return { actor: { type: role === 'collector' ? 'collector' : 'token', id: publicId, name }, role, readOnly, accounts, pools };
}

export function principalOfUser(user: User): Principal {
  return { actor: userActor(user), role: user.role, readOnly: false, accounts: user.accounts, pools: user.pools };
}

/** A user as an actor: `user:7`, which no token can be. */
export function userActor({ id, name }: { readonly id: number; readonly name: string }): Actor {
  return { type: 'user', id: `user:${id}`, name };
}
