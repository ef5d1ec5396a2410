import { COUNT_USAGE, dayOf, ReadForecasts } from '@cloudpam/forecast';
import { formatCidr } from '@cloudpam/cidr';
import { soonUntil } from '@cloudpam/reconciliation';
import { Gauge } from 'prom-client';
import type { Config } from '../config/config';
import type { Storage } from '../storage/storage';
import { ESTATE } from './observe-discovery';

/** Of so many pools it is told when they end: those that end first. */
const MOST_POOLS = 100;

/** When pools end, and how far the log is counted. Read when it is scraped. */
export function observeUsage(
  { unitOfWork }: Pick<Storage, 'unitOfWork'>,
  { exhaustsSoon }: Pick<Config, 'exhaustsSoon'>,
): void {
  const registers = [ESTATE];
  const left = new Gauge({
    name: 'cloudpam_pool_ends_in_days',
    help: 'Days until a block no longer fits into a pool, at mean growth; of the first 100 within EXHAUSTS_SOON',
    labelNames: ['pool_id', 'vrf_id', 'cidr', 'prefix_length'],
    registers,
    collect: async () => {
      left.reset();
      const now = new Date();
      const [today, until] = [dayOf(now), soonUntil(exhaustsSoon, now)];
      if (until === undefined) return;
      const { items } = await new ReadForecasts(unitOfWork).ending({ until }, { size: MOST_POOLS });
      for (const { pool, prefixLength, forecast } of items)
        left.set(
          {
            pool_id: pool.id,
            vrf_id: pool.vrfId,
            cidr: formatCidr(pool.cidr),
            prefix_length: prefixLength,
          },
          Math.max(0, (forecast.day ?? today) - today),
        );
    },
  });
  const behind = new Gauge({
    name: 'cloudpam_usage_behind',
    help: 'Sealed entries of the audit log that are not counted into usage yet',
    registers,
    collect: () =>
      unitOfWork.read(async ({ seals, subscribers }) => {
        const [head, state] = [await seals.head(), await subscribers.get(COUNT_USAGE.name)];
        behind.set((head?.seq ?? 0) - (state?.seq ?? 0));
      }),
  });
}
