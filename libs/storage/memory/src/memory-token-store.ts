import { isLimited, isLive } from '@cloudpam/identity';
import type { NameFilter, Role, Token, TokenStore } from '@cloudpam/identity';
import { StoredConflict } from '@cloudpam/pools';
import { pageOf } from './page-of';
import type { Tables } from './stores';

/** API tokens over a Map. */
export class MemoryTokenStore implements TokenStore {
  constructor(private readonly tables: Tables) {}

  async byPublicId(publicId: string): Promise<Token | undefined> {
    return this.tables.tokens.all().find((token) => token.publicId === publicId);
  }

  async get(id: number): Promise<Token | undefined> {
    return this.tables.tokens.get(id);
  }

  async list(
    { name }: NameFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Token[]; total: number }> {
    return pageOf(
      this.tables.tokens
        .all()
        .filter((each) => name === undefined || each.name === name)
        .sort((a, b) => b.id - a.id),
      page,
      pageSize,
    );
  }

  async activeCount(role: Role, at: Date): Promise<number> {
    return this.tables.tokens
      .all()
      .filter(
        (token) => token.role === role && !token.readOnly && !isLimited(token) && isLive(token, at),
      ).length;
  }

  async hold(): Promise<void> {
    // Runs come one after the other.
  }

  async insert(token: Omit<Token, 'id'>): Promise<Token> {
    if (await this.byPublicId(token.publicId)) throw new StoredConflict('token_public_id');
    const stored = { ...token, id: this.tables.tokens.takeId() };
    this.tables.tokens.set(stored.id, stored);
    return stored;
  }

  async revoke(id: number, at: Date): Promise<void> {
    this.tables.tokens.update(id, (token) => ({ ...token, revokedAt: at }));
  }

  async rotate(id: number, secretHash: Uint8Array): Promise<void> {
    this.tables.tokens.update(id, (token) => ({ ...token, secretHash }));
  }

  async touch(id: number, lastUsedAt: Date): Promise<void> {
    this.tables.tokens.update(id, (token) => ({ ...token, lastUsedAt }));
  }
}
