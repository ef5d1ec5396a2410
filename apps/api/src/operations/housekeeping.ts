import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SYSTEM_ACTOR, type Change } from '@cloudpam/audit';
import { dayOf } from '@cloudpam/forecast';
import { ReleaseExpired } from '@cloudpam/pools';
import {
  discoveryEvent,
  EndDismissals,
  ReleaseAddresses,
  ReleaseOrphans,
} from '@cloudpam/reconciliation';
import { repeatedly } from '../background/repeatedly';
import { SteadyClock } from '../background/steady-clock';
import { CONFIG, type Config } from '../config/config';
import { ErrorReports } from '../http/error-reports';
import { STORAGE, type Storage } from '../storage/storage';

const INTERVAL_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const ANSWERS_KEPT_MS = DAY_MS;
const JOBS_KEPT_MS = 30 * DAY_MS;
const AGENTS_KEPT_MS = 7 * DAY_MS;
const PARTS_KEPT_MS = DAY_MS;
/** Where orphans wait for a person: nobody could look at each address. */
const ADDRESSES_HELD_MS = DAY_MS;
/** Longer than the clocks of two servers differ. */
const LOGIN_COUNTS_KEPT_MS = 600_000;
/** Days of usage that are forgotten at once: a moment, for which others wait. */
const DAYS_AT_ONCE = 2_000;

/**
 * Once a minute: gives back what has an end that is over, releases orphans whose cooldown has passed,
 * ends the holding of addresses that are gone, brings back
 * findings that were ignored until now, and forgets old idempotency keys, jobs, agents, parts of
 * listings, sessions, logins and counts of them, and days of usage.
 */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private end: (() => Promise<void>) | undefined;
  private readonly clock = new SteadyClock();

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(CONFIG) private readonly config: Config,
    private readonly releaseExpired: ReleaseExpired,
    private readonly releaseOrphans: ReleaseOrphans,
    private readonly releaseAddresses: ReleaseAddresses,
    private readonly endDismissals: EndDismissals,
    private readonly reports: ErrorReports,
  ) {}

  onApplicationBootstrap(): void {
    this.end = repeatedly(
      () => this.clean(new Date()),
      INTERVAL_MS,
      (error) => this.reports.workFailed('housekeeping', 'housekeeping failed', error),
      INTERVAL_MS,
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.end?.();
  }

  /** Does all of it once. */
  async clean(now: Date): Promise<void> {
    await this.releaseExpired.execute(SYSTEM_ACTOR, this.clock.now());
    const change = { actor: SYSTEM_ACTOR, at: now, requestId: 'housekeeping' };
    await this.endDismissals.execute(change);
    const { orphanCooldown } = this.config;
    if (orphanCooldown > 0) await this.releaseOrphans.execute(change, orphanCooldown * 1_000);
    const held = orphanCooldown > 0 ? orphanCooldown * 1_000 : ADDRESSES_HELD_MS;
    await this.releaseAddresses.execute(change, held);
    await this.forget(change);
    await this.forgetUsage(now);
  }

  private async forgetUsage(now: Date): Promise<void> {
    const { usageKept } = this.config;
    if (usageKept === 0) return;
    const before = dayOf(new Date(now.getTime() - usageKept * 1_000));
    for (let forgotten = DAYS_AT_ONCE; forgotten === DAYS_AT_ONCE;)
      forgotten = await this.storage.unitOfWork.run(({ usage }) =>
        usage.purge(before, DAYS_AT_ONCE),
      );
  }

  private async forget(change: Change): Promise<void> {
    const before = (keptMs: number): Date => new Date(change.at.getTime() - keptMs);
    await this.storage.unitOfWork.run(async (stores) => {
      await stores.answers.purge(before(ANSWERS_KEPT_MS));
      const ended = before(JOBS_KEPT_MS);
      const forgotten = await stores.jobs.purge(ended);
      if (forgotten > 0)
        await stores.audit.append([
          discoveryEvent(change, 'job.purge', `ended before ${ended.toISOString()}`, {
            before: { count: forgotten },
            after: null,
          }),
        ]);
      await stores.agents.purge(before(AGENTS_KEPT_MS));
      await stores.parts.purge(before(PARTS_KEPT_MS));
      await stores.sessions.purge(change.at, before(this.config.sessionIdleMinutes * 60_000));
      await stores.attempts.purge(change.at);
      await stores.loginCounts.purge(before(LOGIN_COUNTS_KEPT_MS));
    });
  }
}
