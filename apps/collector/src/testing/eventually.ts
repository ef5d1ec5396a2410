import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 20_000;

/** Waits until the condition holds; rejects with its description when that takes too long. */
export async function eventually(description: string, condition: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`it did not come to pass: ${description}`);
    await pause(2);
  }
}
