import { screen, waitFor, within } from '@testing-library/react';
import type { FakeApi } from '../../testing/fake-api';
import { listOf, NO_FINDINGS, pool, status, VIEWER } from '../../testing/samples';
import { allowedButton, fakeApi, show } from '../../testing/show';
import { PoolsPage } from './pools-page';

const parent = pool({ child_count: 1 });
const child = pool({ id: 8, parent_id: 7, cidr: '10.0.0.0/24', name: 'web', kind: 'subnet' });

let api: FakeApi;
beforeEach(() => {
  api = fakeApi()
    .on(
      'get',
      '/api/v1/pools',
      listOf(parent, pool({ id: 20, cidr: '172.16.0.0/12', name: 'lab' })),
    )
    .on('get', '/api/v1/pools/{id}/children', listOf(child))
    .on('get', '/api/v1/pools/{id}/free', {
      ...listOf({ cidr: '10.0.1.0/24', size: '256' }),
      largest_free: '/24',
    });
});
afterEach(() => expect(api.unexpected).toEqual([]));

const grid = (): Promise<HTMLElement> => screen.findByRole('treegrid', { name: 'Pools' });
const row = (id: string): HTMLElement => document.getElementById(`row-${id}`)!;
const selected = (): string | undefined =>
  document.querySelector('[role=row][aria-selected=true]')?.textContent ?? undefined;

describe('PoolTable', () => {
  it('opens and closes a pool by keys, with what is free in it, and keeps that in the address', async () => {
    const user = show(<PoolsPage />, '/pools');
    await screen.findByText('172.16.0.0/12');
    (await grid()).focus();
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(selected()).toContain('core'));
    await user.keyboard('{ArrowRight}');
    expect(await screen.findByText('10.0.0.0/24')).toBeTruthy();
    expect(screen.getByText('10.0.1.0/24')).toBeTruthy();
    expect(window.location.search).toContain('open=7');
    expect(row('7').getAttribute('aria-expanded')).toBe('true');
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(selected()).toContain('web'));
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(selected()).toContain('core'));
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(screen.queryByText('10.0.0.0/24')).toBeNull());
    await user.keyboard('{End}');
    await waitFor(() => expect(selected()).toContain('lab'));
  });

  it('allocates, edits and deletes the selected pool by letters', async () => {
    api
      .on('post', '/api/v1/pools/{id}/allocations', { items: [child] })
      .on('delete', '/api/v1/pools/{id}', {
        deleted: [],
        deleted_count: 1,
        addresses_deleted_count: 0,
        reparented_count: 0,
      });
    const user = show(<PoolsPage />, '/pools?sel=7');
    await screen.findByText('172.16.0.0/12');
    for (const [key, title] of [
      ['a', 'Allocate in 10.0.0.0/16 core'],
      ['e', 'Edit 10.0.0.0/16 core'],
      ['{Delete}', 'Delete 10.0.0.0/16 core'],
    ] as const) {
      (await grid()).focus();
      await user.keyboard(key);
      await screen.findByRole('dialog', { name: title });
      await user.keyboard('{Escape}');
      await waitFor(async () => expect(document.activeElement).toBe(await grid()));
    }
  });

  it('has every action of a pool in its menu', async () => {
    const user = show(<PoolsPage />, '/pools');
    await user.click(await screen.findByRole('button', { name: 'Actions for 10.0.0.0/16' }));
    const items = (await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent);
    expect(items).toEqual([
      'Allocate…',
      'New pool inside…',
      'Edit…',
      'Resize or move…',
      'Split…',
      'Delete…',
    ]);
  });

  it('is sorted by its heads, and flat then', async () => {
    const user = show(<PoolsPage />, '/pools');
    await user.click(await screen.findByRole('button', { name: 'Name' }));
    expect(window.location.search).toBe('?sort=name');
    await waitFor(() =>
      expect(api.made('get', '/api/v1/pools').at(-1)?.query).toEqual({
        sort: 'name',
        page_size: '200',
      }),
    );
  });

  it('says in its place that more could not be loaded, and tries again', async () => {
    api.refuse('get', '/api/v1/pools/{id}/children', 409, { code: 'busy', detail: 'Later.' });
    const user = show(<PoolsPage />, '/pools?open=7');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Could not load more: Later.');
    api.on('get', '/api/v1/pools/{id}/children', listOf(child));
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('10.0.0.0/24')).toBeTruthy();
  });
});

