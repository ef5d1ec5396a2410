import type { Reader } from '@cloudpam/audit';
import { accountsOf, type Accounts } from '@cloudpam/pools';
import type { Agent, AgentFilter } from './agent';
import { jobNotFound } from './discovery-error';
import type { Job, JobFilter } from './job';
import type { OwnedPage } from './read-inventory';
import type { ReconciliationReadStores } from './reconciliation-stores';

/** A page of agents, with the jobs that they do. */
export interface AgentPage {
  /** Those that were seen last first. */
  readonly items: readonly Agent[];
  readonly total: number;
  readonly running: readonly Job[];
}

/** More jobs do not run at a time. */
const MOST_RUNNING = 500;

type Stores = Pick<ReconciliationReadStores, 'jobs' | 'agents' | 'accounts'>;

/** Reads discovery jobs, and the agents that do them. */
export class ReadJobs {
  constructor(private readonly reader: Reader<Stores>) {}

  /** Newest first. @param page from 1 */
  list(filter: JobFilter, page: number, size: number): Promise<OwnedPage<Job>> {
    return this.reader.read(async (stores) => {
      const found = await stores.jobs.list(filter, page, size);
      return { ...found, accounts: await accountsOf(stores, found.items) };
    });
  }

  /** @throws DiscoveryError `job_not_found` */
  async get(id: number): Promise<{ readonly job: Job; readonly accounts: Accounts }> {
    const { job, accounts } = await this.find(id);
    if (!job) throw jobNotFound(id);
    return { job, accounts };
  }

  /** The job, if it is there, with the account that it discovers. */
  find(id: number): Promise<{ readonly job: Job | undefined; readonly accounts: Accounts }> {
    return this.reader.read(async (stores) => {
      const job = await stores.jobs.get(id);
      return { job, accounts: await accountsOf(stores, job ? [job] : []) };
    });
  }

  /** The account that a job would discover, if it is there. */
  account(accountId: number): Promise<Accounts> {
    return this.reader.read((stores) => accountsOf(stores, [{ accountId }]));
  }

  /** @param page from 1 */
  agents(filter: AgentFilter, page: number, size: number): Promise<AgentPage> {
    return this.reader.read(async ({ agents, jobs }) => {
      const found = await agents.list(filter, page, size);
      const running = await jobs.list({ status: 'running' }, 1, MOST_RUNNING);
      return { ...found, running: running.items };
    });
  }
}
