import { resetClocks, setClocks } from '../testing/clocks';
import { SteadyClock } from './steady-clock';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

describe('a steady clock', () => {
  afterEach(resetClocks);

  it('does not believe a clock that is set forward by a day, and tells of it once', () => {
    const told: string[] = [];
    const clock = new SteadyClock((line) => told.push(line));
    const before = clock.now().getTime();
    for (const elapsed of [MINUTE_MS, 2 * MINUTE_MS, 3 * MINUTE_MS]) {
      setClocks({ ofDay: DAY_MS + elapsed, elapsed });
      const passed = clock.now().getTime() - before;
      expect(passed).toBeGreaterThanOrEqual(elapsed);
      expect(passed).toBeLessThan(elapsed + MINUTE_MS);
      resetClocks();
    }
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('the clock was set forward by 86');
    // Right again.
    setClocks({ ofDay: 4 * MINUTE_MS, elapsed: 4 * MINUTE_MS });
    expect(clock.now()).toEqual(new Date());
    resetClocks();
    setClocks({ ofDay: DAY_MS, elapsed: 5 * MINUTE_MS });
    clock.now();
    expect(told).toHaveLength(2);
  });

  it('follows one that is set back, and one that goes on', () => {
    const told: string[] = [];
    const clock = new SteadyClock((line) => told.push(line));
    setClocks({ ofDay: -DAY_MS, elapsed: MINUTE_MS });
    expect(clock.now()).toEqual(new Date());
    resetClocks();
    setClocks({ ofDay: -DAY_MS + 3 * DAY_MS, elapsed: MINUTE_MS + 3 * DAY_MS });
    expect(clock.now()).toEqual(new Date());
    expect(told).toEqual([]);
  });
});
