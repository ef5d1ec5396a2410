import { placeOfAccount, write, type Change } from '@cloudpam/audit';
import { ACCOUNTS, recordNotFound, type Provider } from '@cloudpam/pools';
import { jobNotFound } from './discovery-error';
import { discoveryEvent } from './discovery-events';
import { isOpen, type Job } from './job';
import { Owners } from './owners';
import type { ReconciliationStores, ReconciliationUnitOfWork } from './reconciliation-stores';

/** Asks for a discovery of an account, now. Whoever asks while a job is open gets that job. */
export class RequestDiscovery {
  constructor(private readonly unitOfWork: ReconciliationUnitOfWork) {}

  /** @throws PoolError `account_not_found` */
  async execute(change: Change, accountId: number): Promise<Job> {
    return write(this.unitOfWork, change, async (stores) => {
      const account = await stores.accounts.lock(accountId);
      if (!account) throw recordNotFound(ACCOUNTS, accountId, 'account_id');
      const open = await stores.jobs.openOf(accountId);
      if (open) return open;
      const job = await stores.jobs.insert(newJob(change, accountId));
      await stores.audit.append([
        discoveryEvent(change, 'job.request', job.id, {
          before: null,
          after: { account: account.key },
          place: placeOfAccount(accountId),
        }),
      ]);
      return job;
    });
  }
}

/** Queues jobs for the accounts of an agent's schedule that are due and have none open. */
export class ScheduleDiscoveries {
  constructor(private readonly unitOfWork: ReconciliationUnitOfWork) {}

  /**
   * Gives the number of jobs queued. Accounts that the server has not heard of are made, unless
   * they are unproven.
   * @param keys of accounts, `provider:external_id`
   * @param olderThan seconds since the last discovery, or the last try
   * @param unproven of the keys, those that may be a mistype
   */
  async execute(
    change: Change,
    keys: readonly string[],
    olderThan: number,
    unproven: readonly string[] = [],
  ): Promise<number> {
    const due = new Date(change.at.getTime() - olderThan * 1_000);
    return write(this.unitOfWork, change, async (stores) => {
      const ids = await accountIds(stores, change, [...new Set(keys)].sort(), new Set(unproven));
      const seen = new Map<number, Date>();
      for (const scope of await stores.discovery.scopeStates()) {
        const known = seen.get(scope.accountId);
        if (scope.collectedAt && (!known || scope.collectedAt > known))
          seen.set(scope.accountId, scope.collectedAt);
      }
      const last = await stores.jobs.lastEnded(ids);
      let queued = 0;
      for (const id of ids) {
        const at = [seen.get(id), last.get(id)?.finishedAt ?? undefined]
          .filter((each) => each !== undefined)
          .sort((a, b) => b.getTime() - a.getTime())[0];
        if (at && at > due) continue;
        await stores.accounts.lock(id);
        if (await stores.jobs.openOf(id)) continue;
        const job = await stores.jobs.insert(newJob(change, id));
        await stores.audit.append([
          discoveryEvent(change, 'job.schedule', job.id, {
            before: null,
            after: { account: (await stores.accounts.get(id))?.key ?? null },
            place: placeOfAccount(id),
          }),
        ]);
        queued += 1;
      }
      return queued;
    });
  }
}

/** A person takes a job back; an agent that has it is told with its next report. */
export class CancelJob {
  constructor(private readonly unitOfWork: ReconciliationUnitOfWork) {}

  /** @throws DiscoveryError `job_not_found` */
  async execute(change: Change, id: number): Promise<Job> {
    return write(this.unitOfWork, change, async (stores) => {
      const job = await stores.jobs.lock(id);
      if (!job) throw jobNotFound(id);
      if (!isOpen(job)) return job;
      const cancelled: Job = {
        ...job,
        status: 'cancelled',
        finishedAt: change.at,
        leaseUntil: null,
      };
      await stores.jobs.save(cancelled);
      await stores.audit.append([
        discoveryEvent(change, 'job.cancel', id, {
          before: { status: job.status },
          after: { status: 'cancelled' },
          place: placeOfAccount(job.accountId),
        }),
      ]);
      return cancelled;
    });
  }
}

async function accountIds(
  stores: ReconciliationStores,
  change: Change,
  keys: readonly string[],
  unproven: ReadonlySet<string>,
): Promise<number[]> {
  const known = new Map(
    (await stores.accounts.byKeys(keys)).map((account) => [account.key, account.id]),
  );
  const ids: number[] = [];
  for (const key of keys) {
    if (unproven.has(key) && !known.has(key)) continue;
    const [provider = '', externalId = ''] = key.split(/:(.*)/s);
    // The keys were checked to begin with a provider.
    ids.push(
      known.get(key) ??
        (await new Owners(stores, change, provider as Provider).account(externalId)).id,
    );
  }
  return ids;
}

function newJob(change: Change, accountId: number): Omit<Job, 'id'> {
  return {
    accountId,
    status: 'queued',
    requestedBy: change.actor.name,
    requestedAt: change.at,
    startedAt: null,
    finishedAt: null,
    instance: null,
    lease: null,
    leaseUntil: null,
    attempt: 0,
    scopesDone: 0,
    scopesTotal: null,
    message: '',
    error: null,
    counts: null,
  };
}
