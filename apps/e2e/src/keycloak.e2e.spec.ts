import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { AuditList } from './api';
import { describeWith } from './counterpart';
import { readCompose } from './deploy/compose';
import { DOCKER } from './deploy/dockerfiles';
import { firstStart } from './deploy/first-start';
import { eventually } from './eventually';
import { openBrowser } from './open-browser';
import { Keycloak, PASSWORD, START_MS, type Person } from './open-keycloak';
import { freePort } from './open-provider';
import { startServer, type Server } from './start-server';
import { POSTGRES, type Database } from './storages';

const PEOPLE: readonly Person[] = [
  { username: 'ada', firstName: 'Ada', lastName: 'Admin', groups: ['net-admins'] },
  { username: 'ed', firstName: 'Ed', lastName: 'Editor', groups: ['netops'] },
  { username: 'vic', firstName: 'Vic', lastName: 'Viewer', groups: ['staff'] },
  { username: 'nell', firstName: 'Nell', lastName: 'Nobody', groups: ['cooks'] },
];

describeWith('keycloak', 'people who log in with Keycloak, in a browser', (home) => {
  let keycloak: Keycloak;
  let database: Database;
  let server: Server;
  let browser: Browser;
  let printed: string;
  const contexts: BrowserContext[] = [];
  const volumes = mkdtempSync(path.join(tmpdir(), 'cloudpam-keycloak-'));

  beforeAll(async () => {
    const port = await freePort();
    [keycloak, database, browser] = await Promise.all([
      Keycloak.open(home),
      POSTGRES.open(),
      openBrowser(),
    ]);
    printed = firstStart(DOCKER, volumes, { PUBLIC_URL: `http://127.0.0.1:${port}` });
    await keycloak.importRealm(path.join(volumes, 'keycloak-secrets/cloudpam-realm.json'), PEOPLE);
    server = await startServer(database.url, {
      ...settingsOf(keycloak.url),
      PORT: String(port),
    });
  }, START_MS + 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await keycloak?.close();
    await database?.remove();
    rmSync(volumes, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });

  /** What compose.yaml gives a server with Keycloak, and roles for the groups of these people. */
  function settingsOf(url: string): Record<string, string> {
    const given = readCompose(DOCKER, { OIDC: 'on' }).services['server']?.environment ?? {};
    const set = Object.entries(given).filter(([name]) => name.startsWith('OIDC_'));
    const { OIDC_ROLE_MAP = '', ...settings } = Object.fromEntries(set);
    return {
      ...settings,
      OIDC_ISSUER: (settings['OIDC_ISSUER'] ?? '').replace('http://localhost:8081', url),
      OIDC_CLIENT_SECRET_FILE: path.join(volumes, 'server-secrets/client-secret'),
      OIDC_ROLE_MAP: `${OIDC_ROLE_MAP},net-admins=admin,netops=editor,staff=viewer`,
    };
  }
  async function newPage(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return page;
  }
  async function atKeycloak(page: Page, path: string): Promise<void> {
    await page.goto(`${server.url}${path}`);
    await page.getByRole('link', { name: 'Log in with Keycloak', exact: true }).click();
    await page.locator('#kc-login').waitFor();
  }
  async function submit(page: Page, username: string, password = PASSWORD): Promise<void> {
    if (await page.locator('#username').isVisible()) await page.locator('#username').fill(username);
    await page.locator('#password').fill(password);
    await page.locator('#kc-login').click();
  }
  async function logIn(username: string, path = '/vrfs'): Promise<Page> {
    const page = await newPage();
    await atKeycloak(page, path);
    await submit(page, username);
    await page.waitForURL(`${server.url}${path}`);
    return page;
  }
  const menu = (page: Page, name: string) =>
    page.getByRole('button', { name: `Account menu of ${name}`, exact: true });
  const statusOf = (page: Page): Promise<number> =>
    page
      .context()
      .request.get(`${server.url}/api/v1/me`)
      .then((answer) => answer.status());
  const makeVrf = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('button', { name: 'New VRF' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('dialog').getByRole('button', { name: /VRF/ }).click();
    await page.getByRole('cell', { name, exact: true }).waitFor();
  };
  const latest = async (action: string): Promise<unknown> =>
    (await server.api.expect(200, server.api.get<AuditList>(`/audit?action=${action}`))).entries[0]
      ?.diff.after;
  /** As if the role had last been confirmed a quarter of an hour ago. */
  const passTime = async (): Promise<void> => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query("update user_session set checked_at = checked_at - interval '15 minutes'");
    await client.end();
  };

  it('have the role of their group, and log out here and there', async () => {
    const page = await logIn('ada');
    await menu(page, 'Ada Admin').getByText('admin', { exact: true }).waitFor();
    await menu(page, 'Ada Admin').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(`${server.url}/login`);
    await page.getByRole('link', { name: 'Log in with Keycloak', exact: true }).click();
    await page.locator('#kc-login').waitFor();
  });

  it('are led by the one whom the first start makes', async () => {
    const page = await newPage();
    await atKeycloak(page, '/vrfs');
    await submit(page, 'admin', /in Keycloak: +(\S+)/.exec(printed)?.[1]);
    await menu(page, 'First Admin').getByText('admin', { exact: true }).waitFor();
  });

  it('log in in two tabs, and write in both', async () => {
    const first = await newPage();
    const second = await first.context().newPage();
    for (const page of [first, second]) await atKeycloak(page, '/vrfs');
    await submit(first, 'ed');
    await menu(first, 'Ed Editor').waitFor();
    // Keycloak takes its other tabs along; where it does not, the page has them log in again.
    await second.goto(`${server.url}/api/v1/auth/oidc/login?return_to=/vrfs`);
    await menu(second, 'Ed Editor').waitFor();
    await makeVrf(first, 'of-the-first-tab');
    await makeVrf(second, 'of-the-second-tab');
    await makeVrf(first, 'of-the-first-tab-again');
  });

  it('may cancel, and are told so; the operator too', async () => {
    await keycloak.askConsent(true);
    const page = await newPage();
    await atKeycloak(page, '/audit');
    await submit(page, 'vic');
    await page.locator('#kc-cancel').click();
    await page.getByText('The login at the provider was cancelled').waitFor();
    expect(new URL(page.url()).searchParams.get('return')).toBe('/audit');
    expect(await latest('user.log_in_refused')).toMatchObject({
      why: 'login_cancelled',
      error: 'access_denied',
    });
    await keycloak.askConsent(false);
  });

  it('are told as whom they have no role, and may be someone else', async () => {
    const page = await newPage();
    await atKeycloak(page, '/vrfs');
    await submit(page, 'nell');
    await page.getByText('You are logged in at the provider as Nell Nobody.').waitFor();
    expect(await latest('user.log_in_refused')).toMatchObject({
      why: 'no_role',
      groups: ['cooks'],
      claim: 'groups',
    });
    await page
      .getByRole('link', { name: 'Log in with Keycloak as someone else', exact: true })
      .click();
    await page.locator('#reset-login').click();
    await page.locator('#username').waitFor();
    await submit(page, 'vic');
    await menu(page, 'Vic Viewer').waitFor();
  });

  it('log in as soon as Keycloak has a new key', async () => {
    await keycloak.rotateKey();
    await menu(await logIn('vic'), 'Vic Viewer').waitFor();
  });

  it('are logged out by an administrator of Keycloak', async () => {
    const page = await logIn('vic');
    expect(await statusOf(page)).toBe(200);
    await keycloak.logOut('vic');
    await eventually('the session to end', async () => (await statusOf(page)) === 401);
    expect(await latest('user.session_ended')).toMatchObject({ why: 'logged out at the provider' });
  });

  it('lose what their group gave them when they leave it, and everything when they are disabled', async () => {
    const [ed, vic] = [await logIn('ed'), await logIn('vic')];
    await passTime();
    expect([await statusOf(ed), await statusOf(vic)]).toEqual([200, 200]);
    await keycloak.leaveGroup('ed', 'netops');
    await keycloak.disable('vic');
    await passTime();
    await eventually(
      'both to lose their rights',
      async () => (await statusOf(ed)) === 401 && (await statusOf(vic)) === 401,
    );
    expect(await latest('user.log_in_refused')).toMatchObject({
      why: 'no_role',
      checked: true,
      groups: [],
    });
    expect(await latest('user.session_ended')).toMatchObject({ error: 'invalid_grant' });
    const page = await logIn('ada', '/users');
    await page
      .getByRole('row', { name: /Ed Editor/ })
      .getByText('no role')
      .waitFor();
  });
});
