// Servers in processes of their own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The bootstrap token of all servers that are measured. */
export const TOKEN = `cpam_${'b'.repeat(12)}_${'c'.repeat(52)}`;
/** What a client of these sends. */
export const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };
/** The real server. */
export const PRODUCT = join(import.meta.dirname, '../../apps/api/dist/main.js');

const QUIET_MS = 200;
/** A server that uses less of a processor than this does nothing for anybody. */
const QUIET_SHARE = 0.1;

/** Settings of the real server on a database. */
export function settingsOf({ url }, settings = {}) {
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    RATE_LIMIT_RPS: '0',
    DATABASE_URL: url,
    CLOUDPAM_BOOTSTRAP_TOKEN: TOKEN,
    DISCOVERY_POLICY: 'observe',
    ...settings,
  };
}

/** The real server on a database. */
export function startProduct(database, settings) {
  return start(PRODUCT, [], settingsOf(database, settings));
}

/** The port of a process that was started, once it says where it is ready. */
export function portOf(child, name) {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
    child.stdout.on('data', (text) => {
      const [, found] = /ready on .*:(\d+)/.exec(text) ?? [];
      if (found) resolve(Number(found));
    });
  });
}

/** A server in a process of its own, once it says where it is ready. */
export async function start(file, args, env = {}) {
  const child = spawn(process.execPath, [...process.execArgv, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child, file);
  return {
    port,
    pid: child.pid,
    /** Adds to what the load gives: microseconds of a processor for each request, which do not hang on the machine. */
    async used(load) {
      const before = processorTime(child.pid);
      const result = await load();
      const used = (1e6 * (processorTime(child.pid) - before)) / result.took.length;
      return { ...result, used };
    },
    /** Until it has nothing to do. */
    quiet: () => untilQuiet(() => 1e3 * processorTime(child.pid)),
    /** Does nothing while others are measured: what is written then, it seals afterwards. */
    async paused(work) {
      child.kill('SIGSTOP');
      try {
        return await work();
      } finally {
        child.kill('SIGCONT');
      }
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** Waits until a process, of which `used` tells the milliseconds so far, has nothing to do. */
export async function untilQuiet(used) {
  for (let calm = 0; calm < 3;) {
    const before = await used();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    calm = (await used()) - before < QUIET_SHARE * QUIET_MS ? calm + 1 : 0;
  }
}

/** Seconds that a process has used; 0 where the system does not tell. */
export function processorTime(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

/**
 * What a process has in memory, in bytes: `all`, and what it has for itself (pages of files that it
 * maps, as SQLite does, are the system's to give and take). Nothing where the system does not tell.
 */
export function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (name) => 1_024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]);
    return { all: bytes('VmRSS'), own: bytes('RssAnon') };
  } catch {
    return { all: NaN, own: NaN };
  }
}
