import { letYoungSpaceGrow } from './background/heap-growth';
import 'reflect-metadata';
import { warn } from './background/lines';
import { readConfig } from './config/config';
import { tellParent, WORKER_ROLE } from './workers/worker';

/** What is not needed is not loaded: it costs time and memory. */
async function main(typed: readonly string[]): Promise<void> {
  if (typed.length > 0) {
    letYoungSpaceGrow();
    await import('./cli.js');
    return;
  }
  const config = readConfig(process.env);
  if (config.workers > 1 && WORKER_ROLE === undefined) {
    const { serveWorkers } = await import('./serve-workers.js');
    await serveWorkers(config);
  } else {
    const { serve } = await import('./serve.js');
    await serve(config);
  }
}

main(process.argv.slice(2)).catch(async (error: unknown) => {
  const why = error instanceof Error ? error.message : String(error);
  if (WORKER_ROLE === undefined) warn(`CloudPAM did not start. ${why}`);
  else await tellParent({ word: 'failed', why });
  process.exit(1);
});
