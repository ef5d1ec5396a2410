import type { Schemas } from '@cloudpam/api-client';
import { useQuery } from '@tanstack/react-query';
import { fetchHostUsage } from '../../api/addresses';

/** How hosts fill a pool; undefined while loading. */
export function useHostUsage(poolId: number): Schemas['HostUsage'] | undefined {
  return useQuery({
    queryKey: ['addresses', poolId, 'host-usage'],
    queryFn: ({ signal }) => fetchHostUsage(poolId, signal),
  }).data;
}
