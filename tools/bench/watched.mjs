// Loaded into the server before it starts (`node --import`): tells whoever started it how long its
// event loop stood still.
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const TICK_MS = 2;
const SCHEDULE = `/proc/self/task/${process.pid}/schedstat`;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
let worst;
let last;

/**
 * Processor time of the main thread, in milliseconds; of the whole process where there is no /proc.
 */
function processorMs() {
  try {
    return Number(readFileSync(SCHEDULE, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e3;
  }
}

/**
 * What the process has for itself, in bytes: pages of files that it maps, as SQLite does, are the
 * system's to give and take.
 */
function memory() {
  try {
    return 1_024 * Number(/RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return process.memoryUsage.rss();
  }
}

function look() {
  return { at: performance.now(), processor: processorMs() };
}

function begin() {
  collect();
  last = look();
  worst = { began: last, block: 0, processor: 0, memory: memory() };
}

function note() {
  const now = look();
  worst.block = Math.max(worst.block, now.at - last.at);
  worst.processor = Math.max(worst.processor, now.processor - last.processor);
  worst.memory = Math.max(worst.memory, memory());
  last = now;
}

begin();
setInterval(note, TICK_MS).unref();
process.on('message', (message) => {
  if (message === 'begin') begin();
  else note();
  const { began, ...rest } = worst;
  process.send({ ...rest, wall: last.at - began.at, used: last.processor - began.processor });
});
process.channel?.unref();
// Whoever measures is gone, for whatever reason.
process.on('disconnect', () => process.exit(1));
