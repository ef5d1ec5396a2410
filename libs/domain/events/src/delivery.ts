/** What became of an event of a webhook: it is tried again, has arrived, or is given up. */
export const DELIVERY_STATUSES = ['waiting', 'delivered', 'dead'] as const;
/** One of `DELIVERY_STATUSES`. */
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** An attempt to tell of an event. */
export interface Attempt {
  readonly at: Date;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** Of the answer; null where there was none. */
  readonly httpStatus: number | null;
  /** The first kilobyte of the answer as text. */
  readonly answer: string | null;
  /** Why it has failed; null where it has not. */
  readonly error: string | null;
  /** Whether it fails the same each time, so that it is not tried again. */
  readonly isFinal?: boolean;
}

/** An event that a webhook is told of, with the last attempt. */
export interface Delivery extends Omit<Attempt, 'isFinal'> {
  readonly webhookId: number;
  /** The place of the event in the chain; with the webhook it is the key. */
  readonly seq: number;
  /** `pool.create` */
  readonly type: string;
  readonly status: DeliveryStatus;
  /** Attempts since it was first tried, or revived. */
  readonly attempts: number;
  /** When it is tried again; only while it waits. */
  readonly nextAt: Date | null;
  /** When it was given up; only of a dead one. */
  readonly deadAt: Date | null;
}

/** In which what waits is tried: in that of the chain, or what is due first. */
export type DeliveryOrder = 'chain' | 'time';

/** Deliveries of all webhooks: those that wait, and the last ones that have ended. */
export interface DeliveryStore {
  /** Writes deliveries; each replaces that of its webhook and seq. */
  put(deliveries: readonly Delivery[]): Promise<void>;
  /** Up to `limit` that wait; of those of one time in the order of the chain. */
  waiting(webhookId: number, order: DeliveryOrder, limit: number): Promise<Delivery[]>;
  /** How many wait, and when the first of them is tried. */
  backlog(
    webhookId: number,
    order: DeliveryOrder,
  ): Promise<{ readonly waiting: number; readonly nextAt: Date | null }>;
  /** Newest in the chain first, below a seq where one is given. */
  list(
    webhookId: number,
    query: {
      readonly status?: DeliveryStatus | undefined;
      readonly below?: number | undefined;
      readonly limit: number;
    },
  ): Promise<Delivery[]>;
  /** Exact up to 10,000; 10,001 means more. */
  count(webhookId: number, status?: DeliveryStatus): Promise<number>;
  /** Has the dead ones wait again, as if they had never been tried. @returns how many */
  revive(webhookId: number, at: Date): Promise<number>;
  /** Has those that wait be tried at a time. */
  hurry(webhookId: number, at: Date): Promise<void>;
  /** Forgets all but the last `kept` that were delivered, and the last `kept` dead ones. */
  trim(webhookId: number, kept: number): Promise<void>;
}

/** So many deliveries that have arrived are kept of each webhook, and so many dead ones. */
export const DELIVERIES_KEPT = 1_000;

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** How long after each failure the next attempt is made, in milliseconds: about 24 hours in all. */
export const RETRY_DELAYS_MS: readonly number[] = [
  1 * SECOND,
  5 * SECOND,
  30 * SECOND,
  120 * SECOND,
  600 * SECOND,
  ...Array<number>(23).fill(HOUR),
];

/** Each delay is this much longer or shorter, so that not everything comes back at once. */
const JITTER = 0.2;

/** No retry is later than this after its failure; what is was noted by a clock that was wrong. */
export const LATEST_RETRY_MS = 2 * HOUR;

/**
 * When something that has failed is tried again; undefined: never.
 * @param delays how long after each failure, in milliseconds
 * @param attempts made so far, 1 and more
 * @param at when the last one was made
 * @param random from 0 to below 1
 */
export function retryAt(
  delays: readonly number[],
  attempts: number,
  at: Date,
  random: number,
): Date | undefined {
  const delay = delays[attempts - 1];
  return delay === undefined
    ? undefined
    : new Date(at.getTime() + Math.round(delay * (1 - JITTER + 2 * JITTER * random)));
}
