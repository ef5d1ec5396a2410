import cluster from 'node:cluster';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { announceOpening, announceReady } from './announce';
import { say, warn } from './background/lines';
import { onStopSignal } from './background/stop-signals';
import type { Config } from './config/config';
import { RequestRates } from './http/request-rates';
import { ROLE } from './workers/worker';
import { WorkerGroup } from './workers/worker-group';

/**
 * Serves by several workers on one port. This process answers no request: it hands connections to
 * the workers in turn, starts another one where one ends, and counts what is counted for all.
 */
export async function serveWorkers(config: Config): Promise<void> {
  announceOpening(config);
  const port = config.port === 0 ? await freePort(config.host) : config.port;
  cluster.setupPrimary({ exec: path.join(__dirname, 'main.js'), args: [] });
  const rates = new RequestRates();
  const workers = new WorkerGroup({
    count: config.workers,
    fork: (role) => cluster.fork({ [ROLE]: role, PORT: String(port) }),
    tell: say,
    answerers: {
      rate: (address) => rates.count(address),
    },
  });
  onStopSignal(
    () => void workers.stop().then((code) => process.exit(code)),
    () => workers.kill(),
  );
  void workers.broken.then(async (error) => {
    warn(`CloudPAM ends: ${error.message}`);
    await workers.stop();
    process.exit(1);
  });
  try {
    const token = await workers.start();
    announceReady(config, port, token);
    say(`Its workers are the processes ${workers.pids.join(', ')}`);
  } catch (error) {
    workers.kill();
    throw error;
  }
}

/** A port for all workers, also for those that are started later. */
async function freePort(host: string): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo; // it listens on TCP
  probe.close();
  await once(probe, 'close');
  return port;
}
