import type { NameFilter, User, UserRole, UserStore } from '@cloudpam/identity';
import type { Session } from './session';
import { countOf } from './simple-rows';
import { raw, sql, where, type Sql } from './sql';
import { userFromRow, type UserRow } from './user-row';

/** People in table `app_user`. */
export class TypeOrmUserStore implements UserStore {
  constructor(private readonly session: Session) {}

  async get(id: number): Promise<User | undefined> {
    const [row] = await this.session.rows<UserRow>(
      sql`select * from app_user u where id = ${id} ${this.lock()}`,
    );
    return row && userFromRow(row);
  }

  async bySubject(issuer: string, subject: string): Promise<User | undefined> {
    const [row] = await this.session.rows<UserRow>(
      sql`select * from app_user u where issuer = ${issuer} and subject = ${subject} ${this.lock()}`,
    );
    return row && userFromRow(row);
  }

  async list(
    { name }: NameFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: User[]; total: number }> {
    const chosen = sql`from app_user ${where(name === undefined ? [] : [sql`name = ${name}`])}`;
    const rows = await this.session.rows<UserRow>(
      sql`select * ${chosen} order by id limit ${pageSize} offset ${(page - 1) * pageSize}`,
      { once: true },
    );
    return {
      items: rows.map(userFromRow),
      total: await countOf(this.session, sql`select count(*) as n ${chosen}`, { once: true }),
    };
  }

  async activeCount(role: UserRole): Promise<number> {
    return (
      await this.session.rows(
        sql`select id from app_user u where role = ${role} and active = ${true}
          and refused_at is null and accounts is null and pools is null order by id ${this.lock()}`,
        { once: true },
      )
    ).length;
  }

  async insert(user: Omit<User, 'id'>): Promise<User> {
    const [row] = await this.session.rows<{
      id: number;
    }>(sql`insert into app_user (provider, issuer, subject, email, name, role, role_pinned, group_names, active,
      accounts, pools, created_at, last_login_at, refused_at, version)
      values
      (${user.provider}, ${user.issuer}, ${user.subject}, ${user.email}, ${user.name}, ${user.role},
        ${user.rolePinned}, ${JSON.stringify(user.groups)},
        ${user.active}, ${jsonText(user.accounts)}, ${jsonText(user.pools)}, ${user.createdAt},
        ${user.lastLoginAt}, ${user.refusedAt}, ${user.version})
      returning id`);
    return { ...user, id: row?.id ?? 0 };
  }

  async save(user: User): Promise<void> {
    await this.session.change(sql`update app_user
        set provider = ${user.provider}, email = ${user.email}, name = ${user.name}, role = ${user.role},
      role_pinned = ${user.rolePinned},
      group_names = ${JSON.stringify(user.groups)}, active = ${user.active}, accounts = ${jsonText(user.accounts)},
      pools = ${jsonText(user.pools)}, last_login_at = ${user.lastLoginAt}, refused_at = ${user.refusedAt},
      version = ${user.version} where id = ${user.id}`);
  }

  private lock(): Sql {
    return this.session.readOnly ? raw('') : this.session.dialect.lock('u');
  }
}

function jsonText(value: readonly (string | number)[] | null): string | null {
  return value && JSON.stringify(value);
}
