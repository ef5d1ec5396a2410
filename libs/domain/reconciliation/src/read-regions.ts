import type { Reader } from '@cloudpam/audit';
import type { ReconciliationReadStores } from './reconciliation-stores';

/** How many accounts are looked at for the regions that people gave them. */
const ACCOUNTS = 10_000;

/** Reads which regions there are. */
export class ReadRegions {
  constructor(
    private readonly reader: Reader<
      Pick<ReconciliationReadStores, 'discovery' | 'accounts' | 'pools'>
    >,
  ) {}

  /** The regions of scopes, accounts and pools, or of one account, in order. */
  list(accountId?: number): Promise<string[]> {
    return this.reader.read(async ({ discovery, accounts, pools }) => {
      const isAll = accountId === undefined;
      const scopes = await discovery.scopeStates();
      const owners = isAll
        ? (await accounts.list({}, 1, ACCOUNTS)).items
        : await accounts.getMany([accountId]);
      const regions = new Set([
        ...scopes.filter((scope) => isAll || scope.accountId === accountId).map((it) => it.region),
        ...owners.flatMap((account) => account.regions),
        ...(isAll ? await pools.regions() : []),
      ]);
      return [...regions].sort();
    });
  }
}
