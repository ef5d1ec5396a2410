import { screen, within } from '@testing-library/react';
import type { FakeApi } from '../testing/fake-api';
import { pool, searchOf } from '../testing/samples';
import { fakeApi, show } from '../testing/show';
import { SearchBox } from './search-box';
import { SearchPage } from './search-page';

let api: FakeApi;
beforeEach(() => {
  api = fakeApi().on('get', '/api/v1/search', {
    ...searchOf(
      9,
      {
        type: 'pool',
        id: 7,
        title: 'core',
        subtitle: 'container',
        cidr: '10.0.0.0/16',
        pool: pool(),
        match: 'contains',
      },
      { type: 'account', id: 2, title: 'production', subtitle: 'aws', match: 'name' },
    ),
    read_as: 'Read as the address 10.0.0.1.',
  });
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('SearchPage', () => {
  it('shows what was found by type, how the text was read, and how much there is', async () => {
    show(<SearchPage />, '/search?q=10.0.0.1&vrf=3');
    const pools = await screen.findByRole('table', { name: 'Pools' });
    expect(within(pools).getByRole('link', { name: '10.0.0.0/16' }).getAttribute('href')).toBe(
      '/pools/7',
    );
    expect(screen.getByRole('table', { name: 'Accounts' })).toBeTruthy();
    expect(screen.getByText('Read as the address 10.0.0.1. The first 2 of 9.')).toBeTruthy();
    expect(api.made('get', '/api/v1/search')[0]?.query).toEqual({ q: '10.0.0.1', vrf_id: '3' });
  });

  it('shows a range by its addresses, and leads to those of its pool', async () => {
    api.on(
      'get',
      '/api/v1/search',
      searchOf(1, {
        type: 'range',
        id: 3,
        title: 'phones',
        subtitle: 'dhcp range',
        start_address: '10.0.0.16',
        end_address: '10.0.0.31',
        pool_id: 7,
        match: 'name',
      }),
    );
    show(<SearchPage />, '/search?q=phones');
    const ranges = await screen.findByRole('table', { name: 'Ranges' });
    const link = within(ranges).getByRole('link', { name: '10.0.0.16–10.0.0.31' });
    expect(link.getAttribute('href')).toBe('/pools/7?tab=ranges');
  });

  it('asks nothing before there is a text, and searches for it with Enter', async () => {
    const user = show(<SearchPage />, '/search');
    expect(await screen.findByText('What are you looking for?')).toBeTruthy();
    expect(api.made('get', '/api/v1/search')).toEqual([]);
    await user.type(screen.getByRole('textbox', { name: 'Search text' }), 'core{Enter}');
    expect(await screen.findByRole('table', { name: 'Pools' })).toBeTruthy();
    expect(window.location.search).toBe('?q=core');
  });

  it('says what cannot be searched for', async () => {
    api.refuse('get', '/api/v1/search', 400, { code: 'invalid_field', detail: 'Too long.' });
    show(<SearchPage />, '/search?q=x');
    expect((await screen.findByRole('alert')).textContent).toContain('Too long.');
  });
});

describe('SearchBox', () => {
  it('is reached by a key, chosen from by arrows, and empty after that', async () => {
    const user = show(<SearchBox />, '/pools');
    const box = await screen.findByRole<HTMLInputElement>('searchbox', { name: 'Search' });
    await user.keyboard('/');
    expect(document.activeElement).toBe(box);
    await user.type(box, '10.0.0.1');
    await screen.findByRole('option', { name: /^10\.0\.0\.0\/16/ });
    await user.keyboard('{ArrowDown}{Enter}');
    expect(window.location.pathname).toBe('/pools/7');
    expect(box.value).toBe('');
  });
});
