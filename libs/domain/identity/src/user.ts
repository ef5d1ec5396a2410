import type { Limits, NameFilter, Role } from './token';

/** What a person can be; `collector` is for tokens only. Lowest first. */
export const USER_ROLES = ['viewer', 'editor', 'admin'] as const satisfies readonly Role[];
/** The roles that a person can have: `collector` is for machines. */
export type UserRole = (typeof USER_ROLES)[number];

/**
 * A person, as an OpenID provider vouches for them. Issuer and subject together say who it is; name
 * and e-mail may change.
 */
export interface User extends Limits {
  readonly id: number;
  /** Name of the provider in the settings, at the last login. */
  readonly provider: string;
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly name: string;
  readonly role: UserRole;
  /** True when the role was set by hand: groups do not change it any more. */
  readonly rolePinned: boolean;
  /** Groups of the last login. */
  readonly groups: readonly string[];
  readonly active: boolean;
  readonly createdAt: Date;
  readonly lastLoginAt: Date;
  /**
   * When a login or a check found that none of their groups has a role any more; null while they
   * have one.
   */
  readonly refusedAt: Date | null;
  /** Counts the changes that people see: role, pin, active, limits, name, e-mail. */
  readonly version: number;
}

/** People, by id in lists. In a run, `get` and `bySubject` lock the user until it ends. */
export interface UserStore {
  get(id: number): Promise<User | undefined>;
  bySubject(issuer: string, subject: string): Promise<User | undefined>;
  list(
    filter: NameFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: User[]; total: number }>;
  /**
   * How many active users have the role and no limits, and were not refused at their last login. In
   * a run they are locked until it ends: no two runs take each other's last one.
   */
  activeCount(role: UserRole): Promise<number>;
  /** @throws StoredConflict for an issuer and subject that are there */
  insert(user: Omit<User, 'id'>): Promise<User>;
  /** Replaces everything but id, issuer, subject and creation. */
  save(user: User): Promise<void>;
}
