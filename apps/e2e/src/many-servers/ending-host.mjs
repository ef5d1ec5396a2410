// A server's housekeeping of ends, alone: for each line, a time, it gives back what has ended by then, and says how
// much that was. Its arguments are the database and the folder of the compiled server.
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [url, folder] = process.argv.slice(2);
const require = createRequire(pathToFileURL(path.join(folder, 'main.js')));
const { openStorage } = require('@cloudpam/storage-typeorm');
const { withHandlers, SYSTEM_ACTOR } = require('@cloudpam/audit');
const { ReleaseExpired } = require('@cloudpam/pools');
const { POOL_HANDLERS } = require('@cloudpam/reconciliation');

const migrationsDir = path.join(folder, '../../../migrations');
const storage = await openStorage({ url, migrationsDir });
const release = new ReleaseExpired(withHandlers(storage.unitOfWork, POOL_HANDLERS));
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${await release.execute(SYSTEM_ACTOR, new Date(line))}\n`);
await storage.close();
