import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { fetchMe } from '../api/access';
import { session } from '../api/session';
import type { Me } from '../api/wire-access';
import { refusal } from './permissions';
import type { Permission } from './permissions';

/** The token of this browser, followed as it changes. */
export function useToken(): string | null {
  return useSyncExternalStore(session.subscribe, session.token);
}

/** The caller, or undefined while that is loading. */
export function useMe(): Me | undefined {
  const token = useToken();
  return useQuery({
    queryKey: ['me', token],
    queryFn: ({ signal }) => fetchMe(signal),
    enabled: token !== null,
    staleTime: 60_000,
  }).data;
}

/** Why the caller may not do it; undefined when allowed. */
export function useRefusal(permission: Permission): string | undefined {
  return refusal(useMe(), permission);
}
