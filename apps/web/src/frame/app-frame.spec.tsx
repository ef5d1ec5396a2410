import { screen, within } from '@testing-library/react';
import type { FakeApi } from '../testing/fake-api';
import { listOf, NO_FINDINGS, status, VIEWER, vrf } from '../testing/samples';
import { fakeApi, show } from '../testing/show';
import { AppFrame } from './app-frame';
import { NotFoundPage } from './not-found-page';
import { Page } from './page';

let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('AppFrame', () => {
  it('shows the pages, the caller and the number of open findings', async () => {
    api.on('get', '/api/v1/discovery/status', status({ findings: { ...NO_FINDINGS, drift: 4 } }));
    show(<AppFrame />, '/accounts');
    const nav = await screen.findByRole('navigation', { name: 'Main' });
    const here = within(nav).getByRole('link', { name: 'Accounts' });
    expect(here.getAttribute('aria-current')).toBe('page');
    expect(await within(nav).findByTitle('4 open findings')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Account menu of ada' })).toBeTruthy();
  });

  it('says in the navigation why a page is not for the caller', async () => {
    api.on('get', '/api/v1/me', VIEWER);
    show(<AppFrame />, '/accounts');
    const users = await screen.findByTitle(/^Your role is viewer.*users:manage/);
    expect(users.textContent).toContain('Users');
    expect(users.getAttribute('aria-disabled')).toBe('true');
  });

  it('shows one VRF or all, in the address', async () => {
    api.on('get', '/api/v1/vrfs', listOf(vrf(), vrf({ id: 3, name: 'lab' })));
    const user = show(<AppFrame />, '/accounts');
    const [picker] = await screen.findAllByRole('combobox', { name: 'VRF' });
    await user.click(picker!);
    await user.click((await screen.findAllByRole('option', { name: 'lab' }))[0]!);
    expect(`${window.location.pathname}${window.location.search}`).toBe('/pools?vrf=3');
  });

  it('tells in its foot which version the server is, and of which commit', async () => {
    show(<AppFrame />, '/accounts');
    expect((await screen.findByText('CloudPAM 1.4.0 (3ad6a02)')).title).toContain('3ad6a02e');
  });

  it('changes the colours', async () => {
    const user = show(<AppFrame />, '/accounts');
    await user.click(await screen.findByRole('button', { name: 'Switch to dark colours' }));
    expect(document.documentElement.dataset['mantineColorScheme']).toBe('dark');
    await user.click(await screen.findByRole('button', { name: 'Switch to light colours' }));
  });
});

describe('ShortcutsDialog', () => {
  it('opens by a key from everywhere, and closes by Escape', async () => {
    const user = show(<AppFrame />, '/accounts');
    await screen.findByRole('button', { name: 'Account menu of ada' });
    await user.keyboard('{Shift>}?{/Shift}');
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(within(dialog).getByText('Search')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('Page', () => {
  it('names the tab of the browser', () => {
    show(
      <Page title="Sites" about="where things are" actions={<button>Add</button>}>
        all of them
      </Page>,
    );
    expect(screen.getByRole('heading', { name: 'Sites', level: 1 })).toBeTruthy();
    expect(document.title).toBe('Sites · CloudPAM');
  });
});

describe('NotFoundPage', () => {
  it('leads to the pools', () => {
    show(<NotFoundPage />, '/nowhere');
    const link = screen.getByRole('link', { name: 'Go to the pools' });
    expect(link.getAttribute('href')).toBe('/pools');
  });
});
