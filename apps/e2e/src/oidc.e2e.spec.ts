import BetterSqlite from 'better-sqlite3';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { AuditList, List } from './api';
import { eventually } from './eventually';
import { openBrowser } from './open-browser';
import { freePort, oidcSettings, openProvider, type Provider } from './open-provider';
import { startServer, type Server } from './start-server';
import { SQLITE, type Database } from './storages';

interface User {
  readonly id: number;
  readonly name: string;
  readonly role: string;
  readonly active: boolean;
  readonly version: number;
}

describe('people who log in with an OpenID provider, in a browser', () => {
  let database: Database;
  let provider: Provider;
  let server: Server;
  let second: Server;
  let thirdPort: number;
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    const ports = [await freePort(), await freePort(), await freePort()];
    thirdPort = ports[2] ?? 0;
    database = await SQLITE.open();
    provider = await openProvider(ports.map((port) => `http://127.0.0.1:${port}`));
    const start = (port: number | undefined): Promise<Server> =>
      startServer(database.url, { ...oidcSettings(provider.issuer), PORT: String(port) });
    server = await start(ports[0]);
    second = await start(ports[1]);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await second.stop();
    await provider.close();
    await database.remove();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });

  /** A page in a browser of its own, which was sent to the provider from `path`. */
  async function atProvider(path = '/'): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${server.url}${path}`);
    await page.getByRole('link', { name: 'Log in with Example ID', exact: true }).click();
    await page.waitForURL(`${provider.issuer}/**`);
    return page;
  }
  async function logIn(name: string, path = '/'): Promise<Page> {
    const page = await atProvider(path);
    await page.locator('input[name=login]').fill(name);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.waitForURL(`${server.url}/**`);
    return page;
  }
  const menu = (page: Page, name: string) =>
    page.getByRole('button', { name: `Account menu of ${name}`, exact: true });
  const userNamed = async (name: string): Promise<User> => {
    const { items } = await server.api.expect(200, server.api.get<List<User>>('/users'));
    const found = items.find((each) => each.name === name);
    if (!found) throw new Error(`there is no user ${name}`);
    return found;
  };
  const statusOf = (page: Page, at = server): Promise<number> =>
    page
      .context()
      .request.get(`${at.url}/api/v1/me`)
      .then((answer) => answer.status());

  it('come back to where they were, may do what their group says, and write with their session', async () => {
    const page = await logIn('ed', '/vrfs?from=mail');
    await page.waitForURL(`${server.url}/vrfs?from=mail`);
    await menu(page, 'Ed Editor').waitFor();
    await page.getByRole('button', { name: 'New VRF' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('made-by-ed');
    await page.getByRole('dialog').getByRole('button', { name: /VRF/ }).click();
    await page.getByRole('cell', { name: 'made-by-ed', exact: true }).waitFor();
    const audit = await server.api.expect(200, server.api.get<AuditList>('/audit?entity_type=vrf'));
    expect(audit.entries[0]?.actor).toMatchObject({ type: 'user', name: 'Ed Editor' });
    const cookies = await page.context().cookies(server.url);
    expect(
      cookies
        .filter(({ name }) => name.startsWith('cloudpam'))
        .map(({ name, httpOnly, sameSite, path }) => ({ name, httpOnly, sameSite, path })),
    ).toEqual([{ name: 'cloudpam_session', httpOnly: true, sameSite: 'Lax', path: '/' }]);
    expect(
      await page.evaluate(
        'document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)',
      ),
    ).not.toContain(cookies.find(({ name }) => name === 'cloudpam_session')?.value);
  });

  it('log in in two tabs at once, and both go on; another person in one of them is named in both', async () => {
    const first = await logIn('ed', '/vrfs');
    await menu(first, 'Ed Editor').waitFor();
    const tab = await first.context().newPage();
    await tab.goto(`${server.url}/api/v1/auth/oidc/login?return_to=/audit`);
    await menu(tab, 'Ed Editor').waitFor();
    for (const page of [first, tab]) {
      await page
        .getByRole('navigation', { name: 'Main', exact: true })
        .getByRole('link', { name: 'VRFs' })
        .click();
      await page.getByRole('button', { name: 'New VRF' }).click();
      await page
        .getByRole('textbox', { name: 'Name' })
        .fill(page === first ? 'of-the-first-tab' : 'of-the-other-tab');
      await page.getByRole('dialog').getByRole('button', { name: /VRF/ }).click();
      await page
        .getByRole('cell', {
          name: page === first ? 'of-the-first-tab' : 'of-the-other-tab',
          exact: true,
        })
        .waitFor();
    }
    // At the same time: each ends the session that the other has just begun, and none is thrown
    // out.
    await Promise.all(
      [first, tab].map((page) =>
        page.goto(`${server.url}/api/v1/auth/oidc/login?return_to=/vrfs?from=mail`),
      ),
    );
    for (const page of [first, tab]) {
      const name = page === first ? 'of-the-first-again' : 'of-the-other-again';
      await page.waitForURL(`${server.url}/vrfs?from=mail`);
      await menu(page, 'Ed Editor').waitFor();
      await page.getByRole('button', { name: 'New VRF' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill(name);
      await page.getByRole('dialog').getByRole('button', { name: /VRF/ }).click();
      await page.getByRole('cell', { name, exact: true }).waitFor();
    }
    await first.context().clearCookies({ name: /^_/ });
    await tab.goto(`${server.url}/api/v1/auth/oidc/login?return_to=/vrfs`);
    await tab.locator('input[name=login]').fill('vic');
    await tab.locator('input[name=password]').fill('any');
    await tab.locator('button[type=submit]').click();
    await menu(tab, 'Vic Viewer').waitFor();
    await menu(first, 'Vic Viewer').waitFor();
    await first.getByText('Vic Viewer has logged in in this browser').waitFor();
    await menu(first, 'Vic Viewer').click();
    await first.getByRole('menuitem', { name: 'Sign out' }).click();
    await tab.waitForURL(`${server.url}/login?return=%2Fvrfs`);
  });

  it('are turned away with the reason when no group of theirs has a role', async () => {
    const page = await logIn('nell', '/vrfs?from=mail#row');
    await page
      .getByText(
        'You are logged in at the provider as Nell Nobody. None of your groups has a role here.',
      )
      .waitFor();
    expect(await statusOf(page)).toBe(401);
    // Whoever chooses to be someone else comes to where they wanted to go at first.
    await page
      .getByRole('link', { name: 'Log in with Example ID as someone else', exact: true })
      .click();
    await page.locator('input[name=login]').fill('ed');
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.waitForURL(`${server.url}/vrfs?from=mail#row`);
    await menu(page, 'Ed Editor').waitFor();
  });

  it('may cancel, and find the way to where they wanted to go afterwards', async () => {
    const page = await atProvider('/audit?actor=ada');
    await page.getByText('[ Cancel ]').click();
    await page.getByText('The login at the provider was cancelled').waitFor();
    await page.getByRole('link', { name: 'Log in with Example ID', exact: true }).click();
    // Of a login that took too long the server knows nothing any more; the tab does.
    await page.context().clearCookies({ name: /^cloudpam_login/ });
    await page.getByText('[ Cancel ]').click();
    await page
      .getByText('It took too long, was used before, or its answer was not valid')
      .waitFor();
    await page.getByRole('link', { name: 'Log in with Example ID', exact: true }).click();
    await page.locator('input[name=login]').fill('ed');
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.waitForURL(`${server.url}/audit?actor=ada`);
  });

  it('may be in 501 groups: their row on the page Users stays one, and shows all of them on demand', async () => {
    await menu(await logIn('gus'), 'Gus Groups').waitFor();
    const admin = await logIn('ada', '/users');
    const row = admin.getByRole('row', { name: /Gus Groups/ });
    expect((await row.boundingBox())?.height).toBeLessThanOrEqual(72);
    await row.getByRole('button', { name: 'All 501 groups of Gus Groups', exact: true }).click();
    await admin.getByText('department-with-a-long-name-499', { exact: true }).waitFor();
    const last = await row
      .getByRole('button', { name: 'Deactivate Gus Groups', exact: true })
      .boundingBox();
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(1_440);
  });

  it(
    'are sent on to the only provider where that is set, but not after they logged out, nor ' +
      'to the token form',
    async () => {
      const third = await startServer(database.url, {
        ...oidcSettings(provider.issuer),
        OIDC_AUTO_LOGIN: 'true',
        PORT: String(thirdPort),
      });
      const context = await browser.newContext();
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(`${third.url}/login?form=token`);
      await page.getByLabel('API token').waitFor();
      await page.goto(`${third.url}/vrfs`);
      await page.waitForURL(`${provider.issuer}/**`);
      await page.locator('input[name=login]').fill('ed');
      await page.locator('input[name=password]').fill('any');
      await page.locator('button[type=submit]').click();
      await page.waitForURL(`${third.url}/vrfs`);
      await menu(page, 'Ed Editor').click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.locator('button[value=yes]').click();
      await page.waitForURL(`${third.url}/login`);
      await page.getByRole('link', { name: 'Log in with Example ID', exact: true }).waitFor();
      await third.stop();
    },
  );

  it('log out here and at the provider', async () => {
    const page = await logIn('vic');
    await menu(page, 'Vic Viewer').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(`${provider.issuer}/session/end**`);
    expect(await statusOf(page)).toBe(401);
    await page.locator('button[value=yes]').click();
    await page.waitForURL(`${server.url}/login**`);
    await page.getByRole('link', { name: 'Log in with Example ID', exact: true }).click();
    await page.locator('input[name=login]').waitFor();
  });

  it(
    'are managed by an admin on the page Users: a new role ends their sessions, and ' +
      'deactivated they stop at once',
    async () => {
      const [admin, vic] = [await logIn('ada', '/users'), await logIn('vic')];
      await menu(vic, 'Vic Viewer').waitFor();
      expect([await statusOf(vic), await statusOf(vic, second)]).toEqual([200, 200]);
      await admin.reload();
      await admin.getByRole('button', { name: 'Change role Vic Viewer', exact: true }).focus();
      await admin.keyboard.press('Enter');
      await admin.getByRole('combobox', { name: 'Role' }).click();
      await admin.getByRole('option', { name: /^Editor/ }).click();
      await admin.getByText('All sessions of Vic Viewer end at once').waitFor();
      await admin
        .getByRole('button', { name: 'Change role and end sessions', exact: true })
        .click();
      await admin.getByRole('cell', { name: 'editor, set by hand', exact: true }).waitFor();
      expect(await statusOf(vic)).toBe(401);
      await vic
        .getByRole('navigation', { name: 'Main', exact: true })
        .getByRole('link', { name: 'VRFs' })
        .click();
      await vic.waitForURL(`${server.url}/login?return=%2Fvrfs`);

      // Roles set by hand outlast the groups of the next login.
      await vic.getByRole('link', { name: 'Log in with Example ID', exact: true }).click();
      await vic.waitForURL(`${server.url}/vrfs`);
      await menu(vic, 'Vic Viewer').getByText('editor').waitFor();
      expect([await statusOf(vic), await statusOf(vic, second)]).toEqual([200, 200]);
      await admin.getByRole('button', { name: 'Sessions Vic Viewer', exact: true }).click();
      await admin.getByRole('dialog').getByRole('cell', { name: '127.0.0.1' }).first().waitFor();
      await admin.keyboard.press('Escape');
      await admin.getByRole('button', { name: 'Deactivate Vic Viewer', exact: true }).click();
      await admin.getByRole('button', { name: 'Deactivate user', exact: true }).click();
      await admin.getByText('deactivated', { exact: true }).waitFor();
      const deactivated = Date.now();
      expect(await statusOf(vic)).toBe(401);
      await eventually(
        'the other server to refuse the session',
        async () => (await statusOf(vic, second)) === 401,
      );
      expect(Date.now() - deactivated).toBeLessThan(5_000);
      await vic.goto(`${server.url}/login`);
      await vic.getByRole('link', { name: 'Log in with Example ID', exact: true }).click();
      await vic.getByText('Your user is deactivated').waitFor();
    },
  );

  it('keep one admin: the last one is neither demoted nor deactivated, nor is the last token revoked', async () => {
    const page = await logIn('ada');
    await menu(page, 'Ada Admin').waitFor();
    const ada = await userNamed('Ada Admin');
    const { items: tokens } = await server.api.expect(
      200,
      server.api.get<List<{ id: number; role: string }>>('/tokens'),
    );
    const { csrf_token: csrf } = (await (
      await page.context().request.get(`${server.url}/api/v1/me`)
    ).json()) as { csrf_token: string };
    const headers = { origin: server.url, 'x-cloudpam-csrf': csrf };
    for (const { id } of tokens.filter(({ role }) => role === 'admin')) {
      expect(
        (
          await page.context().request.delete(`${server.url}/api/v1/tokens/${id}`, { headers })
        ).status(),
      ).toBe(200);
    }
    for (const data of [{ role: 'viewer' }, { active: false }]) {
      const answer = await page
        .context()
        .request.patch(`${server.url}/api/v1/users/${ada.id}`, { headers, data });
      expect([answer.status(), ((await answer.json()) as { code: string }).code]).toEqual([
        409,
        'last_admin',
      ]);
    }
    expect(await statusOf(page)).toBe(200);
  });

  it('are asked to log in again when their session has expired, or was not used for too long', async () => {
    const file = new BetterSqlite(database.url.slice('sqlite:'.length));
    for (const change of ['expires_at = 1', 'last_used_at = last_used_at - 3600000']) {
      const page = await logIn('ed');
      await menu(page, 'Ed Editor').waitFor();
      file.exec(`update user_session set ${change}`);
      await eventually('the session to end', async () => (await statusOf(page)) === 401);
      // The page may have noticed by itself.
      await page.goto(`${server.url}/audit`);
      await page.waitForURL(`${server.url}/login?return=%2Faudit`);
    }
    file.close();
  });

  it('are not logged in by a code that the provider gave to another client', async () => {
    const answer = await fetch(`${server.url}/api/v1/auth/oidc/login`, { redirect: 'manual' });
    const asked = new URL(answer.headers.get('location') ?? '');
    asked.searchParams.set('client_id', 'backoffice');
    const context = await browser.newContext();
    contexts.push(context);
    const page = await context.newPage();
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0]?.split('=') ?? [];
    await context.addCookies([{ name: cookie[0] ?? '', value: cookie[1] ?? '', url: server.url }]);
    await page.goto(asked.href);
    await page.locator('input[name=login]').fill('ada');
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.waitForURL(`${server.url}/login?problem=invalid_login&provider=oidc`);
    expect(await statusOf(page)).toBe(401);
  });
});
