import type { Patience } from '../server/retrying';
import type { Backlog, Delivery, SnapshotDelivery, Undelivered } from './delivery';
import type { PackedSnapshot, Run } from './packed-snapshot';
import { postSnapshot, type DeliveryTarget, type Posting } from './post-snapshot';
import type { Spool } from './spool';

/** After the server was found away, scopes go straight into the spool for so long. */
const PAUSE_MS = 5_000;

/**
 * Posts each snapshot to the server, and keeps in the spool what it cannot take now. What waits
 * goes first: of one scope nothing newer overtakes it.
 */
export class SpoolingDelivery implements SnapshotDelivery {
  private away: Undelivered | undefined;
  private pausedUntil = 0;
  private catchingUp: Promise<void> | undefined;
  /** Of the runs that go on: what they spooled, and what became of it. */
  private readonly spooled = new Map<string, Delivery | undefined>();

  constructor(
    private readonly spool: Spool,
    private readonly target: DeliveryTarget,
    private readonly patience: Patience,
    /** Milliseconds on a clock that nobody sets. */
    private readonly elapsed: () => number,
    private readonly log: (text: string) => void,
  ) {}

  async catchUp(stop: AbortSignal): Promise<void> {
    await this.spool.open();
    await this.deliverWaiting(stop);
  }

  async deliver(snapshot: PackedSnapshot, stop: AbortSignal): Promise<Delivery> {
    try {
      await this.deliverWaiting(stop);
      const waits =
        this.spool.waiting > 0 &&
        (this.away ?? ((await this.spool.holds(snapshot.scope)) ? OLDER_WAITS : undefined));
      if (waits) return await this.keep(snapshot, waits);
      const delivery = await this.post({ ...snapshot, runId: snapshot.run.runId }, stop);
      return delivery.kind === 'undelivered' && delivery.later
        ? await this.keep(snapshot, delivery)
        : delivery;
    } catch (error) {
      return {
        kind: 'undelivered',
        code: 'spool_failed',
        detail: (error as Error).message,
        fatal: true,
        later: false,
      }; // the file system throws Errors
    }
  }

  async finish(run: Run, stop: AbortSignal): Promise<Backlog> {
    this.pausedUntil = 0;
    // What the file system refuses now, it refuses at the next start too, and that one tells.
    await this.deliverWaiting(stop).catch(() => undefined);
    const settled = new Map<number, Delivery>();
    for (const [key, delivery] of this.spooled) {
      const [runId, sequence] = key.split(':');
      if (runId !== run.runId) continue;
      if (delivery) settled.set(Number(sequence), delivery);
      this.spooled.delete(key);
    }
    return { waiting: this.spool.waiting, settled };
  }

  /** One at a time; who comes meanwhile waits for the one that goes on. */
  private async deliverWaiting(stop: AbortSignal): Promise<void> {
    if (this.catchingUp) return this.catchingUp;
    if (this.spool.waiting === 0 || stop.aborted || this.elapsed() < this.pausedUntil) return;
    this.catchingUp = this.deliverSpool(stop);
    try {
      await this.catchingUp;
    } finally {
      this.catchingUp = undefined;
    }
  }

  private async deliverSpool(stop: AbortSignal): Promise<void> {
    const { settled } = await this.spool.deliver((posting) => this.post(posting, stop), stop);
    if (settled.length > 0) {
      const refused = settled.filter(
        ({ delivery }) => delivery.kind === 'refused' && delivery.code !== 'stale_snapshot',
      ).length;
      this.log(
        `spool: ${settled.length - refused} snapshots delivered, ${refused} refused, ${this.spool.waiting} wait`,
      );
    }
    for (const { runId, sequence, delivery } of settled) {
      const key = `${runId}:${sequence}`;
      if (this.spooled.has(key)) this.spooled.set(key, delivery);
    }
  }

  /** While the server is away one try is enough to find out. */
  private async post(posting: Posting, stop: AbortSignal): Promise<Delivery> {
    const delivery = await postSnapshot(
      posting,
      this.target,
      this.away ? { ...this.patience, attempts: 1 } : this.patience,
      stop,
    );
    this.away = delivery.kind === 'undelivered' && delivery.fatal ? delivery : undefined;
    if (this.away) this.pausedUntil = this.elapsed() + PAUSE_MS;
    return delivery;
  }

  private async keep(snapshot: PackedSnapshot, why: Undelivered): Promise<Delivery> {
    if (!(await this.spool.add(snapshot))) {
      return {
        ...why,
        code: 'spool_full',
        detail: `the spool is full, and ${why.detail}`,
        fatal: false,
      };
    }
    this.spooled.set(`${snapshot.run.runId}:${snapshot.sequence}`, undefined);
    return { kind: 'spooled', code: why.code, detail: why.detail };
  }
}

const OLDER_WAITS: Undelivered = {
  kind: 'undelivered',
  code: 'older_waits',
  detail: 'an older snapshot of the scope waits',
  fatal: false,
  later: true,
};
