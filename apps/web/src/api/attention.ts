/**
 * So long after something was done with keys or pointer, what the page asks counts as asked by a
 * person.
 */
const ATTENTION_MS = 120_000;

// Measured by a clock that nobody sets.
let lastDone = performance.now();

/** Notes that a person does something with this page. */
function note(): void {
  lastDone = performance.now();
}

/**
 * Follows whether a person is at this page: one that only refreshes itself must not keep a session
 * alive.
 */
export function followAttention(): void {
  for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
    window.addEventListener(type, note, { passive: true, capture: true });
}

/** Whether nobody has done anything with this page for two minutes. */
export function isUnattended(now = performance.now()): boolean {
  return now - lastDone > ATTENTION_MS;
}
