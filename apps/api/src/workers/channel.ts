import type { MetricObjectWithValues, MetricValue } from 'prom-client';

/** Metrics of one process as they are sent to another. */
export type SentMetrics = MetricObjectWithValues<MetricValue<string>>[];

/** What a worker and the process that has started it ask each other. */
export interface Questions {
  /** Asked by workers: counts a request of the address. */
  readonly rate: { sent: string; answer: { readonly current: number; readonly ttl: number } };
  /** Asked by workers: the metrics of all of them, as Prometheus reads them. */
  readonly metrics: { sent: null; answer: string };
  /** Asked of a worker: its own metrics. */
  readonly ownMetrics: { sent: null; answer: SentMetrics };
}
type Name = keyof Questions;
type AnswerTo<N extends Name> = Questions[N]['answer'];

/** How questions are answered. */
export type Answerers = {
  readonly [N in Name]?: (sent: Questions[N]['sent']) => AnswerTo<N> | Promise<AnswerTo<N>>;
};

type Sent =
  | { readonly question: Name; readonly id: number; readonly sent: unknown }
  | { readonly answerTo: number; readonly answer: unknown }
  | { readonly answerTo: number; readonly error: string };
type Waiting = { resolve: (answer: never) => void; reject: (error: Error) => void };

/** Questions and answers between two processes. */
export class Channel {
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  /** @param send to the other process; what it sends is given to `take` */
  constructor(
    private readonly send: (message: object) => void,
    private readonly answerers: Answerers,
  ) {}

  /**
   * @param limitMs how long the answer may take
   * @throws Error when the other process cannot answer, or in time, or has ended
   */
  ask<N extends Name>(
    question: N,
    sent: Questions[N]['sent'],
    limitMs?: number,
  ): Promise<AnswerTo<N>> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.send({ question, id, sent } satisfies Sent);
      if (limitMs === undefined) return;
      setTimeout(() => {
        this.waiting.delete(id);
        reject(new Error(`no answer within ${limitMs} ms`));
      }, limitMs).unref();
    });
  }

  /** Takes a message of the other process; those of other kinds are left alone. */
  take(message: object): void {
    const given = message as Sent; // or of another kind, which has neither field
    if ('question' in given) void this.answer(given.question, given.id, given.sent);
    else if ('answerTo' in given) {
      const waiting = this.waiting.get(given.answerTo);
      this.waiting.delete(given.answerTo);
      if ('error' in given) waiting?.reject(new Error(given.error));
      else waiting?.resolve(given.answer as never); // what was asked for
    }
  }

  /** The other process has ended. */
  end(): void {
    for (const { reject } of this.waiting.values()) reject(new Error('the other process ended'));
    this.waiting.clear();
  }

  private async answer(question: Name, id: number, sent: unknown): Promise<void> {
    try {
      const answer = await this.answerers[question]?.(sent as never); // both ends have these types
      this.send({ answerTo: id, answer } satisfies Sent);
    } catch (error) {
      this.send({ answerTo: id, error: String(error) } satisfies Sent);
    }
  }
}
