import { jobNotFound } from '@cloudpam/reconciliation';
import { visibleJobs } from '../visible/visible-jobs';
import type { EntityAccess } from './entity-access';

/** Discovery jobs: those of accounts that are visible as a whole. */
export const JOB_ACCESS: EntityAccess = {
  named: {
    visibleIds: async ({ jobs }, ids) => {
      const visible = new Set<number>();
      for (const id of ids) if (await jobs.get(id)) visible.add(id);
      return visible;
    },
    notFound: jobNotFound,
  },
  mayCause: async (accessScope, stores, { entityId }) =>
    (await visibleJobs(stores, accessScope).get(Number(entityId))) !== undefined,
};
