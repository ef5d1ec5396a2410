import { screen, within } from '@testing-library/react';
import { ApiProblem } from '../api/api-problem';
import { fakeApi, show } from '../testing/show';
import { useUrlIds } from '../url/use-url-ids';
import { DataTable } from './data-table';
import { Pager } from './pager';

interface Fruit {
  readonly id: number;
  readonly name: string;
}

const FRUITS: readonly Fruit[] = [
  { id: 1, name: 'apple' },
  { id: 2, name: 'pear' },
];

beforeEach(() => {
  fakeApi();
});

const onSort = jest.fn();
const fruits = (more: object = {}) => (
  <DataTable<Fruit>
    label="Fruits"
    columns={[{ title: 'Name', sort: 'name', cell: ({ name }) => name }]}
    items={FRUITS}
    rowKey={({ id }) => id}
    empty="no fruit"
    sort="name"
    onSort={onSort}
    {...more}
  />
);

function Pickable() {
  const picked = useUrlIds('pick');
  return fruits({
    selection: {
      picked,
      idOf: ({ id }: Fruit) => id,
      nameOf: ({ name }: Fruit) => name,
    },
  });
}

describe('DataTable', () => {
  it('is sorted by its heads, the other way round when it is sorted so already', async () => {
    const user = show(fruits());
    const head = await screen.findByRole('columnheader', { name: 'Name' });
    expect(head.getAttribute('aria-sort')).toBe('ascending');
    await user.click(within(head).getByRole('button', { name: 'Name' }));
    expect(onSort).toHaveBeenLastCalledWith('-name');
  });

  it('is picked from by keyboard, in the address, one by one or all', async () => {
    const user = show(<Pickable />);
    const all = await screen.findByRole('checkbox', { name: 'Pick all on this page' });
    all.focus();
    await user.keyboard('{ArrowDown}{ArrowDown} ');
    expect(window.location.search).toBe('?pick=2');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Pick pear');
    await user.keyboard('{Escape}');
    expect(window.location.search).toBe('');
    await user.click(all);
    expect(window.location.search).toBe('?pick=1.2');
  });

  it.each([
    ['there is nothing', { items: [] }, 'no fruit'],
    [
      'it could not be read',
      { items: undefined, error: new ApiProblem(409, { detail: 'Later.' }) },
      'Later.',
    ],
  ])('says when %s', async (_, more, text) => {
    show(fruits(more));
    expect(await screen.findByText(text)).toBeTruthy();
  });

  it('says that it loads', () => {
    show(fruits({ items: undefined }));
    expect(screen.getByLabelText('Loading Fruits')).toBeTruthy();
  });
});

describe('Pager', () => {
  it('counts, and goes to another page in the address', async () => {
    const user = show(<Pager total={120} one="child" many="children" />);
    expect(screen.getByText(/children/).textContent).toBe('120 children');
    await user.click(screen.getByRole('button', { name: 'next page' }));
    expect(window.location.search).toBe('?page=2');
  });
});
