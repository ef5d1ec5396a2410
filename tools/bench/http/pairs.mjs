import { join } from 'node:path';
import { failed, failuresOf } from '../failures.mjs';
import { start } from '../processes.mjs';
import { count, milliseconds, ratio, say } from '../printed.mjs';
import { median, percentile } from '../timing.mjs';
import { loaded, Wire } from '../wire.mjs';

/** Pairs that count; one before them warms up. */
export const ROUNDS = 5;
const ROUND_MS = 1_500;

/** The bare server on a database. */
export function startBare({ url }) {
  return start(join(import.meta.dirname, 'bare-server.mjs'), [url]);
}

/** Requests as fast as they are answered, for one round. */
export function load(title, server, ask, { connections, expected = 200 }) {
  const onError = ({ status, body }) => failed(title, status, body);
  return server.used(() =>
    loaded([server.port], ask, { connections, ms: ROUND_MS, expected, onError }),
  );
}

/** One request. */
export function once(title, server, [method, path, options], { expected = 200 } = {}) {
  return server.used(async () => {
    const wire = new Wire(server.port);
    const began = performance.now();
    const { status, body } = await wire.send(method, path, options);
    const took = performance.now() - began;
    wire.close();
    if (status !== expected) failed(title, status, body);
    return { perSecond: 1_000 / took, took: [took], body };
  });
}

/**
 * Alternates between the two servers, so that both meet the same moods of the machine:
 * `measure('product' or 'bare', round)` is one round of one of them.
 */
export async function pairs(title, measure) {
  const [ours, theirs] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    const pair = [await measure('product', round), await measure('bare', round)];
    if (round === 0) continue;
    ours.push(pair[0]);
    theirs.push(pair[1]);
  }
  const ratios = ours.map(({ perSecond }, at) => perSecond / theirs[at].perSecond);
  const took = ours.flatMap((each) => each.took).sort((a, b) => a - b);
  const of = (list, name) => median(list.map((each) => each[name]));
  return {
    title,
    perSecond: of(ours, 'perSecond'),
    bare: of(theirs, 'perSecond'),
    ratios,
    took,
    used: of(ours, 'used'),
    bareUsed: of(theirs, 'used'),
    usedRatio: median(theirs.map(({ used }, at) => used / ours[at].used)),
    errors: failuresOf(title),
  };
}

export const RATES = [
  '',
  'a second',
  'bare, a second',
  'ratio',
  'p50, ms',
  'p99, ms',
  'processor, us',
  'bare, us',
  'ratio',
  'errors',
];

/** A row of what is asked often: the ratio is of rates. */
export function rateRow({ title, perSecond, bare, ratios, took, ...rest }) {
  return told([
    title,
    count(perSecond),
    count(bare),
    spread(ratios, (value) => value.toFixed(2)),
    milliseconds(percentile(took, 0.5)),
    milliseconds(percentile(took, 0.99)),
    count(rest.used),
    count(rest.bareUsed),
    rest.usedRatio.toFixed(2),
    rest.errors,
  ]);
}

export const TIMES = [
  '',
  'ms',
  'bare, ms',
  'times bare',
  'p99, ms',
  'a second',
  'processor, ms',
  'bare, ms',
  'times bare',
  'errors',
];

/** A row of writes: the ratio is of times. */
export function timeRow({ title, perSecond, bare, ratios, took, ...rest }) {
  return told([
    title,
    milliseconds(1_000 / perSecond),
    milliseconds(1_000 / bare),
    spread(
      ratios.map((value) => 1 / value),
      ratio,
    ),
    milliseconds(percentile(took, 0.99)),
    count(perSecond),
    milliseconds(rest.used / 1e3),
    milliseconds(rest.bareUsed / 1e3),
    ratio(1 / rest.usedRatio),
    rest.errors,
  ]);
}

function spread(values, format) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${format(median(values))} (${format(least)} to ${format(most)})`;
}

function told(row) {
  say(`${row[0]}: ${row.slice(1).join(', ')}`);
  return row;
}
