import type { Reach } from '@cloudpam/audit';
import { isLimited, type Limits } from '@cloudpam/identity';
import type { Storage } from '../storage';

/** What someone's limits amount to now; undefined without limits. What a limit names and is not there is not in reach. */
export async function reachOf({ unitOfWork }: Storage, limits: Limits): Promise<Reach | undefined> {
  if (!isLimited(limits)) return undefined;
  const { accounts, pools } = limits;
  return unitOfWork.read(async (stores) => ({
    accountIds: accounts && (await stores.accounts.byKeys(accounts)).map((account) => account.id),
    under: pools && (await stores.pools.getMany(pools)).map(({ vrfId, cidr, kind }) => ({ vrfId, cidr, kind })),
  }));
}
