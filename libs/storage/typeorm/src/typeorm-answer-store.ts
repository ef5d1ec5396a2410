import type { AnswerClaim, AnswerStore } from '@cloudpam/audit';
import type { Session } from './session';
import { sql } from './sql';

/** Idempotency keys in table `answer`. */
export class TypeOrmAnswerStore implements AnswerStore {
  constructor(private readonly session: Session) {}

  async claim(
    ...[actorId, key, fingerprint, at]: AnswerClaim
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

  async claimAll(
    claims: readonly AnswerClaim[],
  ): Promise<({ fingerprint: string; answer: string } | undefined)[]> {
    if (claims.length === 0) return [];
    const { table } = this.session.dialect;
    const columns = {
      actor_id: 'text',
      key: 'text',
      fingerprint: 'text',
      claimed_at: 'time',
    } as const;
    // In one order, so that two that claim the same keys do not wait for each other.
    const claimed = await this.session.rows<AnswerKey>(
      sql`insert into answer (actor_id, key, fingerprint, claimed_at)
        select actor_id, key, fingerprint, claimed_at from ${table('t', columns, claims)}
        where true order by actor_id, key on conflict do nothing returning actor_id, key`,
    );
    const fresh = new Set(claimed.map(nameOf));
    const known: ({ fingerprint: string; answer: string } | undefined)[] = [];
    for (const claim of claims)
      known.push(
        fresh.has(nameOf({ actor_id: claim[0], key: claim[1] }))
          ? undefined
          : await this.claim(...claim),
      );
    return known;
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
