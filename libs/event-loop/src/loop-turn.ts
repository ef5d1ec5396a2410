/** So long work goes on, in milliseconds, before others have their turn of the event loop. */
const SLICE_MS = 15;

/** When the work of this turn began; undefined where it has not. */
let began: number | undefined;
const waiting: (() => void)[] = [];

/**
 * What long work asks before each of its steps. All the work of the process shares one measure: a
 * turn of the event loop is as long as one slice, whatever number of requests there is, and those
 * that have to wait go on in their order, one a turn.
 * @returns undefined when the step may be taken at once
 */
export function loopTurn(): Promise<void> | undefined {
  if (began === undefined) {
    begin();
    return undefined;
  }
  if (performance.now() - began < SLICE_MS) return undefined;
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(serve);
  });
}

function begin(): void {
  began = performance.now();
  setImmediate(() => {
    began = undefined;
  });
}

function serve(): void {
  begin();
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(serve);
}
