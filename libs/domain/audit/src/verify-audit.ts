import { FIRST_HASH, sealHash, type Sha256 } from './audit-record';
import { isProven, type Hmac } from './entry-proof';
import type { SealedEntry } from './seal-store';
import type { SealingStores } from './seal-audit';
import type { UnitOfWork } from './unit-of-work';

const PAGE = 1_000;

/** What verifying the log has found. */
export interface Verification {
  /** Sealed entries that were checked, all of them in order. */
  readonly sealed: number;
  /** Entries that wait to be sealed: nothing says yet whether they are as they were written. */
  readonly waiting: number;
  /** Hash of the last seal that is right. */
  readonly head: string;
  /**
   * The first seal whose entry was shown to be written by a server with the key; null without one.
   */
  readonly provenFrom: number | null;
  /**
   * The first place where the log is not what was sealed; `seq` is null for what lies outside the
   * chain.
   */
  readonly broken: { readonly seq: number | null; readonly problem: string } | null;
}

/** Reads the whole log, page by page, and compares it with its chain of hashes. */
export class VerifyAudit {
  /**
   * @param hmacs with the keys of the servers: from the first entry on that one of them proves,
   * each must be proven
   */
  constructor(
    private readonly unitOfWork: UnitOfWork<SealingStores>,
    private readonly sha256: Sha256,
    private readonly hmacs: readonly Hmac[] = [],
  ) {}

  /**
   * @param expectHead the head of an earlier verification: it must still be part of the chain, or
   * its end was cut off
   */
  async execute(expectHead?: string): Promise<Verification> {
    let head = FIRST_HASH;
    let seq = 0;
    let unproven: Verification['broken'] = null;
    let provenFrom: number | null = null;
    let isExpected = expectHead === undefined || expectHead === FIRST_HASH;
    const { unsealed, missing } = await this.unitOfWork.read(async ({ seals }) => ({
      unsealed: await seals.unsealed(),
      missing: await seals.missingGuards(),
    }));
    const result = (problem?: string, at: number | null = null): Verification => ({
      sealed: seq,
      waiting: unsealed.waiting,
      head,
      provenFrom,
      broken: problem === undefined ? null : { seq: at, problem },
    });
    for (;;) {
      const page = await this.unitOfWork.read(({ seals }) => seals.sealed(seq, PAGE));
      for (const each of page) {
        const problem = this.problemOf(each, seq, head);
        if (problem !== undefined) return result(problem, seq + 1);
        ({ seq, hash: head } = each.seal);
        isExpected ||= head === expectHead;
        const { entry } = each;
        const isRight = entry !== undefined && this.hmacs.some((hmac) => isProven(hmac, entry));
        if (isRight) provenFrom ??= seq;
        else if (this.hmacs.length > 0 && (provenFrom !== null || entry?.proof !== undefined)) {
          unproven ??= {
            seq,
            problem:
              `entry ${each.seal.entryId} has no proof by this key: it was inserted past the servers, ` +
              'or by one with another key (add former keys to AUDIT_KEY, with commas)',
          };
        }
      }
      if (page.length < PAGE) break;
    }
    if (!isExpected)
      return result(
        `no seal has the expected hash ${expectHead ?? ''}: the end of the chain was cut off, ` +
          'or all of it written anew',
      );
    if (unproven) return result(unproven.problem, unproven.seq);
    if (unsealed.withoutSeal !== null)
      return result(
        `entry ${unsealed.withoutSeal} has no seal and does not wait for one: it was inserted ` +
          'past the server, or its seal was removed',
      );
    if (unsealed.withoutEntry !== null)
      return result(`entry ${unsealed.withoutEntry} was removed before it was sealed`);
    if (unsealed.copied !== null)
      return result(
        `entry ${unsealed.copied} has the proof of another one: it was copied past the servers`,
      );
    if (missing.length > 0)
      return result(
        `what keeps the log append-only is gone or switched off: ${missing.join(', ')}. Entries ` +
          `may have been changed, and nobody can tell; start the server's migrations on a fresh ` +
          'copy to compare',
      );
    return result();
  }

  private problemOf({ seal, entry }: SealedEntry, seq: number, head: string): string | undefined {
    if (seal.seq !== seq + 1)
      return `seal ${seq + 1} was removed; the next one there is ${seal.seq}`;
    if (!entry) return `entry ${seal.entryId} was removed`;
    if (sealHash(this.sha256, head, entry) !== seal.hash)
      return `entry ${seal.entryId} is not the one that was sealed, or its seal was changed`;
    return undefined;
  }
}
