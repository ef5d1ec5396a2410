import { failed, failuresOf } from '../failures.mjs';
import { count, milliseconds } from '../printed.mjs';
import { percentile } from '../timing.mjs';

/** What was answered, by route. */
export class Tally {
  #routes = new Map();
  /** Answers so far. */
  total = 0;

  /** Calls, and notes how long it took and what came; an answer that is not `expected` failed. */
  async call(title, work, expected) {
    const began = performance.now();
    let answer;
    try {
      answer = await work();
    } catch (error) {
      answer = { status: String(error) };
    }
    if (answer === undefined) return; // there was nothing to do
    if (!this.#routes.has(title)) this.#routes.set(title, { took: [], statuses: {} });
    const { took, statuses } = this.#routes.get(title);
    took.push(performance.now() - began);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    this.total += 1;
    if (!expected.includes(answer.status))
      failed(title, answer.status, JSON.stringify(answer.json));
  }

  /** A row for each route. */
  rows() {
    return [...this.#routes].map(([title, { took, statuses }]) => {
      const sorted = took.sort((a, b) => a - b);
      return [
        title,
        count(sorted.length),
        milliseconds(percentile(sorted, 0.5)),
        milliseconds(percentile(sorted, 0.99)),
        milliseconds(sorted.at(-1)),
        Object.entries(statuses)
          .map(([status, times]) => `${status}: ${count(times)}`)
          .join(', '),
        failuresOf(title),
      ];
    });
  }
}
