import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Channel } from './channel';
import { WorkerMetrics } from './worker-metrics';

/** A worker that has answered so many requests. */
function workerWith(requests: number): Channel {
  const registers = [new Registry()];
  new Counter({ name: 'requests', help: 'requests', registers }).inc(requests);
  new Gauge({ name: 'open', help: 'open', registers }).set(requests);
  new Histogram({ name: 'seconds', help: 'seconds', buckets: [1], registers }).observe(requests);
  const worker: Channel = new Channel((message) => void own.take(message), {});
  const own = new Channel((message) => worker.take(message), {
    ownMetrics: async () => (await registers[0]?.getMetricsAsJSON()) ?? [],
  });
  return worker;
}

describe('WorkerMetrics', () => {
  it('add up, and keep what was counted by workers that have ended', async () => {
    const metrics = new WorkerMetrics();
    const told = async (...workers: Channel[]): Promise<string[]> =>
      (await metrics.text(workers))
        .split('\n')
        .filter((line) =>
          /^(requests|open|seconds_(sum|count)|cloudpam_worker_ends_total) /.test(line),
        )
        .sort();
    const workers = [workerWith(3), workerWith(4), workerWith(5)] as const;
    expect(await told(...workers)).toEqual([
      'cloudpam_worker_ends_total 0',
      'open 12',
      'requests 12',
      'seconds_count 3',
      'seconds_sum 12',
    ]);
    metrics.keep(workers[0]);
    metrics.keep(workers[1]);
    expect(await told(workers[2], workerWith(1))).toEqual([
      'cloudpam_worker_ends_total 2',
      'open 6',
      'requests 13',
      'seconds_count 4',
      'seconds_sum 13',
    ]);
  });
});
