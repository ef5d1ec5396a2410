import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { repeatedly } from '../../background/repeatedly';
import type { Storage } from '../../storage/storage';
import { forwardedText } from './forwarded-text';
import { sendTo, SEND_TIMEOUT_MS } from './forward-sink';
import {
  readForwardTarget,
  type ForwardFormat,
  type ForwardTarget,
} from '../../config/forward-target';

const INTERVAL_MS = 1_000;
const BATCH = 500;
/** Longer than a batch can take; after a crash another process goes on when it is over. */
const LEASE_MS = 2 * SEND_TIMEOUT_MS;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Sends sealed entries to a target in the order of sealing, each at least once, beside the work of
 * the server. Of all server processes one sends at a time; where it goes on is kept in the
 * database.
 */
export class ForwardAudit {
  private readonly holder = randomUUID();
  private readonly target: ForwardTarget;

  /**
   * @param to as AUDIT_FORWARD has it: the name of the target in the database. @throws Error for
   * what is no target
   */
  constructor(
    private readonly unitOfWork: Storage['unitOfWork'],
    private readonly to: string,
    private readonly format: ForwardFormat,
  ) {
    const target = readForwardTarget(to);
    if (!target) throw new Error(`${to} is nothing that the audit log can be forwarded to`);
    this.target = target;
  }

  /**
   * Sends what there is. Gives the number of entries. @throws when the target does not take them;
   * they will be sent again
   */
  async execute(stop?: AbortSignal): Promise<number> {
    for (let sent = 0; ;) {
      if (stop?.aborted) return sent;
      const some = await this.sendSome();
      if (some === 0) return sent;
      sent += some;
    }
  }

  private async sendSome(): Promise<number> {
    const now = new Date();
    const isNew = await this.unitOfWork.read(async ({ seals, forwards }) => {
      const [head, state] = [await seals.head(), await forwards.get(this.to)];
      const isHeld =
        state?.holder != null &&
        state.holder !== this.holder &&
        state.leaseUntil !== null &&
        state.leaseUntil > now;
      return !isHeld && head !== undefined && head.seq > (state?.seq ?? 0);
    });
    const state = isNew
      ? await this.unitOfWork.run(({ forwards }) =>
          forwards.take(this.to, this.holder, now, new Date(now.getTime() + LEASE_MS)),
        )
      : undefined;
    if (!state) return 0;
    const { texts, last } = await this.textsAfter(state.seq);
    try {
      if (texts.length > 0) await sendTo(this.target, texts);
    } catch (error) {
      await this.advance(state.seq);
      throw error;
    }
    return (await this.advance(last)) ? last - state.seq : 0;
  }

  private async textsAfter(seq: number): Promise<{ texts: string[]; last: number }> {
    const page = await this.unitOfWork.read(({ seals }) => seals.sealed(seq, BATCH));
    // An entry that someone removed cannot be sent; verification tells of it.
    const texts = page.flatMap(({ seal, entry }) =>
      entry ? [forwardedText(this.format, this.target.kind, hostname(), seal, entry)] : [],
    );
    return { texts, last: page.at(-1)?.seal.seq ?? seq };
  }

  private advance(seq: number): Promise<boolean> {
    return this.unitOfWork.run(({ forwards }) => forwards.advance(this.to, this.holder, seq));
  }
}

/**
 * Forwards for as long as the server runs, with longer and longer pauses while the target does not
 * answer. Gives a function that ends it.
 */
export function keepForwarding(
  forward: ForwardAudit,
  onError: (error: unknown) => void,
  firstPauseMs = FIRST_PAUSE_MS,
): () => Promise<void> {
  let pause = firstPauseMs;
  return repeatedly(
    async (stop) => {
      try {
        await forward.execute(stop);
        pause = firstPauseMs;
      } catch (error) {
        onError(error);
        await sleep(pause, undefined, { signal: stop }).catch(() => undefined); // rejects when the server stops
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    },
    INTERVAL_MS,
    onError,
  );
}
