import cluster from 'node:cluster';
import { register } from 'prom-client';
import { Channel } from './channel';
import { Deferred } from './deferred';

/** How a worker learns what it is. */
export const ROLE = 'CLUSTER_ROLE';
/** Every worker answers requests; one of them does the work beside them. */
export type WorkerRole = 'background' | 'requests';

/** What a worker tells the process that has started it. */
export type WorkerWord =
  | { readonly word: 'ready'; readonly token: string | undefined }
  | { readonly word: 'failed'; readonly why: string };

/** What a worker is told: to end as a server does by SIGTERM. */
export const STOP = { word: 'stop' } as const;

/** What this process is among the workers of a server; undefined for a server by itself. */
export const WORKER_ROLE: WorkerRole | undefined = cluster.isWorker
  ? (['background', 'requests'] as const).find((role) => role === process.env[ROLE])
  : undefined;

/** The word may come before there is anything to stop. */
const stopWord = new Deferred<void>();

/** Asks the process that has started this worker; undefined for a server by itself. */
export const PARENT = WORKER_ROLE === undefined ? undefined : channelToParent();

function channelToParent(): Channel {
  const channel = new Channel((message) => void process.send?.(message), {
    ownMetrics: () => register.getMetricsAsJSON(),
  });
  process.on('message', (message: object) => {
    if ('word' in message && message.word === STOP.word) stopWord.resolve();
    else channel.take(message);
  });
  return channel;
}

/** Tells the process that has started this worker; resolves when it is on its way. */
export function tellParent(word: WorkerWord): Promise<void> {
  return new Promise((resolve) => process.send?.(word, () => resolve()));
}

/** Calls `stop` when the process that has started this worker wants it to end. */
export function onStopWord(stop: () => void): void {
  void stopWord.promise.then(stop);
}
