import type {
  LoginAttempt,
  LoginAttemptStore,
  User,
  UserSession,
  UserSessionStore,
} from '@cloudpam/identity';
import type { Session } from './session';
import { raw, sql } from './sql';
import { userFromRow, type UserRow } from './user-row';
import { timeOf } from './values';

interface UserSessionRow {
  readonly session_id: number;
  readonly secret_hash: Buffer;
  readonly user_id: number;
  readonly session_provider: string;
  readonly begun_at: Date | number;
  readonly expires_at: Date | number;
  readonly last_used_at: Date | number;
  readonly user_agent: string;
  readonly ip: string;
  readonly id_token: string | null;
  readonly sid: string | null;
  readonly logout_hint: string | null;
  readonly refresh_token: string | null;
  readonly checked_at: Date | number;
  readonly check_after: Date | number | null;
}

/** Beside the columns of a user, of which some have the same names. */
const FIELDS =
  raw(`s.id as session_id, s.secret_hash, s.user_id, s.provider as session_provider, s.created_at as begun_at,
    s.expires_at, s.last_used_at,
  s.user_agent, s.ip, s.id_token, s.sid, s.logout_hint, s.refresh_token, s.checked_at, s.check_after`);

/** Sessions of people in table `user_session`. */
export class TypeOrmUserSessionStore implements UserSessionStore {
  constructor(private readonly session: Session) {}

  async bySecretHash(
    secretHash: Uint8Array,
  ): Promise<{ session: UserSession; user: User } | undefined> {
    const [row] = await this.session.rows<UserSessionRow & UserRow>(sql`select ${FIELDS}, u.*
      from user_session s join app_user u on u.id = s.user_id where s.secret_hash = ${secretHash}`);
    return row && { session: sessionFromRow(row), user: userFromRow(row) };
  }

  async ofUser(userId: number): Promise<UserSession[]> {
    const rows = await this.session.rows<UserSessionRow>(
      sql`select ${FIELDS} from user_session s where s.user_id = ${userId} order by s.id desc`,
    );
    return rows.map(sessionFromRow);
  }

  async insert(session: Omit<UserSession, 'id'>): Promise<UserSession> {
    const [row] = await this.session.rows<{
      id: number;
    }>(sql`insert into user_session (secret_hash, user_id, provider, created_at, expires_at, last_used_at, user_agent,
      ip, id_token, sid, logout_hint, refresh_token, checked_at, check_after)
      values
      (${session.secretHash}, ${session.userId}, ${session.provider}, ${session.createdAt}, ${session.expiresAt},
        ${session.lastUsedAt}, ${session.userAgent},
        ${session.ip}, ${session.idToken}, ${session.sid}, ${session.logoutHint},
        ${session.refreshToken}, ${session.checkedAt}, ${session.checkAfter})
      returning id`);
    return { ...session, id: row?.id ?? 0 };
  }

  async touch(id: number, lastUsedAt: Date): Promise<void> {
    await this.session.change(
      sql`update user_session set last_used_at = ${lastUsedAt} where id = ${id}`,
    );
  }

  async end(id: number): Promise<boolean> {
    return (await this.session.change(sql`delete from user_session where id = ${id}`)) > 0;
  }

  endOfUser(userId: number): Promise<number> {
    return this.session.change(sql`delete from user_session where user_id = ${userId}`);
  }

  async atProvider(
    issuer: string,
    sid: string | null,
    subject: string | null,
  ): Promise<UserSession[]> {
    const bySid =
      sid === null
        ? raw('')
        : subject === null
          ? sql`and s.sid = ${sid}`
          : sql`and (s.sid = ${sid} or s.sid is null)`;
    const bySubject = subject === null ? raw('') : sql`and u.subject = ${subject}`;
    const rows = await this.session.rows<UserSessionRow>(
      sql`select ${FIELDS} from user_session s join app_user u on u.id = s.user_id
      where u.issuer = ${issuer} ${bySid} ${bySubject} order by s.id`,
      { once: true },
    );
    return rows.map(sessionFromRow);
  }

  async claimCheck(id: number, checkedAt: Date, now: Date, checkAfter: Date): Promise<boolean> {
    return (
      (await this.session.change(sql`update user_session set check_after = ${checkAfter}
      where id = ${id} and checked_at = ${checkedAt} and (check_after is null or check_after <= ${now})`)) >
      0
    );
  }

  async checked(id: number, checkedAt: Date, refreshToken: string | null): Promise<void> {
    await this.session.change(
      sql`update user_session set checked_at = ${checkedAt}, check_after = null,
        refresh_token = ${refreshToken} where id = ${id}`,
    );
  }

  async postponeCheck(id: number, checkAfter: Date): Promise<void> {
    await this.session.change(
      sql`update user_session set check_after = ${checkAfter} where id = ${id}`,
    );
  }

  async useLogoutToken(hash: Uint8Array, expiresAt: Date): Promise<boolean> {
    return (
      (await this.session.change(
        sql`insert into logout_token (hash, expires_at) values (${hash}, ${expiresAt}) on conflict do nothing`,
      )) > 0
    );
  }

  async purge(expired: Date, idle: Date): Promise<number> {
    await this.session.change(sql`delete from logout_token where expires_at < ${expired}`);
    return this.session.change(
      sql`delete from user_session where expires_at < ${expired} or last_used_at < ${idle}`,
    );
  }
}

/** Logins under way in table `login_attempt`. */
export class TypeOrmLoginAttemptStore implements LoginAttemptStore {
  constructor(private readonly session: Session) {}

  async insert({ secretHash, provider, returnTo, expiresAt }: LoginAttempt): Promise<void> {
    await this.session.change(
      sql`insert into login_attempt (secret_hash, provider, return_to, expires_at)
        values (${secretHash}, ${provider}, ${returnTo}, ${expiresAt})`,
    );
  }

  async take(secretHash: Uint8Array): Promise<LoginAttempt | undefined> {
    const [row] = await this.session.rows<{
      provider: string;
      return_to: string;
      expires_at: Date | number;
    }>(
      sql`delete from login_attempt where secret_hash = ${secretHash} returning provider, return_to, expires_at`,
    );
    return (
      row && {
        secretHash,
        provider: row.provider,
        returnTo: row.return_to,
        expiresAt: timeOf(row.expires_at),
      }
    );
  }

  purge(before: Date): Promise<number> {
    return this.session.change(sql`delete from login_attempt where expires_at < ${before}`);
  }
}

function sessionFromRow(row: UserSessionRow): UserSession {
  return {
    id: row.session_id,
    secretHash: Uint8Array.from(row.secret_hash),
    userId: row.user_id,
    provider: row.session_provider,
    createdAt: timeOf(row.begun_at),
    expiresAt: timeOf(row.expires_at),
    lastUsedAt: timeOf(row.last_used_at),
    userAgent: row.user_agent,
    ip: row.ip,
    idToken: row.id_token,
    sid: row.sid,
    logoutHint: row.logout_hint,
    refreshToken: row.refresh_token,
    checkedAt: timeOf(row.checked_at),
    checkAfter: row.check_after === null ? null : timeOf(row.check_after),
  };
}
