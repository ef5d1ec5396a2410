/** Every role, from the least to the most rights; `collector` stands beside them. */
export const ROLES = ['viewer', 'editor', 'admin', 'collector'] as const;
/** What a person or a token may do; see `PERMISSIONS`. */
export type Role = (typeof ROLES)[number];

/**
 * The part of the estate that a token or a user is limited to: accounts by their keys, pools by
 * their ids with everything below them. Both narrow; null: not limited in this.
 */
export interface Limits {
  readonly accounts: readonly string[] | null;
  readonly pools: readonly number[] | null;
}

/** Whether the limits narrow anything: some accounts, or some pools. */
export function isLimited({ accounts, pools }: Limits): boolean {
  return accounts !== null || pools !== null;
}

/** An API token. The secret itself is never stored. */
export interface Token extends Limits {
  readonly id: number;
  /** The part of the token text between `cpam_` and the secret: 12 characters, unique. */
  readonly publicId: string;
  readonly name: string;
  readonly role: Role;
  /** SHA-256 of the secret, 32 bytes. */
  readonly secretHash: Uint8Array;
  readonly readOnly: boolean;
  /**
   * A collector limited to accounts may also report resources that others own and share with these.
   */
  readonly sharedResources: boolean;
  /** The id of the actor who made it, and the name they had then. */
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Neither revoked nor expired. */
export function isLive(
  { revokedAt, expiresAt }: Pick<Token, 'revokedAt' | 'expiresAt'>,
  at: Date,
): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > at);
}

/** Which tokens or users a list has: those that fit every given field. */
export interface NameFilter {
  /** Exactly this one. */
  readonly name?: string;
}

/** Tokens, newest first in lists. */
export interface TokenStore {
  byPublicId(publicId: string): Promise<Token | undefined>;
  get(id: number): Promise<Token | undefined>;
  list(
    filter: NameFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Token[]; total: number }>;
  /**
   * How many tokens of the role are neither revoked nor expired at `at`, may write and have no
   * limits. In a run they are locked until it ends: no two runs take each other's last one.
   */
  activeCount(role: Role, at: Date): Promise<number>;
  /**
   * Waits until no other run writes tokens or holds them; then they are this run's alone until it
   * ends.
   */
  hold(): Promise<void>;
  insert(token: Omit<Token, 'id'>): Promise<Token>;
  revoke(id: number, at: Date): Promise<void>;
  /** Gives the token another secret. */
  rotate(id: number, secretHash: Uint8Array): Promise<void>;
  touch(id: number, lastUsedAt: Date): Promise<void>;
}
