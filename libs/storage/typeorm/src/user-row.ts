import type { User, UserRole } from '@cloudpam/identity';
import { jsonOf, timeOf } from './values';

/** Table `app_user`, as either driver gives it. */
export interface UserRow {
  readonly id: number;
  readonly provider: string;
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly name: string;
  readonly role: UserRole;
  readonly role_pinned: boolean | number;
  readonly group_names: readonly string[] | string;
  readonly active: boolean | number;
  readonly accounts: readonly string[] | string | null;
  readonly pools: readonly number[] | string | null;
  readonly created_at: Date | number;
  readonly last_login_at: Date | number;
  readonly refused_at: Date | number | null;
  readonly version: number;
}

export function userFromRow(row: UserRow): User {
  return {
    id: row.id,
    provider: row.provider,
    issuer: row.issuer,
    subject: row.subject,
    email: row.email,
    name: row.name,
    role: row.role,
    rolePinned: Boolean(row.role_pinned),
    groups: jsonOf(row.group_names),
    active: Boolean(row.active),
    accounts: jsonOf(row.accounts),
    pools: jsonOf(row.pools),
    createdAt: timeOf(row.created_at),
    lastLoginAt: timeOf(row.last_login_at),
    refusedAt: row.refused_at === null ? null : timeOf(row.refused_at),
    version: row.version,
  };
}
