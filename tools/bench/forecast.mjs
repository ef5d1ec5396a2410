// What forecasts are worth, on growth that has happened and on estates that are made up, and what
// they cost.
import { readFile } from 'node:fs/promises';
import { forecastOf } from '@cloudpam/forecast';
import { estates } from './estates.mjs';
import { count, milliseconds, say, table } from './printed.mjs';
import { median, timed } from './timing.mjs';

const AWS = new URL('data/aws-region-address-growth.json', import.meta.url);
/** Forecasts are made in each so many-th week of a series, from the first that has a past. */
const STEP = 13;
const SHORTEST = 26;
/** What is beyond three years counts as three years. */
const FARTHEST = 156;
const BITS = 32;
const POOLS = 10_000;

/** Prints the backtests and the time of a night. */
export async function benchForecast() {
  const sets = { 'AWS regions': await awsRegions(), 'made-up estates': estates({ seed: 4 }) };
  for (const ahead of [26, 52]) {
    const rows = Object.entries(sets).map(([name, series]) => {
      say(`${name}: ${series.length} series, ${ahead} weeks ahead ...`);
      return rowOf(
        name,
        series.flatMap((each, n) => triesOf(each, n, ahead)),
      );
    });
    table(
      `When is reached what was reached within ${ahead} weeks? Errors in weeks`,
      [
        'data',
        'forecasts',
        'median error',
        'of mean growth',
        'no date',
        'of mean growth, no date',
        'true week in the 80% band',
        'before the band',
        'behind it',
        'band, median weeks',
        'no forecast (too short a past)',
      ],
      rows,
    );
  }
  await benchNight(Object.values(sets).flat());
}

/** [weeks][addresses]: how many addresses were taken at the end of each week. */
async function awsRegions() {
  const { weeks, regions } = JSON.parse(await readFile(AWS, 'utf8'));
  return Object.values(regions).map((steps) => {
    const series = [];
    let at = 0;
    for (let week = 0; week < weeks; week++) {
      while (steps[at + 1]?.[0] <= week) at += 1;
      series.push(steps[at][1]);
    }
    // A region begins with its first addresses.
    return series.slice(series.findIndex((each) => each > 0));
  });
}

/** Forecasts from points of a series, each beside what came. */
function triesOf(series, seed, ahead) {
  const tries = [];
  for (let origin = SHORTEST; origin + ahead < series.length; origin += STEP) {
    const taken = series[origin];
    const most = Math.max(...series.slice(origin + 1, origin + ahead + 1));
    if (most <= taken) continue;
    const truth = series.findIndex((each, week) => week > origin && each >= most) - origin;
    const said = forecastOf({
      days: daysOf(series.slice(0, origin + 1), most),
      today: 7 * origin,
      prefixLength: BITS,
      bits: BITS,
      seed,
    });
    const mean = (taken - series[0]) / origin;
    tries.push({
      said,
      truth,
      today: 7 * origin,
      mean: mean > 0 ? (most - taken) / mean : Infinity,
    });
  }
  return tries;
}

/** Single addresses of a space that ends with `size`. */
function daysOf(series, size) {
  return series.flatMap((taken, week) =>
    week > 0 && taken === series[week - 1]
      ? []
      : [{ day: 7 * week, taken: { [BITS]: taken }, free: blocksOf(Math.max(0, size - taken)) }],
  );
}

/** So many addresses as blocks, the fewest there can be. */
function blocksOf(addresses) {
  const blocks = {};
  for (let length = 0; length <= BITS; length++)
    if (Math.floor(addresses / 2 ** (BITS - length)) % 2 === 1) blocks[length] = 1;
  return blocks;
}

function rowOf(name, tries) {
  const known = tries.filter(({ said }) => said.outcome !== 'not_enough_history');
  const weeksOf = (day, today) => (day === null ? Infinity : (day - today) / 7);
  const error = (predicted, truth) => Math.abs(Math.min(predicted, FARTHEST) - truth);
  const share = (holds) => `${((100 * known.filter(holds).length) / known.length).toFixed(0)}%`;
  const isBefore = ({ said, truth, today }) => truth < weeksOf(said.earliest, today) - 0.5;
  const isBehind = ({ said, truth, today }) => truth > weeksOf(said.latest, today) + 0.5;
  return [
    name,
    count(known.length),
    median(known.map(({ said, truth, today }) => error(weeksOf(said.day, today), truth))).toFixed(
      1,
    ),
    median(known.map(({ mean, truth }) => error(mean, truth))).toFixed(1),
    share(({ said }) => said.day === null),
    share(({ mean }) => mean > FARTHEST),
    share((each) => !isBefore(each) && !isBehind(each)),
    share(isBefore),
    share(isBehind),
    median(
      known.map(
        ({ said, today }) =>
          Math.min(FARTHEST, weeksOf(said.latest, today)) -
          Math.min(FARTHEST, weeksOf(said.earliest, today)),
      ),
    ).toFixed(0),
    count(tries.length - known.length),
  ];
}

/** What a night costs: a forecast for each of many pools, over a past of up to three years. */
async function benchNight(series) {
  const questions = series.map((each) => {
    const days = daysOf(each, 1.5 * Math.max(...each));
    return { days, today: 7 * (each.length - 1), prefixLength: BITS, bits: BITS };
  });
  const samples = [];
  const before = process.cpuUsage();
  const took = await timed(async () => {
    for (let pool = 0; pool < POOLS; pool++) {
      const question = { ...questions[pool % questions.length], seed: pool };
      samples.push(await timed(() => forecastOf(question)));
    }
  });
  const { user } = process.cpuUsage(before);
  samples.sort((a, b) => a - b);
  table(
    `Forecasts of ${count(POOLS)} pools, in one thread`,
    ['', 'seconds', 'of the processor', 'ms a pool, median', 'p99'],
    [
      [
        'as above, three years',
        (took / 1_000).toFixed(1),
        (user / 1e6).toFixed(1),
        milliseconds(median(samples)),
        milliseconds(samples[Math.floor(0.99 * samples.length)]),
      ],
    ],
  );
}
