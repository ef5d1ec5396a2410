import type { UnseenScope } from '@cloudpam/reconciliation';
import type { Config } from '../config/config';
import { ListPage } from '../http/list-page';
import type { VisibleStores } from '../limits/visible-stores';
import { accountsOf } from './accounts-of';
import { overdueScopes } from './discovery-status';
import { FindingDto, type FindingListDto, type FindingQuery } from './dto/finding.dto';
import { resourceFilterOf } from './resource-filter';

/** Findings; scopes that were not seen stand before what is wrong with resources. */
export async function listFindings(
  stores: VisibleStores,
  query: FindingQuery,
  standards: Pick<Config, 'discoveryInterval'>,
): Promise<FindingListDto> {
  const { type, status } = query;
  const page = new ListPage(query, 'findings');
  const { skip, size } = page;
  const filter = resourceFilterOf(query);
  const ofResourcesOnly =
    query.vrf_id !== undefined || filter.typed !== undefined || status === 'ignored';
  const overdue =
    (type === undefined || type === 'unseen') && !ofResourcesOnly
      ? await overdueIn(stores, query.account_id, standards)
      : [];
  const first = overdue.slice(skip, skip + size);
  const { items, total } =
    type === 'unseen'
      ? { items: [], total: 0 }
      : await stores.discovery.findings(
          { ...filter, finding: type ?? 'any', findingStatus: status },
          Math.max(skip - overdue.length, 0),
          size - first.length,
        );
  const accounts = await accountsOf(
    stores,
    items.map(({ resource }) => resource),
  );
  const found = items.map((finding) => FindingDto.of(finding, accounts));
  return {
    ...page.answer([...first.map(FindingDto.ofUnseen), ...found], total + overdue.length),
    read_as: filter.typed?.readAs ?? null,
  };
}

async function overdueIn(
  stores: VisibleStores,
  accountId: number | undefined,
  standards: Pick<Config, 'discoveryInterval'>,
): Promise<UnseenScope[]> {
  const scopes = await stores.discovery.scopeStates();
  return overdueScopes(await accountsOf(stores, scopes), scopes, standards).filter(
    ({ account }) => accountId === undefined || account.id === accountId,
  );
}