describe('PoolsPage', () => {
  it('counts the pools, and points at overlaps', async () => {
    api.on('get', '/api/v1/discovery/status', status({ findings: { ...NO_FINDINGS, overlap: 3 } }));
    show(<PoolsPage />, '/pools');
    expect((await screen.findByText(/top-level pools/)).textContent).toBe('2 top-level pools');
    const link = await screen.findByRole('link', { name: '3 overlaps' });
    expect(link.getAttribute('href')).toBe('/discovery?tab=findings&type=overlap');
  });

  it('filters in the address, and clears the filters', async () => {
    const user = show(<PoolsPage />, '/pools?vrf=1');
    await user.click(await screen.findByRole('combobox', { name: 'Kind' }));
    await user.click(await screen.findByRole('option', { name: 'Subnet' }));
    expect(window.location.search).toBe('?vrf=1&kind=subnet');
    await waitFor(() =>
      expect(api.made('get', '/api/v1/pools').at(-1)?.query).toMatchObject({
        vrf_id: '1',
        kind: 'subnet',
      }),
    );
    await user.click(await screen.findByRole('button', { name: 'Clear filter' }));
    expect(window.location.search).toBe('?vrf=1');
  });

  it('offers three ways to start where there is nothing', async () => {
    api.on('get', '/api/v1/pools', listOf());
    const user = show(<PoolsPage />, '/pools');
    expect(await screen.findByText('No pools yet')).toBeTruthy();
    const cloud = screen.getByRole('region', { name: 'Connect a cloud' });
    expect(within(cloud).getByText(/^npm run collector/)).toBeTruthy();
    await user.click(await allowedButton('Create the first pool'));
    await screen.findByRole('dialog', { name: 'New pool' });
    await user.keyboard('{Escape}');
    await user.click(await allowedButton('Import files'));
    expect(window.location.pathname).toBe('/import');
  });

  it('goes to the import by its button and by a key, for who may', async () => {
    const user = show(<PoolsPage />, '/pools');
    await allowedButton('Import');
    await user.keyboard('i');
    expect(window.location.pathname).toBe('/import');
  });

  it('goes nowhere by the key for who may not import', async () => {
    api.on('get', '/api/v1/me', VIEWER);
    const user = show(<PoolsPage />, '/pools');
    const button = await screen.findByRole('button', { name: 'Import' });
    await waitFor(() => expect(button.getAttribute('aria-description')).toContain('viewer'));
    await user.keyboard('i');
    expect(window.location.pathname).toBe('/pools');
  });

  it('says that nothing matches, or what went wrong', async () => {
    api.on('get', '/api/v1/pools', listOf());
    show(<PoolsPage />, '/pools?q=nothing');
    expect(await screen.findByText('No pool matches these filters')).toBeTruthy();
  });

  it('says what could not be read', async () => {
    api.refuse('get', '/api/v1/pools', 400, { code: 'invalid_field', detail: 'No such kind.' });
    show(<PoolsPage />, '/pools?kind=planet');
    expect((await screen.findByRole('alert')).textContent).toContain('No such kind.');
  });

  it.each([
    ['/pools?kind=subnet', { kind: 'subnet', sort: 'cidr' }],
    ['/pools?vrf=1&open=1', { vrf_id: '1', sort: 'cidr' }],
    ['/pools?sort=-name', { sort: '-name' }],
  ])('exports all that is shown at %s', async (address, query) => {
    api.on('get', '/api/v1/export', new Blob(['csv']));
    URL.createObjectURL = () => 'blob:csv';
    URL.revokeObjectURL = () => undefined;
    const clicked = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    const user = show(<PoolsPage />, address);
    await user.click(await allowedButton('Export'));
    const dialog = await screen.findByRole('dialog', { name: 'Export' });
    await user.click(within(dialog).getByRole('button', { name: 'Export' }));
    await waitFor(() => expect(clicked).toHaveBeenCalled());
    clicked.mockRestore();
    expect(api.made('get', '/api/v1/export')[0]?.query).toEqual({
      datasets: 'pools',
      format: 'csv',
      ...query,
    });
  });

  it('tells who may not write why', async () => {
    api.on('get', '/api/v1/me', VIEWER);
    const user = show(<PoolsPage />, '/pools');
    const button = await screen.findByRole('button', { name: 'New pool' });
    await waitFor(() => expect(button.getAttribute('aria-description')).toContain('viewer'));
    await user.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
