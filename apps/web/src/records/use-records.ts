import type { Schemas } from '@cloudpam/api-client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { accountsApi } from '../api/accounts';
import { fetchRegions } from '../api/records';
import { vlanGroupsApi } from '../api/vlan-groups';
import { vlansApi } from '../api/vlans';
import { vrfsApi } from '../api/vrfs';

// Enough for every estate we know of; a longer list is cut and the selects say nothing wrong, only
// less.
const ALL = { page_size: 500 };
const MINUTE = 60_000;

/** All accounts, for names and choices; empty while loading. */
export function useAccounts(): readonly Schemas['Account'][] {
  const { data } = useQuery({
    queryKey: ['accounts', 'all'],
    queryFn: ({ signal }) => accountsApi.list(ALL, signal),
    staleTime: MINUTE,
  });
  return data?.items ?? NONE;
}

/** The regions that there are, for choices; empty while loading. */
export function useRegions(): readonly string[] {
  const { data } = useQuery({
    queryKey: ['regions'],
    queryFn: ({ signal }) => fetchRegions(signal),
    staleTime: MINUTE,
  });
  return useMemo(() => (data?.items ?? []).map(({ region }) => region), [data]);
}

/** All accounts by id. */
export function useAccountsById(): ReadonlyMap<number, Schemas['Account']> {
  const accounts = useAccounts();
  return useMemo(() => new Map(accounts.map((account) => [account.id, account])), [accounts]);
}

/** All VRFs, for names and choices; empty while loading. */
export function useVrfs(): readonly Schemas['Vrf'][] {
  const { data } = useQuery({
    queryKey: ['vrfs', 'all'],
    queryFn: ({ signal }) => vrfsApi.list(ALL, signal),
    staleTime: MINUTE,
  });
  return data?.items ?? NONE;
}

/** All VLAN groups, for names and choices; empty while loading. */
export function useVlanGroups(): readonly Schemas['VlanGroup'][] {
  const { data } = useQuery({
    queryKey: ['vlan-groups', 'all'],
    queryFn: ({ signal }) => vlanGroupsApi.list(ALL, signal),
    staleTime: MINUTE,
  });
  return data?.items ?? NONE;
}

/** All VLANs, for choices; empty while loading. */
export function useVlans(): readonly Schemas['Vlan'][] {
  const { data } = useQuery({
    queryKey: ['vlans', 'all'],
    queryFn: ({ signal }) => vlansApi.list(ALL, signal),
    staleTime: MINUTE,
  });
  return data?.items ?? NONE;
}

const NONE: readonly never[] = [];
