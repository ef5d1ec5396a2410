import { screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import type { FakeApi } from '../testing/fake-api';
import { account, listOf, user as person, VIEWER } from '../testing/samples';
import { allowedButton, fakeApi, show } from '../testing/show';
import { UsersPage } from './users-page';

let api: FakeApi;
beforeEach(() => {
  api = fakeApi()
    .on('get', '/api/v1/users', listOf(person()))
    .on('patch', '/api/v1/users/{id}', person());
});
afterEach(() => expect(api.unexpected).toEqual([]));

const open = async (button: string): Promise<{ user: UserEvent; form: HTMLElement }> => {
  const user = show(<UsersPage />, '/users');
  await user.click(await allowedButton(button));
  return { user, form: await screen.findByRole('dialog') };
};
const change = () => {
  const [call] = api.made('patch', '/api/v1/users/{id}');
  return [call?.line, call?.body, call?.headers.get('if-match')];
};

describe('UsersPage', () => {
  it('shows who may come in and who may not', async () => {
    const refused = person({ id: 9, name: 'Alan', refused_at: '2026-01-02T03:04:05Z' });
    const groups = ['a', 'b', 'c', 'd', 'e'];
    api.on(
      'get',
      '/api/v1/users',
      listOf(person({ groups }), refused, person({ id: 10, name: 'Kurt', active: false })),
    );
    const user = show(<UsersPage />, '/users');
    const table = await screen.findByRole('table', { name: 'Users' });
    const states = ['Grace', 'Alan', 'Kurt'].map(
      (name) => within(table).getByText(name).closest('tr')?.textContent,
    );
    expect(states[0]).toContain('active');
    expect(states[1]).toContain('no role');
    expect(states[2]).toContain('deactivated');
    await user.click(screen.getByRole('button', { name: 'All 5 groups of Grace' }));
    expect(await screen.findByText('e')).toBeTruthy();
  });

  it('is for admins', async () => {
    api.on('get', '/api/v1/me', VIEWER);
    show(<UsersPage />, '/users');
    expect(await screen.findByText('Users are for admins')).toBeTruthy();
    expect(api.made('get', '/api/v1/users')).toEqual([]);
  });
});

describe('RoleDialog', () => {
  it('gives another role, and says that it ends the sessions', async () => {
    const { user, form } = await open('Change role Grace');
    await user.click(within(form).getByRole('combobox', { name: 'Role' }));
    await user.click(await screen.findByRole('option', { name: /^Viewer/ }));
    expect(form.textContent).toContain('All sessions of Grace end at once');
    await user.click(within(form).getByRole('button', { name: 'Change role and end sessions' }));
    expect(await screen.findByText('Grace is viewer')).toBeTruthy();
    expect(change()).toEqual([
      'PATCH /api/v1/users/6',
      { role: 'viewer', role_pinned: true },
      '"8"',
    ]);
  });

  it('shows why the last admin stays one', async () => {
    api.refuse('patch', '/api/v1/users/{id}', 409, {
      code: 'last_admin',
      detail: 'Somebody must be admin.',
    });
    const { user, form } = await open('Change role Grace');
    await user.click(within(form).getByRole('button', { name: 'Save' }));
    expect((await within(form).findByRole('alert')).textContent).toContain(
      'Somebody must be admin.',
    );
  });
});

describe('ActiveDialog', () => {
  it('takes the access of a user', async () => {
    const { user, form } = await open('Deactivate Grace');
    expect(document.activeElement?.textContent).toBe('Cancel');
    await user.click(within(form).getByRole('button', { name: 'Deactivate user' }));
    expect(await screen.findByText('Deactivated Grace')).toBeTruthy();
    expect(change()[1]).toEqual({ active: false });
  });
});

describe('LimitsDialog', () => {
  it('limits a user to accounts, and says what that means', async () => {
    api.on('get', '/api/v1/accounts', listOf(account()));
    const { user, form } = await open('Limits Grace');
    expect(form.textContent).toContain('Grace sees everything that a editor sees.');
    await user.click(within(form).getByRole('combobox', { name: 'Accounts' }));
    await user.click(await screen.findByRole('option', { name: /^production/ }));
    await user.keyboard('{Escape}');
    await user.click(within(form).getByRole('button', { name: 'Set limits' }));
    expect(await screen.findByText('Grace is limited to 1 account')).toBeTruthy();
    expect(change()[1]).toEqual({ accounts: ['aws:111122223333'], pools: null });
  });
});

describe('SessionsDialog', () => {
  const session = {
    id: 1,
    provider: 'okta',
    created_at: '2026-01-02T03:04:05Z',
    expires_at: '2036-01-02T03:04:05Z',
    last_used_at: '2026-01-02T03:04:05Z',
    user_agent: 'Firefox',
    ip: '192.0.2.7',
    current: true,
  };

  it('shows where a user is logged in, and ends it all', async () => {
    api
      .on('get', '/api/v1/users/{id}/sessions', listOf(session))
      .on('delete', '/api/v1/users/{id}/sessions', { ended: 1 });
    const { user, form } = await open('Sessions Grace');
    expect((await within(form).findByText(/192\.0\.2\.7/)).textContent).toContain('this one');
    await user.click(within(form).getByRole('button', { name: 'End all sessions' }));
    expect(await screen.findByText('Ended 1 session of Grace')).toBeTruthy();
  });

  it('has nothing to end where nobody is logged in', async () => {
    api.on('get', '/api/v1/users/{id}/sessions', listOf());
    const { form } = await open('Sessions Grace');
    expect(await within(form).findByText('Grace is not logged in anywhere.')).toBeTruthy();
    expect(within(form).getByRole('button', { name: 'End all sessions' })).toHaveProperty(
      'disabled',
      true,
    );
  });
});
