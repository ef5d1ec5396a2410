import type { Schemas } from '@cloudpam/api-client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { fetchMe } from '../api/access';
import { findSession } from '../api/login';
import { session } from '../api/session';
import { refusal } from './permissions';

/**
 * Who this browser is, followed as it changes: differs for different callers, null for nobody,
 * undefined while that is not known.
 */
export function useCaller(): string | null | undefined {
  const caller = useSyncExternalStore(session.subscribe, session.caller);
  useEffect(() => {
    // Without an answer there is nobody to be; signing in tells what is wrong.
    if (caller === undefined) findSession().catch(() => session.byCookie(null));
  }, [caller]);
  return caller;
}

/** The caller, or undefined while that is loading. */
export function useMe(): Schemas['Me'] | undefined {
  const caller = useCaller();
  return useQuery({
    queryKey: ['me', caller],
    queryFn: ({ signal }) => fetchMe(signal),
    enabled: typeof caller === 'string',
    staleTime: 60_000,
  }).data;
}

/** Why the caller may not do it; undefined when allowed. */
export function useRefusal(permission: Schemas['Permission']): string | undefined {
  return refusal(useMe(), permission);
}
