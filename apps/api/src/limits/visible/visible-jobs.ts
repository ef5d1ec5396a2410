import type { AccessScope } from '@cloudpam/audit';
import type { ReconciliationReadStores } from '@cloudpam/reconciliation';
import type { Stores } from '../../storage/storage';
import { isWhole, wholeAccounts } from './whole-accounts';

/** What can be read of discovery jobs. */
export type VisibleJobs = ReconciliationReadStores['jobs'];
/** What can be read of collectors in agent mode. */
export type VisibleAgents = ReconciliationReadStores['agents'];

/** Jobs of accounts that are visible as a whole. */
export function visibleJobs({ jobs }: Stores, accessScope: AccessScope): VisibleJobs {
  return {
    get: async (id) => {
      const job = await jobs.get(id);
      return job && isWhole(accessScope, job.accountId) ? job : undefined;
    },
    list: (filter, page, size) =>
      jobs.list({ ...filter, accountIds: wholeAccounts(accessScope) }, page, size),
  };
}

/** All agents: there is one for each collector that runs. */
const ALL_AGENTS = 100_000;

/** Agents of accounts that are visible as a whole, without the other accounts that they read. */
export function visibleAgents(
  { accounts, agents }: Stores,
  accessScope: AccessScope,
): VisibleAgents {
  return {
    list: async (filter, page, size) => {
      const keys = new Set(
        (await accounts.getMany(wholeAccounts(accessScope))).map((account) => account.key),
      );
      const { items } = await agents.list(filter, 1, ALL_AGENTS);
      const visible = items
        .map((agent) => ({ ...agent, accounts: agent.accounts.filter((key) => keys.has(key)) }))
        .filter((agent) => agent.accounts.length > 0);
      return { items: visible.slice((page - 1) * size, page * size), total: visible.length };
    },
  };
}
