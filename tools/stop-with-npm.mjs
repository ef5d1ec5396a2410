const POLL_MS = 300;
const ECHO_MS = 1_000;

/**
 * Makes a process that an npm script runs end with npm. npm passes a signal on to the shell between
 * them, which may die of it without telling anyone; and Ctrl-C in a terminal may arrive twice, from
 * the terminal and from npm.
 * - When that shell is gone, this process gets a SIGTERM.
 * - A signal that follows another within a second is its echo and does nothing; a later one ends
 *   the process at once. The process' own handlers do the stopping; before it has any, a signal
 *   ends it.
 */
export function stopWithNpm() {
  let first = 0;
  const shell = process.ppid;
  // Not under npm, a parent may go away for other reasons, such as `nohup`.
  const watch = process.env.npm_lifecycle_event
    ? setInterval(
        () => process.ppid !== shell && process.kill(process.pid, 'SIGTERM'),
        POLL_MS,
      ).unref()
    : undefined;
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ]) {
    process.on(signal, () => {
      clearInterval(watch);
      const echo = first !== 0 && Date.now() - first < ECHO_MS;
      if (echo) return;
      if (first !== 0 || process.listenerCount(signal) === 1) process.exit(code);
      first = Date.now();
    });
  }
}
