import type { Schemas } from '@cloudpam/api-client';
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { poolsApi } from '../api/pools';
import { plural } from '../format/counts';
import { useAccountsById } from '../records/use-records';
import { VrfName } from '../records/vrf-name';

const NAMED_CHILDREN = 5;

function usePool(id: number | null): Schemas['Pool'] | undefined {
  return useQuery({
    queryKey: ['pools', id],
    queryFn: ({ signal }) => poolsApi.get(id ?? 0, { signal }),
    enabled: id !== null,
    retry: false,
  }).data;
}

/** What changes of a pool that gets the cloud's value. */
export function PoolAfterAdopt({ resource }: { resource: Schemas['Resource'] }) {
  const pool = usePool(resource.pool_id);
  const accounts = useAccountsById();
  if (!pool) return <>Looking at its pool…</>;
  const accountName = (id: number | null): string =>
    id === null ? 'none' : (accounts.get(id)?.key ?? `#${id}`);
  const changes: readonly [name: string, before: ReactNode, after: ReactNode, differs: boolean][] =
    [
      [
        'CIDR',
        <span className="mono">{pool.cidr}</span>,
        <span className="mono">{resource.cidr}</span>,
        pool.cidr !== resource.cidr,
      ],
      [
        'Account',
        accountName(pool.account_id),
        accountName(resource.account_id),
        pool.account_id !== resource.account_id,
      ],
      [
        'VRF',
        <VrfName id={pool.vrf_id} />,
        <VrfName id={resource.vrf_id} />,
        pool.vrf_id !== resource.vrf_id,
      ],
      ['Region', pool.region ?? 'none', resource.region, pool.region !== resource.region],
    ];
  return (
    <>
      Pool <PoolLink pool={pool} /> changes
      {changes
        .filter(([, , , differs]) => differs)
        .map(([name, before, after]) => (
          <div key={name}>
            {name}: {before} <IconArrowRight size={12} aria-label="becomes" /> {after}
          </div>
        ))}
    </>
  );
}

/** The pool that goes with an orphan, and what in it moves up. */
export function PoolAfterRelease({ resource }: { resource: Schemas['Resource'] }) {
  const pool = usePool(resource.pool_id);
  const parent = usePool(pool?.parent_id ?? null);
  const count = pool?.child_count ?? 0;
  const children = useQuery({
    queryKey: ['pools', pool?.id, 'first-children'],
    queryFn: ({ signal }) =>
      poolsApi.children(pool?.id ?? 0, { page_size: NAMED_CHILDREN }, { signal }),
    enabled: count > 0,
  }).data?.items;
  if (resource.pool_id === null) return <>Leaves the inventory; it has no pool</>;
  if (!pool) return <>Looking at its pool…</>;
  return (
    <>
      Deletes pool <PoolLink pool={pool} />
      {count > 0 ? (
        <div>
          {plural(count, 'child moves', 'children move')} up{' '}
          {parent ? (
            <>
              to <PoolLink pool={parent} />
            </>
          ) : (
            'to the top'
          )}
          : <span className="mono">{(children ?? []).map(({ cidr }) => cidr).join(', ')}</span>
          {children && count > children.length && ' and more'}
        </div>
      ) : (
        '; it has no children'
      )}
    </>
  );
}

function PoolLink({ pool }: { pool: Schemas['Pool'] }) {
  return (
    <Anchor component={Link} to={`/pools/${pool.id}`} size="sm">
      <span className="mono">{pool.cidr}</span> {pool.name}
    </Anchor>
  );
}
