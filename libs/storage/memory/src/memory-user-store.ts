import { isLimited } from '@cloudpam/identity';
import type { NameFilter, User, UserRole, UserStore } from '@cloudpam/identity';
import { StoredConflict } from '@cloudpam/pools';
import { pageOf } from './page-of';
import type { Tables } from './stores';

/** People over a Map. */
export class MemoryUserStore implements UserStore {
  constructor(private readonly tables: Tables) {}

  async get(id: number): Promise<User | undefined> {
    return this.tables.users.get(id);
  }

  async bySubject(issuer: string, subject: string): Promise<User | undefined> {
    return this.tables.users
      .all()
      .find((user) => user.issuer === issuer && user.subject === subject);
  }

  async list(
    { name }: NameFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: User[]; total: number }> {
    return pageOf(
      this.tables.users
        .all()
        .filter((each) => name === undefined || each.name === name)
        .sort((a, b) => a.id - b.id),
      page,
      pageSize,
    );
  }

  async activeCount(role: UserRole): Promise<number> {
    return this.tables.users
      .all()
      .filter(
        (user) => user.active && user.refusedAt === null && user.role === role && !isLimited(user),
      ).length;
  }

  async insert(user: Omit<User, 'id'>): Promise<User> {
    if (await this.bySubject(user.issuer, user.subject))
      throw new StoredConflict('app_user_subject');
    const stored = { ...user, id: this.tables.users.takeId() };
    this.tables.users.set(stored.id, stored);
    return stored;
  }

  async save(user: User): Promise<void> {
    this.tables.users.update(user.id, ({ issuer, subject, createdAt }) => ({
      ...user,
      issuer,
      subject,
      createdAt,
    }));
  }
}
