import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

/** Those that are counted apart: as many as there may be webhooks, or digests. */
const MOST_COUNTED = 100;

/** How often work ended in each way, by whose work it was. Of those that were not heard of longest nothing is kept. */
export class OutcomeCounts<Whose extends string | number, Outcome extends string> {
  private readonly counts = new LRUCache<Whose, Map<Outcome, number>>({ max: MOST_COUNTED });

  note(whose: Whose, outcome: Outcome): void {
    const counted = this.counts.get(whose) ?? new Map<Outcome, number>();
    counted.set(outcome, (counted.get(outcome) ?? 0) + 1);
    this.counts.set(whose, counted);
  }

  /** What was counted since the process began. */
  *all(): Generator<{ whose: Whose; outcome: Outcome; count: number }> {
    for (const [whose, counted] of this.counts.entries())
      for (const [outcome, count] of counted) yield { whose, outcome, count };
  }
}

/** What became of events, and of digests, that this process has sent. */
@Injectable()
export class Outcomes {
  /** Attempts, by the id of the webhook; `failed` is tried again, `dead` is not. */
  readonly webhooks = new OutcomeCounts<number, 'delivered' | 'failed' | 'dead'>();
  /** Batches, by the kind of the platform. */
  readonly sinks = new OutcomeCounts<string, 'sent' | 'failed'>();
  /** Mails, by the id of the digest; of one that was sent in part the server has refused some recipients. */
  readonly digests = new OutcomeCounts<number, 'sent' | 'sent_in_part' | 'failed'>();
}
