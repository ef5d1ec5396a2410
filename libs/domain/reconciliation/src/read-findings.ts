import type { Reader } from '@cloudpam/audit';
import { accountsOf, type Accounts } from '@cloudpam/pools';
import type { Finding, FindingStatus, FindingType, ResourceFilter } from './inventory';
import type { ReconciliationReadStores } from './reconciliation-stores';
import { unseenScopes, type UnseenScope } from './unseen-scopes';

/** Which findings a list has. */
export interface FindingFilter {
  /** Of this type; `unseen`: scopes that are not listed any more. */
  readonly type?: FindingType | 'unseen';
  readonly status?: FindingStatus;
  /** Of these resources. */
  readonly resources: ResourceFilter;
}

/** A page of findings: those of scopes, then those of resources by address. */
export interface FindingPage {
  readonly unseen: readonly UnseenScope[];
  readonly findings: readonly Finding[];
  readonly total: number;
  /** The accounts that own the resources of the findings. */
  readonly accounts: Accounts;
}

type Stores = Pick<ReconciliationReadStores, 'discovery' | 'accounts'>;

/** Reads what a person should see: scopes that are overdue, and what is wrong with resources. */
export class ReadFindings {
  /** @param interval seconds between discoveries of accounts without their own; 0: never overdue */
  constructor(
    private readonly reader: Reader<Stores>,
    private readonly interval: number,
  ) {}

  /**
   * @param skip findings that stand before the page
   * @param at the present
   */
  list(filter: FindingFilter, skip: number, size: number, at: Date): Promise<FindingPage> {
    return this.reader.read(async (stores) => {
      const overdue = mayBeUnseen(filter)
        ? await this.overdue(stores, filter.resources.accountId, at)
        : [];
      const unseen = overdue.slice(skip, skip + size);
      const { items, total } =
        filter.type === 'unseen'
          ? { items: [], total: 0 }
          : await stores.discovery.findings(
              {
                ...filter.resources,
                finding: filter.type ?? 'any',
                findingStatus: filter.status,
              },
              Math.max(skip - overdue.length, 0),
              size - unseen.length,
            );
      const owned = items.map(({ resource }) => resource);
      return {
        unseen,
        findings: items,
        total: total + overdue.length,
        accounts: await accountsOf(stores, owned),
      };
    });
  }

  private async overdue(
    stores: Stores,
    accountId: number | undefined,
    at: Date,
  ): Promise<UnseenScope[]> {
    const scopes = await stores.discovery.scopeStates();
    const accounts = await accountsOf(stores, scopes);
    return unseenScopes([...accounts.values()], scopes, at, this.interval).filter(
      ({ account }) => accountId === undefined || account.id === accountId,
    );
  }
}

/** Scopes lie in no VRF, have no name to look for, and are not ignored. */
function mayBeUnseen({ type, status, resources }: FindingFilter): boolean {
  return (
    (type === undefined || type === 'unseen') &&
    resources.vrfId === undefined &&
    resources.typed === undefined &&
    status !== 'ignored'
  );
}
