const UNTOUCHED = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/**
 * Sets the time of day, and how much time has passed on the clock that nobody sets, both in
 * milliseconds from now. The time of day stands still until {@link resetClocks}; timers go on.
 */
export function setClocks({ ofDay, elapsed }: { ofDay: number; elapsed: number }): void {
  const passed = performance.now.bind(performance);
  jest.useFakeTimers({ now: Date.now() + ofDay, doNotFake: [...UNTOUCHED] });
  jest.spyOn(performance, 'now').mockImplementation(() => passed() + elapsed);
}

/** Takes back what {@link setClocks} did. */
export function resetClocks(): void {
  jest.useRealTimers();
  jest.restoreAllMocks();
}
