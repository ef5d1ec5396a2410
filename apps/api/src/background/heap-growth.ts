import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's space for new objects as small as it is at first. Loading all modules would make it 33 MB, and an
 * idle server never gives them back. To be imported before what is loaded.
 */
setFlagsFromString('--semi-space-growth-factor=1');

/** Lets the space grow as V8 does by itself, for when there is work to do. */
export function letYoungSpaceGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}

/** How much of the memory in use garbage may be while work runs that makes much of it, in percent. */
const GARBAGE_PERCENT = 50;
let running = 0;

/**
 * Collects garbage early while the work runs: V8 lets the heap grow to four times of what is in use, which is paid
 * for where memory is dear, and is never given back.
 */
export async function inSmallHeap<T>(work: () => Promise<T>): Promise<T> {
  if (running++ === 0) setFlagsFromString(`--heap-growing-percent=${GARBAGE_PERCENT}`);
  try {
    return await work();
  } finally {
    if (--running === 0) setFlagsFromString('--heap-growing-percent=0');
  }
}
