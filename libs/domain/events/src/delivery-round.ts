import type { SealedEvent } from '@cloudpam/audit';
import { RETRY_DELAYS_MS, retryAt, type Attempt, type Delivery } from './delivery';
import type { Webhook } from './webhook';

/** Requests of a webhook that is not ordered, and events that it may have waiting. */
export const UNORDERED_WIDTH = 10;
/** An attempt begins before so much of a round is over, in milliseconds; then what was done is noted. */
const ROUND_MS = 1_000;
/** Gone (RFC 9110 section 15.5.11): nobody wants to be told any more. */
const GONE = 410;
/** So many dead events in a row, and nobody listens. */
const DEAD_IN_ROW = 100;

/** Tells a webhook of an event, once. It never rejects: what went wrong is part of the attempt. */
export type Send = (webhook: Webhook, event: SealedEvent) => Promise<Attempt>;

/** An event that is to be told, with what was tried before. */
export interface Due {
  readonly event: SealedEvent;
  /** Of one that waits; undefined for one that is told for the first time. */
  readonly before?: Delivery | undefined;
}

/** What a round is given. */
export interface RoundOf {
  readonly webhook: Webhook;
  /** What waits, in the order in which it is tried. */
  readonly due: readonly Required<Due>[];
  /** How many more wait for a later time. */
  readonly later: number;
  /** Those that the webhook is to be told of, in the order of the chain. */
  readonly fresh: readonly SealedEvent[];
  readonly send: Send;
  readonly now: () => Date;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly stop?: AbortSignal | undefined;
}

/** What became of a round. */
export interface RoundResult {
  readonly deliveries: readonly Delivery[];
  /** How many of the fresh events were taken up: these have a delivery each. */
  readonly taken: number;
  readonly deadInRow: number;
  /** Why nothing more may be told. */
  readonly pause: string | null;
}

/** How many events of a webhook may be under way or waiting. */
export function widthOf({ isOrdered }: Pick<Webhook, 'isOrdered'>): number {
  return isOrdered ? 1 : UNORDERED_WIDTH;
}

/** One round of attempts of a webhook: what waits and is due, then fresh events. */
export class DeliveryRound {
  private readonly done: Delivery[] = [];
  private readonly width: number;
  private taken = 0;
  private at = 0;
  private underWay = 0;
  /** Events that have failed in this round. */
  private failed = 0;
  private deadInRow: number;
  private pause: string | null = null;
  private readonly until: number;

  constructor(private readonly given: RoundOf) {
    this.width = widthOf(given.webhook);
    this.deadInRow = given.webhook.deadInRow;
    this.until = given.now().getTime() + ROUND_MS;
  }

  /** Does the round. It ends when nothing may be told now, or its time is over. */
  async run(): Promise<RoundResult> {
    const lane = async (): Promise<void> => {
      for (let due = this.next(); due; due = this.next()) await this.attempt(due);
    };
    await Promise.all(Array.from({ length: this.width }, lane));
    const { done, taken, deadInRow, pause } = this;
    return { deliveries: done, taken, deadInRow, pause };
  }

  private next(): Due | undefined {
    const { webhook, due, later, fresh, now, stop } = this.given;
    if (this.pause !== null || stop?.aborted || now().getTime() > this.until) return undefined;
    if (webhook.isOrdered && this.failed > 0) return undefined;
    const waiting = due[this.at];
    if (waiting) {
      this.at++;
      return waiting;
    }
    if (later + this.failed + this.underWay >= this.width) return undefined;
    const event = fresh[this.taken];
    if (event) this.taken++;
    return event && { event };
  }

  private async attempt({ event, before }: Due): Promise<void> {
    this.underWay++;
    const attempt = await this.given.send(this.given.webhook, event);
    this.underWay--;
    const delivery = this.deliveryOf(event, (before?.attempts ?? 0) + 1, attempt);
    this.done.push(delivery);
    if (delivery.status === 'waiting') this.failed++;
    else this.deadInRow = delivery.status === 'dead' ? this.deadInRow + 1 : 0;
    if (attempt.httpStatus === GONE) this.pause = 'It answers 410: it is gone.';
    else if (this.deadInRow >= DEAD_IN_ROW)
      this.pause = `${DEAD_IN_ROW} events in a row could not be delivered.`;
  }

  private deliveryOf(
    event: SealedEvent,
    attempts: number,
    { isFinal = false, ...attempt }: Attempt,
  ): Delivery {
    const failedAt = new Date(attempt.at.getTime() + attempt.ms);
    const nextAt =
      attempt.error === null || isFinal
        ? undefined
        : retryAt(RETRY_DELAYS_MS, attempts, failedAt, this.given.random());
    const isDead = attempt.error !== null && nextAt === undefined;
    return {
      ...attempt,
      webhookId: this.given.webhook.id,
      seq: event.seal.seq,
      type: event.entry.type,
      status: attempt.error === null ? 'delivered' : isDead ? 'dead' : 'waiting',
      attempts,
      nextAt: nextAt ?? null,
      deadAt: isDead ? failedAt : null,
    };
  }
}
