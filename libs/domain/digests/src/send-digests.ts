import {
  held,
  isFreeFor,
  NO_HOLD,
  SYSTEM_ACTOR,
  write,
  type Change,
  type Hold,
  type UnitOfWork,
  type WriteStores,
} from '@cloudpam/audit';
import { retryAt } from '@cloudpam/events';
import { digestEvent, type Digest, type DigestStores } from './digest';
import {
  ComposeDigest,
  isEmptyDigest,
  type DigestContent,
  type DigestReadStores,
} from './digest-content';
import { lastDue, nextDue } from './schedule';

/** What holds a digest so long without a word has died. */
export const DIGEST_LEASE_MS = 30_000;

const MINUTE = 60_000;
/** How long after each failure the next attempt is made: about half a day in all. */
export const DIGEST_RETRY_DELAYS_MS: readonly number[] = [1, 5, 15, 30, 60, 120, 240, 240].map(
  (minutes) => minutes * MINUTE,
);
const FAILURE_LENGTH = 500;

/** What became of a mail. */
export interface Sent {
  /** Why each recipient whom the server has refused was; the others have got it. */
  readonly refused: readonly string[];
}

/**
 * Sends a digest to its recipients.
 * @param messageId the same whenever it is sent for the same time
 * @throws Error that tells people why nobody has got it
 */
export type SendMail = (digest: Digest, content: DigestContent, messageId: string) => Promise<Sent>;

/** What sending digests asks of a storage. */
export type DigestSendingStores = WriteStores & DigestStores & DigestReadStores;

/** The left part of a Message-ID: that of a digest at a time of its schedule. */
export function messageIdOf({ id, createdAt }: Digest, due: Date): string {
  // A database that was restored may give an id again.
  return `digest-${id}-${createdAt.getTime().toString(36)}.${due.getTime() / 1_000}`;
}

/**
 * Sends the digests that are due. Each is sent by one server process, which holds it meanwhile; a process that dies
 * between sending and noting that leaves it to another one, which sends it again under the same Message-ID. Of the
 * times that nobody has sent it, the last one counts.
 */
