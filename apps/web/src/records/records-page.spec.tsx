import { screen, waitFor, within } from '@testing-library/react';
import { AccountsPage } from '../accounts/accounts-page';
import { AddressesPage } from '../addresses/addresses-page';
import type { FakeApi } from '../testing/fake-api';
import { account, address, listOf, VIEWER, vlan, vlanGroup, vrf } from '../testing/samples';
import { allowedButton, fakeApi, show } from '../testing/show';
import { VlansPage } from '../vlans/vlans-page';
import { VrfsPage } from '../vrfs/vrfs-page';

let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
});
afterEach(() => expect(api.unexpected).toEqual([]));

const dialog = (name: string): Promise<HTMLElement> => screen.findByRole('dialog', { name });
const field = (within_: HTMLElement, name: string | RegExp): HTMLElement =>
  within(within_).getByRole('textbox', { name });

describe('AccountsPage', () => {
  it('shows accounts with a way to their pools and resources', async () => {
    api.on('get', '/api/v1/accounts', listOf(account({ discovery_policy: 'approve' })));
    show(<AccountsPage />, '/accounts');
    const row = (await screen.findByText('aws:111122223333')).closest('tr');
    expect(row?.textContent).toContain('approve');
    expect(within(row!).getByRole('link', { name: 'Pools' }).getAttribute('href')).toBe(
      '/pools?account=2',
    );
  });

  it('sends what was typed for a new one, and says which field the server refuses', async () => {
    const user = show(<AccountsPage />, '/accounts');
    await user.click(await allowedButton('New account'));
    const form = await dialog('New account');
    expect(within(form).getByRole('button', { name: 'Create account' })).toHaveProperty(
      'disabled',
      true,
    );
    await user.type(field(form, 'Name'), 'fra1');
    await user.click(within(form).getByRole('combobox', { name: 'Provider' }));
    await user.click(await screen.findByRole('option', { name: 'onprem' }));
    await user.type(field(form, 'Cloud id'), 'fra1');
    await user.type(within(form).getByRole('combobox', { name: 'Regions' }), 'eu{Enter}');
    api.refuse('post', '/api/v1/accounts', 400, {
      code: 'invalid_field',
      errors: [{ field: 'external_id', code: 'taken', detail: 'There is one already.' }],
      detail: 'There is one already.',
    });
    await user.click(within(form).getByRole('button', { name: 'Create account' }));
    expect(await within(form).findByText('There is one already.')).toBeTruthy();
    expect(api.made('post', '/api/v1/accounts')[0]?.body).toEqual({
      name: 'fra1',
      provider: 'onprem',
      external_id: 'fra1',
      regions: ['eu'],
    });
  });
});

describe('VrfsPage', () => {
  it('keeps the first VRF, and deletes another after it has asked', async () => {
    api
      .on('get', '/api/v1/vrfs', listOf(vrf(), vrf({ id: 3, name: 'lab' })))
      .on('delete', '/api/v1/vrfs/{id}', vrf({ id: 3 }));
    const user = show(<VrfsPage />, '/vrfs');
    const kept = await screen.findByRole('button', { name: 'Delete global' });
    expect(kept.getAttribute('aria-description')).toBe('The first VRF always stays.');
    await user.click(kept);
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Delete lab' }));
    const asks = await dialog('Delete VRF lab');
    await user.click(within(asks).getByRole('button', { name: 'Delete VRF' }));
    expect(await screen.findByText('Deleted VRF lab')).toBeTruthy();
    expect(api.made('delete', '/api/v1/vrfs/{id}').map(({ line }) => line)).toEqual([
      'DELETE /api/v1/vrfs/3',
    ]);
  });
});

