import type { Schemas } from '@cloudpam/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { poolsApi } from '../../api/pools';
import type { TextQuery } from '../../api/query';
import { ListObservers } from './list-observers';
import type { ListRequest, ListState } from './list-observers';
import { listName, treeRows } from './tree-rows';
import type { Branch, TreeRow } from './tree-rows';

const PAGE_SIZE = 200;

/** The rows of the pool table and what is known of the top list. */
export interface PoolRows {
  readonly rows: readonly TreeRow[];
  readonly loading: boolean;
  readonly error: Error | undefined;
  /** Number of pools at the top, or found. */
  readonly total: number | undefined;
  readonly totalIsEstimate: boolean;
  /** How the text of the filter was read, where that is not word for word. */
  readonly readAs: string | null | undefined;
  /** Loads the next page of the list that a `more` row names. */
  readonly loadMore: (list: string) => void;
}

/**
 * Loads the pools of a query and, below every open one, its children and gaps, page by page.
 * @param open ids of open pools; empty for a flat list
 */
export function usePoolRows(query: TextQuery<'listPools'>, open: ReadonlySet<number>): PoolRows {
  const client = useQueryClient();
  const [lists] = useState(() => new ListObservers(client));
  const states = useSyncExternalStore(lists.subscribe, lists.snapshot);
  const requests = useMemo(
    () => [rootRequest(query), ...[...open].flatMap(branchRequests)],
    [query, open],
  );
  useEffect(() => lists.follow(requests), [lists, requests]);
  useEffect(() => () => lists.follow([]), [lists]);
  const root = states.get(listName.root);
  const rows = useMemo(() => {
    const branches = new Map([...open].map((id) => [id, branchOf(states, id)]));
    return treeRows({ ...loaded<Schemas['Pool']>(root), error: root?.error }, branches, open);
  }, [states, open, root]);
  const first = root?.pages[0];
  return {
    rows: root && root.pages.length > 0 ? rows : [],
    loading: root === undefined || root.loading,
    error: root?.error,
    total: typeof first?.total === 'number' ? first.total : undefined,
    totalIsEstimate: first?.total_is_estimate ?? false,
    readAs: first?.read_as,
    loadMore: lists.loadMore,
  };
}

function rootRequest(query: TextQuery<'listPools'>): ListRequest {
  return {
    name: listName.root,
    queryKey: ['pools', 'list', query],
    fetchPage: (cursor, signal) =>
      poolsApi.list({ ...query, page_size: PAGE_SIZE, cursor }, { signal }),
  };
}

function branchRequests(id: number): ListRequest[] {
  return [
    {
      name: listName.children(id),
      queryKey: ['pools', id, 'children'],
      fetchPage: (cursor, signal) =>
        poolsApi.children(id, { sort: 'cidr', page_size: PAGE_SIZE, cursor }, { signal }),
    },
    {
      name: listName.gaps(id),
      queryKey: ['pools', id, 'free'],
      fetchPage: (cursor, signal) =>
        poolsApi.free(id, { page_size: PAGE_SIZE, cursor }, { signal }),
    },
  ];
}

function branchOf(states: ReadonlyMap<string, ListState>, id: number): Branch {
  const children = states.get(listName.children(id));
  const gaps = states.get(listName.gaps(id));
  return {
    children: loaded<Schemas['Pool']>(children),
    gaps: loaded<Schemas['FreeBlock']>(gaps),
    error: children?.error ?? gaps?.error,
  };
}

function loaded<T>(state: ListState | undefined): { items: readonly T[]; done: boolean } {
  // A list's pages hold what its own request fetches: pools for children, free blocks for gaps.
  const items = (state?.pages ?? []).flatMap(
    (page) => page.items,
  ) as readonly object[] as readonly T[];
  return { items, done: state?.done ?? false };
}
