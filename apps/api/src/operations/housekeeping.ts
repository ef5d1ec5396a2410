import { auditEntry, SYSTEM_ACTOR } from '@cloudpam/audit';
import { ReleaseExpired } from '@cloudpam/pools';
import { EndDismissals, ReleaseOrphans } from '@cloudpam/reconciliation';
import type { Storage } from '../storage/storage';
import { repeatedly } from '../background/repeatedly';

const INTERVAL_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const ANSWERS_KEPT_MS = DAY_MS;
const JOBS_KEPT_MS = 30 * DAY_MS;
const AGENTS_KEPT_MS = 7 * DAY_MS;
const PARTS_KEPT_MS = DAY_MS;

/**
 * Once a minute: releases expired reservations and orphans whose cooldown has passed, brings back
 * findings that were ignored until now, and forgets old idempotency keys, jobs, agents, parts of
 * listings, sessions and logins. Gives a function that ends it.
 */
export function startHousekeeping(
  storage: Storage,
  {
    orphanCooldown,
    sessionIdleMinutes,
  }: { readonly orphanCooldown: number; readonly sessionIdleMinutes: number },
  onError: (error: unknown) => void,
): () => Promise<void> {
  const releaseExpired = new ReleaseExpired(storage.unitOfWork);
  const releaseOrphans = new ReleaseOrphans(storage.unitOfWork);
  const endDismissals = new EndDismissals(storage.unitOfWork);
  const clean = async (): Promise<void> => {
    const now = new Date();
    await releaseExpired.execute(SYSTEM_ACTOR, now);
    const change = { actor: SYSTEM_ACTOR, at: now, requestId: 'housekeeping' };
    await endDismissals.execute(change);
    if (orphanCooldown > 0) await releaseOrphans.execute(change, orphanCooldown * 1_000);
    await storage.unitOfWork.run(async (stores) => {
      await stores.answers.purge(new Date(now.getTime() - ANSWERS_KEPT_MS));
      const ended = new Date(now.getTime() - JOBS_KEPT_MS);
      const forgotten = await stores.jobs.purge(ended);
      if (forgotten > 0)
        await stores.audit.append([
          auditEntry(change, 'job.purge', 'job', `ended before ${ended.toISOString()}`, {
            before: { count: forgotten },
            after: null,
          }),
        ]);
      await stores.agents.purge(new Date(now.getTime() - AGENTS_KEPT_MS));
      await stores.parts.purge(new Date(now.getTime() - PARTS_KEPT_MS));
      await stores.sessions.purge(now, new Date(now.getTime() - sessionIdleMinutes * 60_000));
      await stores.attempts.purge(now);
    });
  };
  return repeatedly(clean, INTERVAL_MS, onError, INTERVAL_MS);
}
