import { AggregatorRegistry, Counter, Registry } from 'prom-client';
import type { Channel, SentMetrics } from './channel';

/** A worker that does not answer for so long is not waited for. */
const ANSWER_MS = 2_000;
/** What adds up over workers that are there no more. */
const LASTING = ['counter', 'histogram', 'summary'];

/**
 * Metrics of all workers as those of one process. What one counted that has ended stays in the sum, as
 * far as it was asked for: counters do not go back.
 */
export class WorkerMetrics {
  private readonly last = new Map<Channel, SentMetrics>();
  private ended: Promise<SentMetrics> = Promise.resolve([]);
  private readonly own = new Registry();
  private readonly ends = new Counter({
    name: 'cloudpam_worker_ends_total',
    help: 'Workers that have ended; another one is started in the place of each',
    registers: [this.own],
  });

  /** As Prometheus reads them. */
  async text(workers: readonly Channel[]): Promise<string> {
    await Promise.all(
      workers.map((worker) =>
        worker.ask('ownMetrics', null, ANSWER_MS).then(
          (metrics) => this.last.set(worker, metrics),
          () => undefined, // it has ended or hangs: what it said last counts
        ),
      ),
    );
    const [ended, last] = [this.ended, [...this.last.values()]];
    const own = await this.own.getMetricsAsJSON();
    return AggregatorRegistry.aggregate([own, await ended, ...last]).metrics();
  }

  /** Call when a worker has ended. */
  keep(worker: Channel): void {
    this.ends.inc();
    const last = this.last.get(worker) ?? [];
    this.last.delete(worker);
    const lasting = last.filter(({ type }) => LASTING.includes(String(type)));
    this.ended = this.ended.then((former) =>
      AggregatorRegistry.aggregate([former, lasting]).getMetricsAsJSON(),
    );
  }
}