export class SendDigests<S extends DigestSendingStores = DigestSendingStores> {
  /**
   * @param holder the server process, unique among all
   * @param now the clock
   * @param random from 0 to below 1, of the times of retries
   * @param repeat does some work again and again, first after a time, until its result is called
   * @param onError is told what fails, but for mails that are not taken
   */
  constructor(
    private readonly unitOfWork: UnitOfWork<S>,
    private readonly compose: ComposeDigest,
    private readonly send: SendMail,
    private readonly holder: string,
    private readonly now: () => Date,
    private readonly random: () => number,
    private readonly repeat: (work: () => Promise<void>, everyMs: number) => () => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /**
   * Sends what is due, one after the other.
   * @param stop after the digest at hand
   * @returns how many were sent
   */
  async look(stop?: AbortSignal): Promise<number> {
    const all = await this.unitOfWork.read(({ digests }) => digests.all());
    let sent = 0;
    for (const digest of all) {
      if (stop?.aborted) break;
      if (!this.isDue(digest)) continue;
      try {
        if (await this.work(digest.id)) sent++;
      } catch (error) {
        this.onError(error);
      }
    }
    return sent;
  }

  private isDue(digest: Digest): boolean {
    const now = this.now();
    const { dueAt, retryAt: triedAt } = digest;
    if (dueAt === null || dueAt > now || (triedAt !== null && triedAt > now)) return false;
    return isFreeFor(digest, this.holder, now);
  }

  private async work(id: number): Promise<boolean> {
    const digest = await this.take(id);
    if (!digest?.dueAt) return false;
    const end = this.repeat(() => this.keep(id), DIGEST_LEASE_MS / 3);
    try {
      const content = await this.compose.execute(digest, this.now());
      if (isEmptyDigest(content) && !digest.sendsEmpty) {
        await this.noteSent(digest, content, undefined);
        return false;
      }
      const sent = await this.send(digest, content, messageIdOf(digest, digest.dueAt)).catch(
        (error: unknown) => {
          const why = error instanceof Error ? error.message : String(error);
          return { failure: why.slice(0, FAILURE_LENGTH) };
        },
      );
      if ('failure' in sent) await this.noteFailure(digest, sent.failure);
      else await this.noteSent(digest, content, sent);
      return !('failure' in sent);
    } catch (error) {
      await this.noteFailure(
        digest,
        'It could not be put together; the log of the server says why.',
      );
      throw error;
    } finally {
      await end();
    }
  }

  private take(id: number): Promise<Digest | undefined> {
    return this.unitOfWork.run(async ({ digests }) => {
      const digest = await digests.lock(id);
      if (!digest?.dueAt || !this.isDue(digest)) return undefined;
      const dueAt = lastDue(digest.schedule, digest.dueAt, this.now());
      const isLater = dueAt > digest.dueAt;
      const taken = {
        ...digest,
        dueAt,
        attempts: isLater ? 0 : digest.attempts,
        ...this.hold(),
      };
      await digests.save(taken);
      return taken;
    });
  }

  private keep(id: number): Promise<void> {
    return this.unitOfWork.run(async ({ digests }) => {
      const digest = await digests.lock(id);
      if (digest?.holder === this.holder) await digests.save({ ...digest, ...this.hold() });
    });
  }

  private hold(): Hold {
    return held(this.holder, this.now(), DIGEST_LEASE_MS);
  }

  /** @param sent undefined where there was nothing to tell */
  private noteSent(taken: Digest, content: DigestContent, sent: Sent | undefined): Promise<void> {
    return this.note(taken, async (before, { audit }, change) => {
      const { refused = [] } = sent ?? {};
      if (sent)
        await audit.append([
          digestEvent(change, 'digest.send', taken.id, {
            before: null,
            after: {
              due_at: (taken.dueAt ?? change.at).toISOString(),
              recipients: taken.recipients.length,
              refused: refused.length,
            },
          }),
        ]);
      return {
        ...before,
        ...this.settled(before, taken),
        lastSentAt: sent ? change.at : before.lastSentAt,
        toldUntil: content.until,
        failure: refused.length > 0 ? refused.join(' ').slice(0, FAILURE_LENGTH) : null,
      };
    });
  }

  private noteFailure(taken: Digest, failure: string): Promise<void> {
    return this.note(taken, async (before, { audit }, change) => {
      const attempts = taken.attempts + 1;
      const again = retryAt(DIGEST_RETRY_DELAYS_MS, attempts, change.at, this.random());
      if (isElsewhen(before, taken)) return { ...before, failure };
      if (again) return { ...before, attempts, retryAt: again, failure };
      const due = (taken.dueAt ?? change.at).toISOString();
      await audit.append([
        digestEvent(change, 'digest.fail', taken.id, {
          before: null,
          after: { due_at: due, attempts },
        }),
      ]);
      return { ...before, ...this.settled(before, taken), failure };
    });
  }

  /** Waits for the next time, unless someone has given it another one meanwhile. */
  private settled(
    before: Digest,
    taken: Digest,
  ): Partial<Pick<Digest, 'dueAt' | 'retryAt' | 'attempts'>> {
    if (isElsewhen(before, taken)) return {};
    const { dueAt, schedule } = before;
    const next =
      dueAt && nextDue(schedule, new Date(Math.max(dueAt.getTime(), this.now().getTime())));
    return { dueAt: next, retryAt: null, attempts: 0 };
  }

  /** Writes what became of a digest and gives it up, unless another process holds it by now. */
  private note(
    taken: Digest,
    after: (before: Digest, stores: S, change: Change) => Promise<Digest>,
  ): Promise<void> {
    const change: Change = { actor: SYSTEM_ACTOR, at: this.now(), requestId: 'digests' };
    return write(this.unitOfWork, change, async (stores) => {
      const before = await stores.digests.lock(taken.id);
      if (before?.holder !== this.holder) return;
      const noted = await after(before, stores, change);
      await stores.digests.save({ ...noted, ...NO_HOLD });
    });
  }
}

/** Whether someone has given it another time since it was taken. */
function isElsewhen(before: Digest, taken: Digest): boolean {
  return before.dueAt?.getTime() !== taken.dueAt?.getTime();
}
