import type { Schemas } from '@cloudpam/api-client';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { sendImport } from '../api/import';
import type { ImportMap, ImportProgress, ImportRequest } from '../api/import';
import { bytesOf, MOST_BYTES, partsOf } from './given-files';
import type { GivenFile } from './given-files';

const PAUSE = 300;

/** Rows that come with an answer: as many as the server gives at once. */
export const ROWS_AT_ONCE = 10_000;

/** What is to be imported, and how it is to be read. */
export interface ImportSetup {
  readonly files: readonly GivenFile[];
  readonly format: Schemas['ImportFormat'];
  readonly map: ImportMap;
  /** Takes set host bits away. */
  readonly fix: boolean;
}

/** The request of a setup, without what it is asked for. */
export function requestOf({ files, format, map, fix }: ImportSetup): ImportRequest {
  return {
    files: partsOf(files),
    map,
    query: { format, fix: fix ? 'canonical' : undefined, limit: ROWS_AT_ONCE },
  };
}

/** What the server would do, as far as it has said so. */
export interface Plan {
  /** The first answer: tables, counts, the name of the plan. */
  readonly answer: Schemas['ImportResult'] | undefined;
  /** The rows that have come so far. */
  readonly rows: readonly Schemas['ImportRow'][];
  /** There are rows that have not come yet. */
  readonly hasMore: boolean;
  readonly error: Error | null;
  /** How far the server is; undefined while it is not asked. */
  readonly progress: ImportProgress | undefined;
  /** The answer belongs to an earlier setup, or there is none yet. */
  readonly stale: boolean;
  readonly loadMore: () => void;
  readonly again: () => void;
}

/**
 * Has the server plan a setup, a moment after its last change.
 * @param action only rows with it
 */
export function usePlan(
  setup: ImportSetup,
  action?: Schemas['ImportAction'],
  isWanted = true,
): Plan {
  const { files, format, map, fix } = setup;
  const ids = files.map(({ id }) => id);
  const key = JSON.stringify({ ids, format, map, fix, action });
  // By its text: the files themselves are told by their numbers.
  const question = useMemo(() => ({ key, setup }), [key]); // eslint-disable-line react-hooks/exhaustive-deps
  const [asked] = useDebouncedValue(question, PAUSE);
  const [progress, setProgress] = useState<ImportProgress>();
  const size = bytesOf(asked.setup.files);
  const isPossible = isWanted && size > 0 && size <= MOST_BYTES;
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['preview', 'import', asked.key],
    queryFn: ({ pageParam, signal }) => {
      setProgress(undefined);
      const { query, ...request } = requestOf(asked.setup);
      const narrowed = { ...query, action, dry_run: true, cursor: pageParam };
      return sendImport({ ...request, query: narrowed }, setProgress, signal);
    },
    initialPageParam: undefined as string | undefined, // The first page has no cursor.
    getNextPageParam: ({ next_cursor: cursor }) => cursor ?? undefined,
    enabled: isPossible,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  const pages = isPossible && !error ? data?.pages : undefined;
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  return {
    answer: pages?.[0],
    rows,
    hasMore: hasNextPage,
    error: isPossible ? error : null,
    progress: isFetching ? (progress ?? READING) : undefined,
    stale: asked.key !== key || (isPossible && (isFetching || pages === undefined)),
    loadMore: () => void fetchNextPage(),
    again: () => void refetch(),
  };
}

const READING: ImportProgress = { stage: 'reading', done: 0, of: null };
