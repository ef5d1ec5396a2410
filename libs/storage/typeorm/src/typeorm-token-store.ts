import type { Repository } from 'typeorm';
import type { NameFilter, Role, Token, TokenStore } from '@cloudpam/identity';
import type { Session } from './session';
import { raw, sql } from './sql';
import { tokenFromRow, tokenToRow, type TokenRow } from './token-row';

/** API tokens in table `token`. */
export class TypeOrmTokenStore implements TokenStore {
  constructor(private readonly session: Session) {}

  async byPublicId(publicId: string): Promise<Token | undefined> {
    const row = await this.orm((rows) => rows.findOneBy({ publicId }));
    return row ? tokenFromRow(row) : undefined;
  }

  async get(id: number): Promise<Token | undefined> {
    const row = await this.orm((rows) => rows.findOneBy({ id }));
    return row ? tokenFromRow(row) : undefined;
  }

  async list(
    { name }: NameFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Token[]; total: number }> {
    const [rows, total] = await this.orm((rows) =>
      rows.findAndCount({
        where: name === undefined ? {} : { name },
        order: { id: 'DESC' },
        skip: (page - 1) * pageSize,
        take: pageSize,
      }),
    );
    return { items: rows.map(tokenFromRow), total };
  }

  async activeCount(role: Role, at: Date): Promise<number> {
    const { dialect, readOnly } = this.session;
    const active = await this.session.rows(
      sql`select id from token t where role = ${role} and read_only = ${false} and revoked_at is null
      and accounts is null and pools is null
      and (expires_at is null or expires_at > ${at}) order by id ${readOnly ? raw('') : dialect.lock('t')}`,
      { once: true },
    );
    return active.length;
  }

  async hold(): Promise<void> {
    await this.session.rows(this.session.dialect.holdTokens);
  }

  async insert(token: Omit<Token, 'id'>): Promise<Token> {
    const { identifiers } = await this.orm((rows) => rows.insert(tokenToRow(token)));
    return { ...token, id: Number(identifiers[0]?.['id']) };
  }

  async revoke(id: number, at: Date): Promise<void> {
    await this.orm((rows) => rows.update({ id }, { revokedAt: at }));
  }

  async rotate(id: number, secretHash: Uint8Array): Promise<void> {
    await this.orm((rows) => rows.update({ id }, { secretHash: Buffer.from(secretHash) }));
  }

  async touch(id: number, lastUsedAt: Date): Promise<void> {
    await this.orm((rows) => rows.update({ id }, { lastUsedAt }));
  }

  private orm<T>(work: (rows: Repository<TokenRow>) => Promise<T>): Promise<T> {
    return this.session.orm((manager) => work(manager.getRepository<TokenRow>('token')));
  }
}