describe('AddressesPage', () => {
  it('changes an address without its address, and gives one back after it has asked', async () => {
    api
      .on('get', '/api/v1/vrfs', listOf(vrf()))
      .on('get', '/api/v1/addresses', { ...listOf(address()), read_as: null })
      .on('patch', '/api/v1/addresses/{id}', address({ name: 'web' }))
      .on('delete', '/api/v1/addresses/{id}', address());
    const user = show(<AddressesPage />, '/addresses');
    await user.click(await allowedButton('Edit 10.0.0.5 db'));
    const form = await dialog('Edit address 10.0.0.5 db');
    expect(within(form).queryByRole('textbox', { name: /^Address/ })).toBeNull();
    await user.clear(field(form, 'Name'));
    await user.type(field(form, 'Name'), 'web');
    await user.click(within(form).getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved the address')).toBeTruthy();
    expect(api.made('patch', '/api/v1/addresses/{id}')[0]?.body).toEqual({ name: 'web' });
    await user.click(await allowedButton('Delete 10.0.0.5 db'));
    const asks = await dialog('Delete address 10.0.0.5 db');
    await user.click(within(asks).getByRole('button', { name: 'Delete address' }));
    expect(await screen.findByText('Deleted address 10.0.0.5 db')).toBeTruthy();
  });
});

describe('VlansPage', () => {
  it('lists VLANs and makes one of what was typed', async () => {
    api.on('get', '/api/v1/vlans', listOf(vlan())).on('post', '/api/v1/vlans', vlan({ vid: 200 }));
    const user = show(<VlansPage />, '/vlans');
    const table = await screen.findByRole('table', { name: 'VLANs' });
    expect(within(table).getByText('voice')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'New VLAN' }));
    const form = await dialog('New VLAN');
    await user.type(field(form, 'VID'), '200');
    await user.type(field(form, 'Name'), ' data {Enter}');
    await screen.findByText('Created the VLAN');
    const [call] = api.made('post', '/api/v1/vlans');
    expect(call?.body).toEqual({ vid: 200, name: 'data' });
    expect(call?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('VlansPage, with VLAN groups', () => {
  beforeEach(() => {
    api
      .on('get', '/api/v1/vlan-groups', listOf(vlanGroup()))
      .on('get', '/api/v1/vlans', listOf(vlan({ group: 'fra1', group_id: 9 })));
  });

  it('shows the group and the pools of a VLAN, and the VLANs of one group', async () => {
    const user = show(<VlansPage />, '/vlans');
    expect((await screen.findByRole('link', { name: 'fra1' })).getAttribute('href')).toBe(
      '/vlan-groups?q=fra1',
    );
    expect(screen.getByRole('link', { name: 'Pools' }).getAttribute('href')).toBe('/pools?vlan=4');
    await user.click(screen.getByRole('combobox', { name: 'VLAN group' }));
    await user.click(await screen.findByRole('option', { name: 'fra1' }));
    expect(window.location.search).toBe('?group=9');
    await waitFor(() =>
      expect(api.made('get', '/api/v1/vlans').at(-1)?.query['group_id']).toBe('9'),
    );
  });

  it('offers the groups by name for a new one', async () => {
    api.on('post', '/api/v1/vlans', vlan());
    const user = show(<VlansPage />, '/vlans');
    await user.click(await allowedButton('New VLAN'));
    const form = await dialog('New VLAN');
    await user.type(field(form, 'VID'), '200');
    await user.type(field(form, 'Name'), 'data');
    await user.click(within(form).getByRole('combobox', { name: 'Group' }));
    await user.click(await screen.findByRole('option', { name: 'fra1' }));
    await user.click(within(form).getByRole('button', { name: 'Create VLAN' }));
    await screen.findByText('Created the VLAN');
    expect(api.made('post', '/api/v1/vlans')[0]?.body).toEqual({
      vid: 200,
      name: 'data',
      group: 'fra1',
    });
  });
});

describe('RecordsPage', () => {
  it('says that there is nothing yet, or nothing that matches', async () => {
    show(<VlansPage />, '/vlans');
    expect(await screen.findByText('No VLANs yet')).toBeTruthy();
  });

  it('filters by what is typed, after a pause, in the address too', async () => {
    const user = show(<VlansPage />, '/vlans');
    await user.type(await screen.findByRole('textbox', { name: 'Filter by text' }), 'voi');
    expect(await screen.findByText('Nothing matches “voi”')).toBeTruthy();
    expect(window.location.search).toBe('?q=voi');
    expect(api.made('get', '/api/v1/vlans').at(-1)?.query).toEqual({
      page: '1',
      page_size: '50',
      q: 'voi',
    });
  });

  it('tells who may not change anything why', async () => {
    api.on('get', '/api/v1/me', VIEWER);
    const user = show(<VlansPage />, '/vlans');
    const button = await screen.findByRole('button', { name: 'New VLAN' });
    await screen.findByText('No VLANs yet');
    expect(button.getAttribute('aria-description')).toContain('Your role is viewer');
    await user.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('reads again on demand what could not be read', async () => {
    api.refuse('get', '/api/v1/vlans', 409, { title: 'Not now', detail: 'Later.' });
    const user = show(<VlansPage />, '/vlans');
    expect((await screen.findByRole('alert')).textContent).toContain('Later.');
    api.on('get', '/api/v1/vlans', listOf(vlan()));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('voice')).toBeTruthy();
  });
});

describe('RecordDialog', () => {
  it('sends only what was changed, based on the version that was read', async () => {
    api
      .on('get', '/api/v1/vrfs', listOf(vrf({ id: 3, name: 'lab', rd: '65000:1', version: 4 })))
      .on('patch', '/api/v1/vrfs/{id}', vrf());
    const user = show(<VrfsPage />, '/vrfs');
    await user.click(await allowedButton('Edit lab'));
    const form = await dialog('Edit VRF lab');
    expect(within(form).getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
    await user.clear(field(form, 'Route distinguisher'));
    await user.click(within(form).getByRole('button', { name: 'Save' }));
    await screen.findByText('Saved the VRF');
    const [call] = api.made('patch', '/api/v1/vrfs/{id}');
    expect([call?.line, call?.body, call?.headers.get('if-match')]).toEqual([
      'PATCH /api/v1/vrfs/3',
      { rd: null },
      '"4"',
    ]);
  });

  it('says that somebody else was faster, and closes by Escape', async () => {
    api
      .on('get', '/api/v1/vlans', listOf(vlan()))
      .refuse('patch', '/api/v1/vlans/{id}', 412, { code: 'version_mismatch', detail: 'Changed.' });
    const user = show(<VlansPage />, '/vlans');
    await user.click(await allowedButton('Edit 100 voice'));
    const form = await dialog('Edit VLAN 100 voice');
    await user.type(field(form, 'Group'), 'fra1{Enter}');
    expect((await within(form).findByRole('alert')).textContent).toContain(
      'Someone changed it meanwhile.',
    );
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
