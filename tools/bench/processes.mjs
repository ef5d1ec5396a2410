// Servers in processes of their own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** The bootstrap token of all servers that are measured. */
export const TOKEN = `cpam_${'b'.repeat(12)}_${'c'.repeat(52)}`;

/** A server in a process of its own, once it says where it is ready. */
export async function start(file, args, env = {}) {
  const child = spawn(process.execPath, [...process.execArgv, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    child.stdout.on('data', (text) => {
      const [, found] = /ready on .*:(\d+)/.exec(text) ?? [];
      if (found) resolve(Number(found));
    });
  });
  return {
    port,
    /** Adds to what the load gives: microseconds of a processor for each request, which do not hang on the machine. */
    async used(load) {
      const before = processorTime(child.pid);
      const result = await load();
      const used = (1e6 * (processorTime(child.pid) - before)) / result.took.length;
      return { ...result, used };
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** Seconds that a process has used; 0 where the system does not tell. */
function processorTime(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
