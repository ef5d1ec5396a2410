import type { AgentClock } from '../agent/agent-clock';

interface Sleeper {
  readonly until: number;
  readonly ms: number;
  readonly wake: () => void;
}

/** Time that passes only when a test says so. */
export class FakeClock implements AgentClock {
  /** What chance gives. */
  chance = 0;
  private time = Date.UTC(2026, 0, 1);
  private sleepers: Sleeper[] = [];

  now = (): Date => new Date(this.time);
  elapsed = (): number => this.time;
  random = (): number => this.chance;

  wait = (ms: number, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.sleepers = this.sleepers.filter((sleeper) => sleeper.wake !== wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      signal.addEventListener('abort', wake);
      this.sleepers.push({ until: this.time + ms, ms, wake });
    });
  };

  /** The lengths of the waits that go on, in milliseconds, shortest first. */
  get waits(): number[] {
    return this.sleepers.map(({ ms }) => ms).sort((a, b) => a - b);
  }

  /** Lets so many milliseconds pass: whoever's time has come wakes. */
  pass(ms: number): void {
    this.time += ms;
    for (const { wake } of this.sleepers.filter(({ until }) => until <= this.time)) wake();
  }
}
