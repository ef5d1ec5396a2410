// Loaded into the server before it starts (`node --import`): tells whoever started it how long its
// event loop stood still, and what it has in memory.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memoryOf } from './processes.mjs';

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

function look() {
  return { at: performance.now(), processor: processorMs() };
}

function begin() {
  collect();
  last = look();
  worst = { began: last, block: 0, processor: 0, memory: memoryOf(process.pid).own };
}

function note() {
  const now = look();
  worst.block = Math.max(worst.block, now.at - last.at);
  worst.processor = Math.max(worst.processor, now.processor - last.processor);
  worst.memory = Math.max(worst.memory, memoryOf(process.pid).own);
  last = now;
}

/** Milliseconds that turns of the event loop came late. */
function delays(histogram) {
  const late = (share) => Math.max(0, histogram.percentile(share) / 1e6 - TICK_MS);
  return { p50: late(50), p99: late(99), longest: late(100) };
}

const ANSWERS = {
  /**
   * The longest `block` without a turn of the loop since `begin` and the most `processor` within
   * one, the peak of memory, and what was `used` in all; milliseconds and bytes.
   */
  report() {
    note();
    const { began, ...rest } = worst;
    return { ...rest, wall: last.at - began.at, used: last.processor - began.processor };
  },
  begin() {
    begin();
    ticks ??= setInterval(note, TICK_MS).unref();
    return ANSWERS.report();
  },
  memory: () => ({ own: memoryOf(process.pid).own, heap: process.memoryUsage().heapUsed }),
  /** How late turns came since `watch`. */
  whole: () => delays(whole),
  /** How late turns came since this was asked before. */
  lately() {
    const late = delays(recent);
    recent.reset();
    return late;
  },
  watch() {
    for (const histogram of [whole, recent]) {
      histogram.reset();
      histogram.enable();
    }
    return {};
  },
};

let ticks;
const [whole, recent] = [0, 0].map(() => monitorEventLoopDelay({ resolution: TICK_MS }));
begin();
process.on('message', (message) => process.send(ANSWERS[message]()));
process.channel?.unref();
// Whoever measures is gone, for whatever reason.
process.on('disconnect', () => process.exit(1));
