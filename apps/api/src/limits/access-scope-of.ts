import type { AccessScope } from '@cloudpam/audit';
import type { Limits } from '@cloudpam/identity';
import type { Storage } from '../storage/storage';

/** What someone's limits amount to now. What a limit names and is not there is not in the access scope. */
export function accessScopeOf(
  { unitOfWork }: Storage,
  { accounts, pools }: Limits,
): Promise<AccessScope> {
  return unitOfWork.read(async (stores) => ({
    accountIds: accounts && (await stores.accounts.byKeys(accounts)).map((account) => account.id),
    under:
      pools &&
      (await stores.pools.getMany(pools)).map(({ vrfId, cidr, kind }) => ({ vrfId, cidr, kind })),
  }));
}
