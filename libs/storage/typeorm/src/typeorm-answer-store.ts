import type { AnswerStore } from '@cloudpam/audit';
import type { Session } from './session';
import { sql } from './sql';

/** Idempotency keys in table `answer`. */
export class TypeOrmAnswerStore implements AnswerStore {
  constructor(private readonly session: Session) {}

  async claim(
    actorId: string,
    key: string,
    fingerprint: string,
    at: Date,
  ): Promise<{ fingerprint: string; answer: string } | undefined> {
    // The insert waits for another run that has the key, and does nothing if that one commits.
    const claimed = await this.session
      .change(sql`insert into answer (actor_id, key, fingerprint, claimed_at)
      values (${actorId}, ${key}, ${fingerprint}, ${at}) on conflict do nothing`);
    if (claimed > 0) return undefined;
    const [row] = await this.session.rows<{ fingerprint: string; answer: string | null }>(
      sql`select fingerprint, answer from answer where actor_id = ${actorId} and key = ${key}`,
    );
    if (row && row.answer !== null) return { fingerprint: row.fingerprint, answer: row.answer };
    await this.session.change(
      sql`update answer
        set fingerprint = ${fingerprint}, claimed_at = ${at} where actor_id = ${actorId} and key = ${key}`,
    );
    return undefined;
  }

  async save(actorId: string, key: string, answer: string): Promise<void> {
    await this.session.change(
      sql`update answer set answer = ${answer} where actor_id = ${actorId} and key = ${key}`,
    );
  }

  purge(before: Date): Promise<number> {
    return this.session.change(sql`delete from answer where claimed_at < ${before}`);
  }
}
