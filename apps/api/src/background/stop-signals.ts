/** A signal so shortly after another is its echo. */
const ECHO_MS = 500;

/** Calls `stop` at the first SIGTERM or SIGINT, and ends the process at the second one. */
export function onStopSignal(stop: () => void, atOnce: () => void = () => undefined): void {
  let first: number | undefined;
  const take = (): void => {
    if (first === undefined) {
      first = performance.now();
      stop();
    } else if (performance.now() - first > ECHO_MS) {
      // Ctrl-C can reach this process twice, from the terminal and from what started it.
      atOnce();
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, take);
}
