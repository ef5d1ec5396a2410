import type { Schemas } from '@cloudpam/api-client';
import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { discoveryApi } from '../api/discovery';
import { countText } from '../format/counts';

/** How discovery stands: accounts, their coverage, and the number of open findings. */
export function useDiscoveryStatus(): UseQueryResult<Schemas['DiscoveryStatus']> {
  return useQuery({
    queryKey: ['discovery', 'status'],
    queryFn: ({ signal }) => discoveryApi.status(signal),
  });
}

/** Number of open findings of all types; nothing when there are none. */
export function OpenFindings({ ml }: { ml?: 'auto' }) {
  const { data } = useDiscoveryStatus();
  const open = Object.values(data?.findings ?? {}).reduce((sum, count) => sum + count, 0);
  if (open === 0) return null;
  return (
    <Badge ml={ml} size="xs" color="orange" title={`${countText(open).exact} open findings`}>
      {countText(open).short}
    </Badge>
  );
}
