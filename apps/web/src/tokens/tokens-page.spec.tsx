import { screen, within } from '@testing-library/react';
import { session } from '../api/session';
import type { FakeApi } from '../testing/fake-api';
import { account, listOf, token, VIEWER } from '../testing/samples';
import { allowedButton, fakeApi, show } from '../testing/show';
import { TokensPage } from './tokens-page';

let api: FakeApi;
beforeEach(() => {
  api = fakeApi().on('get', '/api/v1/tokens', listOf(token()));
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('TokensPage', () => {
  it('shows which tokens may be used, and what cannot be done to one that is revoked', async () => {
    api.on(
      'get',
      '/api/v1/tokens',
      listOf(
        token({ accounts: ['aws:1'], shared_resources: true }),
        token({ id: 8, name: 'old', expires_at: '2020-01-01T00:00:00Z' }),
        token({ id: 9, name: 'gone', revoked_at: '2026-01-02T03:04:05Z' }),
      ),
    );
    show(<TokensPage />, '/tokens');
    const table = await screen.findByRole('table', { name: 'Tokens' });
    const rows = within(table).getAllByRole('row');
    expect(rows[1]?.textContent).toMatch(/aws:1and what is shared with them.*active/);
    expect(rows[2]?.textContent).toContain('expired');
    expect(rows[3]?.textContent).toContain('revoked');
    const rotate = screen.getByRole('button', { name: 'Rotate gone' });
    expect(rotate.getAttribute('aria-description')).toBe('It is revoked.');
  });

  it('revokes a token after it has asked', async () => {
    api.on('delete', '/api/v1/tokens/{id}', token());
    const user = show(<TokensPage />, '/tokens');
    await user.click(await allowedButton('Revoke ci'));
    const asks = await screen.findByRole('dialog', { name: 'Revoke ci' });
    expect(asks.textContent).toContain('Whoever uses this editor token is refused');
    await user.click(within(asks).getByRole('button', { name: 'Revoke token' }));
    expect(await screen.findByText('Revoked ci')).toBeTruthy();
    expect(api.made('delete', '/api/v1/tokens/{id}')).toHaveLength(1);
  });

  it('shows the new secret of a token that it rotates, and goes on with it when it is its own', async () => {
    session.close();
    session.open('cpam_abcdefabcdef_before', false);
    api.on('post', '/api/v1/tokens/{id}/rotate', {
      ...token(),
      secret: 'cpam_abcdefabcdef_after',
    });
    const user = show(<TokensPage />, '/tokens');
    await user.click(await allowedButton('Rotate ci'));
    const asks = await screen.findByRole('dialog', { name: 'Rotate ci' });
    await user.click(within(asks).getByRole('button', { name: 'Rotate token' }));
    expect((await screen.findByLabelText('Token secret')).textContent).toBe(
      'cpam_abcdefabcdef_after',
    );
    expect(session.token()).toBe('cpam_abcdefabcdef_after');
    await user.keyboard('{Escape}');
    expect(screen.getByLabelText('Token secret')).toBeTruthy();
  });

  it('is for admins', async () => {
    api.on('get', '/api/v1/me', VIEWER);
    show(<TokensPage />, '/tokens');
    expect(await screen.findByText('Tokens are for admins')).toBeTruthy();
  });
});

describe('NewTokenDialog', () => {
  it('makes a collector token for an account, and shows its secret', async () => {
    api
      .on('get', '/api/v1/accounts', listOf(account()))
      .on('post', '/api/v1/tokens', { ...token({ name: 'berlin' }), secret: 'cpam_x_y' });
    const user = show(<TokensPage />, '/tokens');
    await user.click(await allowedButton('New token'));
    const form = await screen.findByRole('dialog', { name: 'New token' });
    await user.type(within(form).getByRole('textbox', { name: 'Name' }), 'berlin');
    await user.click(within(form).getByRole('combobox', { name: 'Role' }));
    await user.click(await screen.findByRole('option', { name: /^Collector/ }));
    expect(within(form).getByRole('combobox', { name: 'Pools' })).toHaveProperty('disabled', true);
    await user.click(within(form).getByRole('combobox', { name: 'Accounts' }));
    await user.click(await screen.findByRole('option', { name: /^production/ }));
    await user.click(within(form).getByRole('checkbox', { name: 'May report shared resources' }));
    await user.click(within(form).getByRole('button', { name: 'Create token' }));
    expect((await screen.findByLabelText('Token secret')).textContent).toBe('cpam_x_y');
    expect(api.made('post', '/api/v1/tokens')[0]?.body).toEqual({
      name: 'berlin',
      role: 'collector',
      shared_resources: true,
      accounts: ['aws:111122223333'],
      pools: null,
    });
  });

  it('says what the server has against it, until that is changed', async () => {
    api.refuse('post', '/api/v1/tokens', 400, { code: 'invalid_field', detail: 'Too far away.' });
    const user = show(<TokensPage />, '/tokens');
    await user.click(await allowedButton('New token'));
    const form = await screen.findByRole('dialog', { name: 'New token' });
    await user.type(within(form).getByRole('textbox', { name: 'Name' }), 'ci{Enter}');
    expect((await within(form).findByRole('alert')).textContent).toContain('Too far away.');
    await user.type(within(form).getByRole('textbox', { name: 'Name' }), '2');
    expect(within(form).queryByRole('alert')).toBeNull();
  });
});
