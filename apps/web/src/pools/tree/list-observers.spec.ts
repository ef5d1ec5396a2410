import { QueryClient } from '@tanstack/react-query';
import { ListObservers } from './list-observers';
import type { CursorPage, ListRequest, ListState } from './list-observers';

const page = (ids: number[], next: string | null): CursorPage => ({
  items: ids.map((id) => ({ id })),
  total: 4,
  next_cursor: next,
});
const PAGES: Record<string, CursorPage> = {
  start: page([1, 2], 'more'),
  more: page([3, 4], null),
  other: page([9], null),
};

const list = (name: string, first = 'start'): ListRequest => ({
  name,
  queryKey: [name, first],
  fetchPage: (cursor) => Promise.resolve(PAGES[cursor ?? first] ?? page([], null)),
});

const ids = (state: ListState | undefined) =>
  state?.pages.flatMap(({ items }) => items.map((item) => (item as { id: number }).id)); // Made above.

async function until(lists: ListObservers, met: () => boolean): Promise<void> {
  if (met()) return;
  await new Promise<void>((resolve) => {
    const stop = lists.subscribe(() => {
      if (!met()) return;
      stop();
      resolve();
    });
  });
}

describe('ListObservers', () => {
  let client: QueryClient;
  let lists: ListObservers;
  beforeEach(() => {
    client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    lists = new ListObservers(client);
  });
  afterEach(() => {
    lists.follow([]);
    client.clear();
  });

  it('loads the first page by itself and the next one when asked', async () => {
    lists.follow([list('a')]);
    await until(lists, () => ids(lists.snapshot().get('a'))?.length === 2);
    expect(lists.snapshot().get('a')).toMatchObject({ done: false, loading: false });
    lists.loadMore('a');
    await until(lists, () => lists.snapshot().get('a')?.done === true);
    expect(ids(lists.snapshot().get('a'))).toEqual([1, 2, 3, 4]);
  });

  it('follows several lists and forgets those no longer wanted', async () => {
    lists.follow([list('a'), list('b', 'other')]);
    await until(lists, () => ids(lists.snapshot().get('b'))?.length === 1);
    lists.follow([list('b', 'other')]);
    expect([...lists.snapshot().keys()]).toEqual(['b']);
  });

  it('keeps the old rows until another question is answered', async () => {
    lists.follow([list('a')]);
    await until(lists, () => ids(lists.snapshot().get('a'))?.length === 2);
    lists.follow([list('a', 'other')]);
    expect(ids(lists.snapshot().get('a'))).toEqual([1, 2]);
    await until(lists, () => ids(lists.snapshot().get('a'))?.[0] === 9);
    expect(ids(lists.snapshot().get('a'))).toEqual([9]);
  });

  it('reports an error and tries again when asked', async () => {
    let fail = true;
    lists.follow([
      {
        ...list('a'),
        fetchPage: () =>
          fail ? Promise.reject(new Error('lost')) : Promise.resolve(page([1], null)),
      },
    ]);
    await until(lists, () => lists.snapshot().get('a')?.error?.message === 'lost');
    fail = false;
    lists.loadMore('a');
    await until(lists, () => lists.snapshot().get('a')?.done === true);
    expect(ids(lists.snapshot().get('a'))).toEqual([1]);
  });
});
