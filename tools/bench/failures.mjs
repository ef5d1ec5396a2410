// Answers that nobody wanted: they are counted, shown, and let the bench fail in the end.
import { say } from './printed.mjs';

const failures = new Map();

/** Notes an answer that nobody wanted: `bench` fails in the end, and says which. */
export function failed(title, status, text) {
  const key = `${title}: ${status}`;
  if (!failures.has(key)) failures.set(key, { times: 0, text: String(text).slice(0, 500) });
  failures.get(key).times += 1;
}

/** How many answers of a title nobody wanted. */
export function failuresOf(title) {
  return [...failures]
    .filter(([key]) => key.startsWith(`${title}: `))
    .reduce((sum, [, { times }]) => sum + times, 0);
}

/** Says what failed, and whether anything did. */
export function tellFailures() {
  for (const [key, { times, text }] of failures) say(`FAILED ${times} times: ${key} ${text}`);
  return failures.size > 0;
}
