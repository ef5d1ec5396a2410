import type { AddressInfo } from 'node:net';
import { BootstrapToken } from '@cloudpam/identity';
import { announceOpening, announceReady } from './announce';
import { warn } from './background/lines';
import { onStopSignal } from './background/stop-signals';
import { letYoungSpaceGrow } from './background/heap-growth';
import type { Config } from './config/config';
import { createApp } from './create-app';
import { Connections } from './http/shutdown';
import { onStopWord, tellParent, WORKER_ROLE } from './workers/worker';

/** So long the last spans may take to go out where the time to end is over, in milliseconds. */
const LAST_SPANS_MS = 1_000;

/** Serves in this process, by itself or as one of several workers, until it is told to end. */
export async function serve(config: Config): Promise<void> {
  const isWorker = WORKER_ROLE !== undefined;
  if (!isWorker) announceOpening(config);
  // Until there is something to end, the process just ends.
  let end = (): unknown => process.exit();
  if (isWorker) onStopWord(() => end());
  const tracing =
    config.tracing &&
    (await import('./tracing/open-telemetry.js')).startTracing(config.tracing, warn);
  const app = await createApp(config, undefined, {
    background: WORKER_ROLE === 'requests' ? 'elsewhere' : 'here',
    tracing,
  });
  let isEnding = false;
  /** Requests under way are finished, those that do not come to an end are cut. */
  end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    const deadline = performance.now() + config.shutdownTimeout * 1_000;
    setTimeout(() => app.get(Connections).cutIdle(), config.shutdownTimeout * 1_000).unref();
    await app.close();
    await tracing?.end(Math.max(LAST_SPANS_MS, deadline - performance.now()));
    process.exit(0);
  };
  onStopSignal(() => void end());
  try {
    const bootstrap = app.get(BootstrapToken);
    const { admin, ...others } = config.bootstrapTokens;
    const token = await bootstrap.execute(new Date(), admin);
    for (const role of ['collector', 'viewer'] as const)
      if (others[role] !== undefined) await bootstrap.execute(new Date(), others[role], role);
    await app.listen(config.port, config.host);
    letYoungSpaceGrow();
    const { port } = app.getHttpServer().address() as AddressInfo; // it listens on TCP
    if (isWorker) await tellParent({ word: 'ready', token });
    else announceReady(config, port, token);
  } catch (error) {
    await app.close();
    throw error;
  }
}
