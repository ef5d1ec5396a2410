import type { AnswerClaim, AnswerStore, Claimed } from '@cloudpam/audit';
import type { AnswerRow, Tables } from './stores';

/** Idempotency keys over a Map. Runs go one at a time, so a claim never has to wait. */
export class MemoryAnswerStore implements AnswerStore {
  constructor(private readonly tables: Tables) {}

  async claim(
    ...[actorId, key, fingerprint, at]: AnswerClaim
  ): Promise<{ fingerprint: string; answer: string } | undefined> {
    const earlier = this.tables.answers.get(rowKey(actorId, key));
    if (earlier && earlier.answer !== '')
      return { fingerprint: earlier.fingerprint, answer: earlier.answer };
    this.tables.answers.set(rowKey(actorId, key), { fingerprint, answer: '', claimedAt: at });
    return undefined;
  }

  async claimAll(claims: readonly AnswerClaim[]): Promise<Claimed[]> {
    return Promise.all(claims.map((claim) => this.claim(...claim)));
  }

  async saveAll(
    answers: readonly { readonly actorId: string; readonly key: string; readonly answer: string }[],
  ): Promise<void> {
    for (const { actorId, key, answer } of answers) await this.save(actorId, key, answer);
  }

  async save(actorId: string, key: string, answer: string): Promise<void> {
    this.tables.answers.update(rowKey(actorId, key), (row): AnswerRow => ({ ...row, answer }));
  }

  async purge(before: Date): Promise<number> {
    const old = this.tables.answers.entries().filter(([, row]) => row.claimedAt < before);
    for (const [key] of old) this.tables.answers.delete(key);
    return old.length;
  }
}

function rowKey(actorId: string, key: string): string {
  return JSON.stringify([actorId, key]);
}
