import { InfiniteQueryObserver, keepPreviousData } from '@tanstack/react-query';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../../api/api-problem';
import type { Page } from '../../api/page';

/** Any page of a list that is read by cursor. */
export type CursorPage = Pick<Page<object>, 'items' | 'next_cursor'> &
  Partial<Pick<Page<object>, 'total' | 'total_is_estimate' | 'read_as'>>;

/** A list to load page by page. The name is unique and says which list it is. */
export interface ListRequest {
  readonly name: string;
  readonly queryKey: readonly unknown[];
  readonly fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<CursorPage>;
}

/** How far a list has been loaded. */
export interface ListState {
  readonly pages: readonly CursorPage[];
  readonly done: boolean;
  readonly error: Error | undefined;
  /** True until the first page is there. */
  readonly loading: boolean;
}

type Data = InfiniteData<CursorPage, string | undefined>;
type Observer = InfiniteQueryObserver<
  CursorPage,
  Error,
  Data,
  readonly unknown[],
  string | undefined
>;
type Entry = { readonly observer: Observer; readonly stop: () => void; keyText: string };

/**
 * Any number of paged lists at once, one per open pool: the hooks of the query library take one.
 * Made for useSyncExternalStore: the snapshot changes identity whenever any list changes.
 */
export class ListObservers {
  readonly #client: QueryClient;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  #snapshot: ReadonlyMap<string, ListState> = new Map();

  constructor(client: QueryClient) {
    this.#client = client;
  }

  /**
   * Loads exactly these lists from now on; what was loaded of the others stays in the query cache.
   */
  readonly follow = (requests: readonly ListRequest[]): void => {
    const wanted = new Set(requests.map((request) => request.name));
    for (const [name, entry] of this.#entries) {
      if (wanted.has(name)) continue;
      entry.stop();
      this.#entries.delete(name);
    }
    for (const request of requests) this.#add(request);
    this.#publish();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): ReadonlyMap<string, ListState> => this.#snapshot;

  /** Loads the next page of a list, unless that is under way. After an error it tries again. */
  readonly loadMore = (name: string): void => {
    const observer = this.#entries.get(name)?.observer;
    const result = observer?.getCurrentResult();
    if (!observer || !result || result.isFetching) return;
    void (result.data ? observer.fetchNextPage() : observer.refetch());
  };

  #add(request: ListRequest): void {
    const keyText = JSON.stringify(request.queryKey);
    const known = this.#entries.get(request.name);
    if (known?.keyText === keyText) return;
    if (known) {
      // The same list with another question: the old rows stay until the new ones are there.
      known.keyText = keyText;
      known.observer.setOptions(options(request));
      return;
    }
    const observer: Observer = new InfiniteQueryObserver(this.#client, options(request));
    this.#entries.set(request.name, {
      observer,
      keyText,
      stop: observer.subscribe(() => this.#publish()),
    });
  }

  #publish(): void {
    const next = new Map<string, ListState>();
    for (const [name, { observer }] of this.#entries) {
      const { data, hasNextPage, error, isPending } = observer.getCurrentResult();
      const gone = error instanceof ApiProblem && error.status === 404;
      next.set(name, {
        pages: data?.pages ?? [],
        done: gone || (data !== undefined && !hasNextPage),
        error: error ?? undefined,
        loading: isPending,
      });
    }
    this.#snapshot = next;
    for (const listener of this.#listeners) listener();
  }
}

function options(request: ListRequest) {
  return {
    queryKey: request.queryKey,
    queryFn: ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) =>
      request.fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined, // The first page has no cursor; later ones are texts.
    getNextPageParam: (page: CursorPage) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  };
}
