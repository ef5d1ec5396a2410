import type { AnswerClaim, AnswerStore, Claimed } from '@cloudpam/audit';
import type { Session } from './session';
import { sql } from './sql';

/** Idempotency keys in table `answer`. */
export class TypeOrmAnswerStore implements AnswerStore {
  constructor(private readonly session: Session) {}

  async claim(
    ...[actorId, key, fingerprint, at]: AnswerClaim
  ): Promise<{ fingerprint: string; answer: string } | undefined> {
    const { holdKey } = this.session.dialect;
    // Whoever has the key in another run is waited for.
    if (holdKey) await this.session.rows(holdKey(actorId, key));
    const claimed = await this.session
      .change(sql`insert into answer (actor_id, key, fingerprint, claimed_at)
      values (${actorId}, ${key}, ${fingerprint}, ${at}) on conflict do nothing`);
    return claimed > 0 ? undefined : this.known([actorId, key, fingerprint, at]);
  }

  /** What a key that is there already has; one that was left without an answer is taken. */
  private async known([actorId, key, fingerprint, at]: AnswerClaim): Promise<
    { fingerprint: string; answer: string } | undefined
  > {
    const taken = await this.session.change(
      sql`update answer set fingerprint = ${fingerprint}, claimed_at = ${at}
        where actor_id = ${actorId} and key = ${key} and answer is null`,
    );
    if (taken > 0) return undefined;
    const [row] = await this.session.rows<{ fingerprint: string; answer: string }>(
      sql`select fingerprint, answer from answer where actor_id = ${actorId} and key = ${key}`,
    );
    return row;
  }

  async claimAll(claims: readonly AnswerClaim[]): Promise<Claimed[]> {
    if (claims.length === 0) return [];
    const rows = await this.session.rows<AnswerKey & { held: unknown; fresh: unknown }>(
      this.session.dialect.claimAnswers(claims),
    );
    const states = new Map(rows.map((row) => [nameOf(row), row]));
    const claimed: Claimed[] = [];
    for (const claim of claims) {
      const state = states.get(nameOf({ actor_id: claim[0], key: claim[1] }));
      if (state?.held) claimed.push('held');
      else claimed.push(state?.fresh ? undefined : await this.known(claim));
    }
    return claimed;
  }

  async saveAll(
    answers: readonly { readonly actorId: string; readonly key: string; readonly answer: string }[],
  ): Promise<void> {
    if (answers.length === 0) return;
    const columns = { actor_id: 'text', key: 'text', answer: 'text' } as const;
    const rows = answers.map(({ actorId, key, answer }) => [actorId, key, answer]);
    await this.session.change(sql`update answer set answer = t.answer
      from ${this.session.dialect.table('t', columns, rows)}
      where answer.actor_id = t.actor_id and answer.key = t.key`);
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

interface AnswerKey {
  readonly actor_id: string;
  readonly key: string;
}

function nameOf({ actor_id: actorId, key }: AnswerKey): string {
  return JSON.stringify([actorId, key]);
}
