import type { Reach } from '@cloudpam/audit';
import type { Limits } from '@cloudpam/identity';
import type { Storage } from '../storage';

/** What someone's limits amount to now. What a limit names and is not there is not in reach. */
export function reachOf({ unitOfWork }: Storage, { accounts, pools }: Limits): Promise<Reach> {
  return unitOfWork.read(async (stores) => ({
    accountIds: accounts && (await stores.accounts.byKeys(accounts)).map((account) => account.id),
    under:
      pools &&
      (await stores.pools.getMany(pools)).map(({ vrfId, cidr, kind }) => ({ vrfId, cidr, kind })),
  }));
}
