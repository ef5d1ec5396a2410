import { WORKER_ROLE } from '../workers/worker';

const who = WORKER_ROLE === undefined ? '' : `[worker ${process.pid}] `;

/** Tells whoever started the server, on standard output. */
export function say(line: string): void {
  process.stdout.write(`${who}${line}\n`);
}

/** Tells of what went wrong, on standard error. */
export function warn(line: string): void {
  process.stderr.write(`${who}${line}\n`);
}
