import type { Schemas } from '@cloudpam/api-client';
import { screen, waitFor, within } from '@testing-library/react';
import type { FakeApi } from '../testing/fake-api';
import { address, listOf } from '../testing/samples';
import { allowedButton, fakeApi, show } from '../testing/show';
import { AddressesPage } from './addresses-page';

let api: FakeApi;
beforeEach(() => {
  api = fakeApi()
    .on('get', '/api/v1/addresses', {
      ...listOf(address({ id: 4 }), address({ id: 5, address: '10.0.0.6' })),
      read_as: null,
    })
    .on('post', '/api/v1/addresses/bulk', { items: [] })
    .on('post', '/api/v1/addresses', address());
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('AddressesPage', () => {
  it('gives the picked addresses back, all at once', async () => {
    const user = show(<AddressesPage />, '/addresses?pick=4.5');
    await user.click(await allowedButton('Give back…'));
    const dialog = await screen.findByRole('dialog', { name: 'Give back 2 addresses' });
    await user.click(within(dialog).getByRole('button', { name: 'Give back 2 addresses' }));
    await waitFor(() =>
      expect(api.made('post', '/api/v1/addresses/bulk')[0]?.body).toEqual({
        action: 'delete',
        ids: [4, 5],
      }),
    );
    await waitFor(() => expect(window.location.search).toBe(''));
  });

  it('changes the same of the picked addresses, and asks for nothing that tells them apart', async () => {
    const user = show(<AddressesPage />, '/addresses?pick=5');
    await user.click(await allowedButton('Change…'));
    const dialog = await screen.findByRole('dialog', { name: 'Change 1 address' });
    expect(within(dialog).queryByRole('textbox', { name: 'Name' })).toBeNull();
    await user.type(within(dialog).getByRole('textbox', { name: 'Description' }), 'old');
    await user.click(within(dialog).getByRole('button', { name: 'Change 1 address' }));
    await waitFor(() =>
      expect(api.made('post', '/api/v1/addresses/bulk')[0]?.body).toEqual({
        action: 'update',
        ids: [5],
        set: { description: 'old' },
      }),
    );
  });

  it('opens the dialog for a new one that a link has filled in, once', async () => {
    const link = '/addresses?new.address=10.0.0.9&new.name=web&new.accept_observed=true';
    const user = show(<AddressesPage />, link);
    const dialog = await screen.findByRole('dialog', { name: 'New address' });
    await user.click(within(dialog).getByRole('button', { name: 'Create address' }));
    await waitFor(() =>
      expect(api.made('post', '/api/v1/addresses')[0]?.body).toEqual({
        address: '10.0.0.9',
        name: 'web',
        accept_observed: true,
      } satisfies Schemas['NewAddress']),
    );
    await waitFor(() => expect(window.location.search).toBe(''));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
