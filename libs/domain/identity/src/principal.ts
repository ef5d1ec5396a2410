import type { Actor } from '@cloudpam/audit';
import type { Role, Token } from './token';
import type { User } from './user';

/** Whoever a request is from, person or token: what access is decided by. */
export interface Principal {
  readonly actor: Actor;
  readonly role: Role;
  readonly readOnly: boolean;
  /** Account keys the principal is limited to; null: all. */
  readonly accounts: readonly string[] | null;
}

export function principalOfToken({ publicId, name, role, readOnly, accounts }: Token): Principal {
  return { actor: { type: role === 'collector' ? 'collector' : 'token', id: publicId, name }, role, readOnly, accounts };
}

export function principalOfUser(user: User): Principal {
  return { actor: userActor(user), role: user.role, readOnly: false, accounts: null };
}

/** A user as an actor: `user:7`, which no token can be. */
export function userActor({ id, name }: { readonly id: number; readonly name: string }): Actor {
  return { type: 'user', id: `user:${id}`, name };
}
