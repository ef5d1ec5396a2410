import type { Schemas } from '@cloudpam/api-client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchSearch } from '../api/access';

/** Asks the server for a text; nothing is asked for an empty one. */
export function useSearch(q: string, type?: string, vrf?: string) {
  const query = { q: q.trim(), type, vrf_id: vrf };
  return useQuery<Schemas['SearchAnswer']>({
    queryKey: ['search', query],
    queryFn: ({ signal }) => fetchSearch(query, signal),
    enabled: query.q !== '',
    placeholderData: keepPreviousData,
  });
}

/** The page that shows a result. */
export function resultPath(result: Schemas['SearchResult']): string {
  if (result.type === 'account') return `/accounts?q=${encodeURIComponent(result.title)}`;
  if (result.type === 'resource')
    return `/discovery?tab=resources&q=${encodeURIComponent(result.title)}`;
  if (result.type === 'address')
    return `/addresses?q=${encodeURIComponent(result.cidr?.split('/')[0] ?? result.title)}`;
  if (result.type === 'range')
    return result.pool_id === undefined ? '/pools' : `/pools/${result.pool_id}?tab=ranges`;
  return `/pools/${result.pool?.id ?? result.id}`;
}

/** The addresses of a result, as people write them; nothing for what has none. */
export function addressesOf({ cidr, start_address, end_address }: Schemas['SearchResult']) {
  return cidr ?? (start_address && `${start_address}–${end_address}`);
}

/** Heading of the results of a type. */
export const RESULT_GROUPS = {
  pool: 'Pools',
  block: 'Assigned blocks',
  address: 'Addresses',
  range: 'Ranges',
  resource: 'Cloud resources',
  account: 'Accounts',
} as const satisfies Record<Schemas['SearchResultType'], string>;

/** Results by type, in the order of the headings, each in the server's order (best first). */
export function groupedResults(
  results: readonly Schemas['SearchResult'][],
): [title: string, results: Schemas['SearchResult'][]][] {
  return Object.entries(RESULT_GROUPS).flatMap(([type, title]) => {
    const found = results.filter((result) => result.type === type);
    return found.length > 0 ? [[title, found] as [string, Schemas['SearchResult'][]]] : [];
  });
}
