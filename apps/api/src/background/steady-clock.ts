import { warn } from './lines';

/** Less than this is how clocks are kept right. */
const TOLERANCE_MS = 60_000;

/**
 * The time of day for what must not end early. A clock that is set forward while the server runs is not believed: time
 * goes on as it passes, until the clock is right again or the server is started anew. One that is set back is.
 */
export class SteadyClock {
  private at = new Date().getTime();
  private passed = performance.now();
  private isAhead = false;

  constructor(private readonly tell: (line: string) => void = warn) {}

  /** The time now. A jump is told of once. */
  now(): Date {
    const passed = performance.now();
    const steady = this.at + Math.max(0, passed - this.passed);
    const ofDay = new Date().getTime();
    const isAhead = ofDay > steady + TOLERANCE_MS;
    if (isAhead && !this.isAhead)
      this.tell(
        `the clock was set forward by ${Math.round((ofDay - steady) / 1_000)} s: leases and quarantines end by the ` +
          'time that has passed, until the clock is right or the server is started again',
      );
    this.isAhead = isAhead;
    this.at = isAhead ? steady : ofDay;
    this.passed = passed;
    return new Date(this.at);
  }
}
