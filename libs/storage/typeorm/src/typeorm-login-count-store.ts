import type { LoginCount, LoginCountStore } from '@cloudpam/identity';
import type { Session } from './session';
import { sql } from './sql';
import { timeOf } from './values';

/** Counts of attempts to log in, in table `login_count`. */
export class TypeOrmLoginCountStore implements LoginCountStore {
  constructor(private readonly session: Session) {}

  async count(keyHash: Uint8Array, at: Date, endsAt: Date, latest: Date): Promise<LoginCount> {
    const goesOn = sql`login_count.ends_at > ${at} and login_count.ends_at <= ${latest}`;
    const [row] = await this.session.rows<{ attempts: number; ends_at: Date | number }>(
      sql`insert into login_count (key_hash, attempts, ends_at) values (${keyHash}, 1, ${endsAt})
        on conflict (key_hash) do update set
          attempts = case when ${goesOn} then login_count.attempts + 1 else 1 end,
          ends_at = case when ${goesOn} then login_count.ends_at else excluded.ends_at end
        returning attempts, ends_at`,
    );
    return { attempts: row?.attempts ?? 1, endsAt: row ? timeOf(row.ends_at) : endsAt };
  }

  purge(before: Date): Promise<number> {
    return this.session.change(sql`delete from login_count where ends_at < ${before}`);
  }
}
