import { CLOCK_SKEW_MS, liesAhead } from '@cloudpam/identity';
import type { CheckedStorage, Finding } from '@cloudpam/storage-typeorm';

const ADVICE =
  'have the machines keep the time (NTP); docs/operations.md tells what a wrong clock does';

/**
 * Compares the clock of this machine with that of the database, where it has one of its own, and with what was noted
 * as it happened: nothing of that lies ahead of a right clock.
 */
export async function checkClock(storage: Pick<CheckedStorage, 'moments'>): Promise<Finding> {
  const asked = new Date();
  const { clock, noted } = await storage.moments();
  const answered = new Date();
  const ahead = noted.find(({ at }) => liesAhead(at, answered));
  if (ahead)
    return {
      level: 'fault',
      found: `${ahead.what} was at ${ahead.at.toISOString()}, and this machine has ${answered.toISOString()}`,
      advice: ADVICE,
    };
  if (!clock) return { level: 'ok', found: 'nothing that was noted lies ahead of it' };
  // The database has looked at its clock between the two moments.
  const off = Math.max(asked.getTime() - clock.getTime(), clock.getTime() - answered.getTime(), 0);
  const found = `${Math.round(off / 1_000)} s off that of the database`;
  return off > CLOCK_SKEW_MS ? { level: 'fault', found, advice: ADVICE } : { level: 'ok', found };
}
