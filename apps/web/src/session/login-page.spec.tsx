import { screen, waitFor } from '@testing-library/react';
import { session } from '../api/session';
import type { FakeApi } from '../testing/fake-api';
import { listOf, me } from '../testing/samples';
import { fakeApi, show } from '../testing/show';
import { LoginPage } from './login-page';

let api: FakeApi;
beforeEach(() => {
  api = fakeApi().on('get', '/api/v1/auth/oidc/providers', {
    ...listOf<never>(),
    signed_in: false,
    auto_login: false,
  });
  session.close();
});
afterEach(() => expect(api.unexpected).toEqual([]));

const tokenField = (): Promise<HTMLElement> => screen.findByLabelText('API token');

describe('LoginPage', () => {
  it('tries a token before it keeps it, and goes where the person wanted to', async () => {
    const user = show(<LoginPage />, '/login?return=%2Fpools%3Fq%3Da', '/login');
    await user.type(await tokenField(), 'cpam_good_one{Enter}');
    await waitFor(() => expect(session.token()).toBe('cpam_good_one'));
    expect(`${window.location.pathname}${window.location.search}`).toBe('/pools?q=a');
    expect(api.made('get', '/api/v1/me')[0]?.headers.get('authorization')).toBe(
      'Bearer cpam_good_one',
    );
  });

  it('says that the server does not know a token, and keeps none', async () => {
    api.refuse('get', '/api/v1/me', 401, { code: 'unauthenticated' });
    const user = show(<LoginPage />, '/login', '/login');
    await user.type(await tokenField(), 'cpam_bad_one{Enter}');
    expect(await screen.findByText(/^The server does not know this token/)).toBeTruthy();
    expect(session.token()).toBeNull();
  });

  it('says that there is no answer', async () => {
    api.cut('get', '/api/v1/me');
    const user = show(<LoginPage />, '/login', '/login');
    await user.type(await tokenField(), 'cpam_bad_one{Enter}');
    expect(await screen.findByText(/^The server did not answer/)).toBeTruthy();
  });

  it('offers the providers, and says why one has refused a person', async () => {
    api.on('get', '/api/v1/auth/oidc/providers', {
      ...listOf({
        name: 'okta',
        label: 'Okta',
        login_url: '/api/v1/auth/oidc/login?provider=okta',
      }),
      signed_in: false,
      auto_login: false,
    });
    show(<LoginPage />, '/login?problem=no_role&provider=okta', '/login');
    const link = await screen.findByRole('link', { name: 'Log in with Okta' });
    expect(link.getAttribute('href')).toBe('/api/v1/auth/oidc/login?provider=okta&return_to=%2F');
    expect(screen.getByRole('alert')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Log in with Okta as someone else' })).toBeTruthy();
  });

  it('is left at once by who is signed in', async () => {
    session.byCookie('proof', me().actor.id);
    show(<LoginPage />, '/login', '/login');
    expect(window.location.pathname).toBe('/');
  });
});
