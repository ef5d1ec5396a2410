import { screen, waitFor, within } from '@testing-library/react';
import type { FakeApi } from '../testing/fake-api';
import { account, listOf, me, VIEWER, vlan, vlanGroup } from '../testing/samples';
import { allowedButton, fakeApi, show } from '../testing/show';
import { VlanGroupsPage } from './vlan-groups-page';

let api: FakeApi;
beforeEach(() => {
  api = fakeApi()
    .on('get', '/api/v1/accounts', listOf(account()))
    .on(
      'get',
      '/api/v1/vlan-groups',
      listOf(
        vlanGroup({ vid_ranges: '100-198,300', account_id: 2 }),
        vlanGroup({ id: 10, name: 'muc', vlan_count: 1, vid_count: 1, site: 'Munich' }),
        vlanGroup({ id: 11, name: 'new', vlan_count: 0 }),
      ),
    )
    .on('get', '/api/v1/vlan-groups/{id}/free', {
      vid_ranges: '102,105-198',
      count: 95,
      next: 102,
    });
});
afterEach(() => expect(api.unexpected).toEqual([]));

const dialog = (name: string): Promise<HTMLElement> => screen.findByRole('dialog', { name });
const field = (form: HTMLElement, name: string): HTMLElement =>
  within(form).getByRole('textbox', { name });
const reasonOf = async (name: string): Promise<string | null> =>
  (await screen.findByRole('button', { name })).getAttribute('aria-description');

describe('VlanGroupsPage', () => {
  it('tells how many VLAN ids of a group are taken, whom it is for, and where its VLANs are', async () => {
    show(<VlanGroupsPage />, '/vlan-groups');
    const row = (await screen.findByText('fra1')).closest('tr');
    await within(row!).findByText('production');
    expect(row?.textContent).toContain('100-198, 300');
    expect(row?.textContent).toContain('57 of 100 ids taken');
    expect(within(row!).getByRole('link', { name: 'VLANs' }).getAttribute('href')).toBe(
      '/vlans?group=9',
    );
    expect((await screen.findByText('Munich')).closest('tr')?.textContent).toContain(
      '1 of 1 id taken',
    );
  });

  it('says why a group stays, and why it gives no VLAN id', async () => {
    show(<VlanGroupsPage />, '/vlan-groups');
    await allowedButton('Delete new');
    expect([
      await reasonOf('Delete fra1'),
      await reasonOf('Take the next VLAN id of muc'),
      await reasonOf('Take the next VLAN id of new'),
    ]).toEqual([
      'VLANs lie in it (57): move or delete them first.',
      'All of its VLAN ids are taken.',
      null,
    ]);
  });

  it('leaves the VLAN ids to whoever may change VLANs', async () => {
    api.on('get', '/api/v1/me', VIEWER);
    show(<VlanGroupsPage />, '/vlan-groups');
    await screen.findByText('fra1');
    expect(await reasonOf('Take the next VLAN id of fra1')).toContain('Your role is viewer');
  });

  it('shows what a new group would have before it makes it', async () => {
    api.on('post', '/api/v1/vlan-groups', vlanGroup({ vlan_count: 2 }));
    const user = show(<VlanGroupsPage />, '/vlan-groups');
    await user.click(await allowedButton('New VLAN group'));
    const form = await dialog('New VLAN group');
    await user.type(field(form, 'Name'), 'fra2');
    await user.type(field(form, 'VLAN ids'), '100-199');
    await user.click(within(form).getByRole('combobox', { name: 'Account' }));
    await user.click(await screen.findByRole('option', { name: /^production/ }));
    expect((await within(form).findByRole('status')).textContent).toBe(
      '2 VLANs that have this name as group will lie in it. It will have 100 VLAN ids, 98 free.',
    );
    const wanted = { name: 'fra2', vid_ranges: '100-199', account_id: 2 };
    await waitFor(() => {
      const asked = api.made('post', '/api/v1/vlan-groups').at(-1);
      expect([asked?.query, asked?.body]).toEqual([{ dry_run: 'true' }, wanted]);
    });
    await user.click(within(form).getByRole('button', { name: 'Create VLAN group' }));
    await screen.findByText('Created the VLAN group');
    expect(api.made('post', '/api/v1/vlan-groups').at(-1)?.body).toEqual(wanted);
  });

  it('shows what a change does to the VLANs, and what the server has against it', async () => {
    api.on('patch', '/api/v1/vlan-groups/{id}', vlanGroup({ name: 'fra9', vid_count: 50 }));
    const user = show(<VlanGroupsPage />, '/vlan-groups');
    await user.click(await allowedButton('Edit fra1'));
    const form = await dialog('Edit VLAN group fra1');
    await user.clear(field(form, 'Name'));
    await user.type(field(form, 'Name'), 'fra9');
    expect((await within(form).findByRole('status')).textContent).toContain(
      '57 VLANs will be in fra9.',
    );
    api.refuse('patch', '/api/v1/vlan-groups/{id}', 409, {
      code: 'vid_outside_group',
      detail: 'not that of 100 voice',
    });
    await user.type(field(form, 'VLAN ids'), ',7');
    expect((await within(form).findByRole('alert')).textContent).toContain('not that of 100 voice');
  });

  it('deletes one in which no VLAN lies', async () => {
    api.on('delete', '/api/v1/vlan-groups/{id}', vlanGroup({ id: 11 }));
    const user = show(<VlanGroupsPage />, '/vlan-groups');
    await user.click(await allowedButton('Delete new'));
    const asks = await dialog('Delete VLAN group new');
    expect(asks.textContent).toContain('No VLAN lies in it, so nothing else changes.');
    await user.click(within(asks).getByRole('button', { name: 'Delete VLAN group' }));
    await screen.findByText('Deleted VLAN group new');
    expect(api.made('delete', '/api/v1/vlan-groups/{id}')[0]?.line).toBe(
      'DELETE /api/v1/vlan-groups/11',
    );
  });
});

