/** How often a digest is sent. */
export const DIGEST_PERIODS = ['daily', 'weekly'] as const;
/** One of `DIGEST_PERIODS`. */
export type DigestPeriod = (typeof DIGEST_PERIODS)[number];

/** When a digest is sent: at an hour of the clock of a time zone. */
export interface Schedule {
  readonly every: DigestPeriod;
  /** Of `weekly`: 1, Monday, to 7, Sunday (ISO 8601); null of `daily`. */
  readonly weekday: number | null;
  /** From 0 to 23. */
  readonly hour: number;
  /** A name of the IANA database: `Europe/Berlin`. */
  readonly timeZone: string;
}

const DAY_MS = 24 * 3_600_000;
/** Longer than any wait between two times of a schedule. */
const LONGEST_MS = 9 * DAY_MS;
/** Some zones are 14 hours ahead of others, and no change of a clock is longer than a day. */
const AROUND_MS = 36 * 3_600_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Whether a text names a time zone by which clocks can be read. */
export function isTimeZone(text: string): boolean {
  try {
    // Offsets are no zones: they know no summer time.
    return /^[A-Za-z]/.test(text) && clockOf(text) !== undefined;
  } catch {
    return false;
  }
}

/**
 * The first time of a schedule after a moment. Where the clock is set forward over the hour, the time is later by as
 * much as it is set; of an hour that comes twice it is the first one.
 */
export function nextDue(schedule: Schedule, after: Date): Date {
  const { every, weekday, hour, timeZone } = schedule;
  const today = localTime(timeZone, after.getTime());
  const midnight = today - (((today % DAY_MS) + DAY_MS) % DAY_MS);
  for (let day = -1; day <= 9; day++) {
    const date = midnight + day * DAY_MS;
    if (every === 'weekly' && weekdayOf(date) !== weekday) continue;
    const due = instantOf(timeZone, date + hour * 3_600_000);
    if (due > after.getTime()) return new Date(due);
  }
  throw new Error(`no time of the schedule follows ${after.toISOString()}`);
}

/** The last time of a schedule from one of them on that a moment has reached. */
export function lastDue(schedule: Schedule, due: Date, at: Date): Date {
  // What nobody has sent for years is not walked through day by day.
  let last = due;
  const recent = at.getTime() - LONGEST_MS;
  for (
    let next = nextDue(schedule, new Date(Math.max(due.getTime(), recent)));
    next <= at;
    next = nextDue(schedule, next)
  )
    last = next;
  return last;
}

/** What a clock shows at an instant, as if it were UTC. */
function localTime(timeZone: string, instant: number): number {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
}

/** The instant at which a clock shows a time. */
function instantOf(timeZone: string, local: number): number {
  const offsets = [local - AROUND_MS, local + AROUND_MS].map(
    (near) => localTime(timeZone, near) - near,
  );
  const [first = local, second = local] = offsets.map((offset) => local - offset);
  const shown = [first, second].filter((instant) => localTime(timeZone, instant) === local);
  return shown.length > 0 ? Math.min(...shown) : first;
}

function weekdayOf(date: number): number {
  return new Date(date).getUTCDay() || 7;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, made);
  return made;
}
