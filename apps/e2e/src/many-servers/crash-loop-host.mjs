// A group of workers that are ready and then end at once, with short pauses between them: prints what
// it tells, and ends when the group gives up. Its argument is the folder of the compiled server.
import cluster from 'node:cluster';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

if (cluster.isWorker) {
  process.send({ word: 'ready', token: undefined }, () => process.exit(3));
} else {
  const folder = process.argv[2];
  const { WorkerGroup } = createRequire(pathToFileURL(path.join(folder, 'main.js')))(
    './workers/worker-group.js',
  );
  const group = new WorkerGroup({
    count: 2,
    fork: (role) => cluster.fork({ CLUSTER_ROLE: role }),
    tell: (line) => process.stdout.write(`${line}\n`),
    answerers: {},
    firstPauseMs: 1,
  });
  await group.start();
  const error = await group.broken;
  process.stdout.write(`given up: ${error.message}\n`);
  await group.stop();
  process.exit(1);
}
