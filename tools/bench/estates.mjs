// Estates that never were: how many addresses their networks take, week by week.
import { randomNumbers } from './timing.mjs';

const WEEKS = 312;
const COUNT = 40;
/** Networks are from /28 to /20. */
const SMALLEST = 16;
const DOUBLINGS = 8;
/** Weeks after which an estate may grow at another rate. */
const SHIFT = 60;

/**
 * Series of addresses taken at the end of each week: networks come at a rate (Poisson) that has
 * seasons and changes now and then; some are given back.
 */
export function estates({ seed, weeks = WEEKS, size = COUNT }) {
  const random = randomNumbers(seed);
  return Array.from({ length: size }, () => estate(random, weeks));
}

function estate(random, weeks) {
  let rate = 0.15 + 2 * random() ** 2;
  const season = 0.6 * random();
  const phase = 2 * Math.PI * random();
  const releases = 0.25 * random();
  const usual = Math.floor(DOUBLINGS * random());
  const series = [];
  const networks = [];
  let taken = 0;
  for (let week = 0; week < weeks; week++) {
    if (random() < 1 / SHIFT) rate *= 0.4 + 1.4 * random();
    const now = rate * (1 + season * Math.sin((2 * Math.PI * week) / 52 + phase));
    for (let left = poisson(now, random); left > 0; left--) {
      const doublings = Math.min(DOUBLINGS, Math.max(0, usual + Math.round(3 * (random() - 0.5))));
      networks.push(SMALLEST * 2 ** doublings);
      taken += networks.at(-1);
    }
    for (let left = poisson(releases * now, random); left > 0 && networks.length > 0; left--)
      taken -= networks.splice(Math.floor(random() * networks.length), 1)[0];
    series.push(taken);
  }
  return series;
}

/** Knuth's, for the small rates of here. */
function poisson(mean, random) {
  const end = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > end; count++) product *= random();
  return count;
}