describe('TakeVlanDialog', () => {
  it('shows the next free VLAN id, takes it, and says which one it was', async () => {
    api.on('post', '/api/v1/vlan-groups/{id}/vlans', vlan({ vid: 105, name: 'office' }));
    const user = show(<VlanGroupsPage />, '/vlan-groups');
    await user.click(await allowedButton('Take the next VLAN id of fra1'));
    const form = await dialog('Take the next VLAN id of fra1');
    expect((await within(form).findByText(/The lowest free one is/)).textContent).toBe(
      'The lowest free one is 102, of 95: 102, 105-198. Whoever is faster gets it, and you the next.',
    );
    expect(within(form).getByRole('button', { name: 'Take VLAN id' })).toHaveProperty(
      'disabled',
      true,
    );
    await user.type(field(form, 'Name'), ' office ');
    await user.type(field(form, 'Description'), 'floor 2{Enter}');
    await screen.findByText('Took VLAN id 105 for office');
    const [call] = api.made('post', '/api/v1/vlan-groups/{id}/vlans');
    expect([call?.line, call?.body]).toEqual([
      'POST /api/v1/vlan-groups/9/vlans',
      { name: 'office', description: 'floor 2' },
    ]);
    expect(call?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says that a name is taken, at the name', async () => {
    api.on('get', '/api/v1/me', me()).refuse('post', '/api/v1/vlan-groups/{id}/vlans', 409, {
      code: 'name_taken',
      detail: 'VLAN 100 is called so.',
      errors: [{ field: 'name', code: 'name_taken', detail: 'VLAN 100 is called so.' }],
    });
    const user = show(<VlanGroupsPage />, '/vlan-groups');
    await user.click(await allowedButton('Take the next VLAN id of fra1'));
    const form = await dialog('Take the next VLAN id of fra1');
    await user.type(field(form, 'Name'), 'voice{Enter}');
    expect(await within(form).findByText('VLAN 100 is called so.')).toBeTruthy();
  });
});
