import type { Browser, Locator, Page } from 'playwright-core';
import type { Pool } from '../api';
import { freePort } from '../free-port';
import { openBrowser } from '../open-browser';
import { startServer, TOKEN, type Server } from '../start-server';
import { POSTGRES, type Database } from '../storages';

/** From the answer to one person until another one sees it. */
const SOON_MS = 2_000;

describe('pages of two people, on two server processes', () => {
  let database: Database;
  let browser: Browser;
  const ports: number[] = [];
  const servers: Server[] = [];
  const pages: Page[] = [];

  const start = (at: number): Promise<Server> =>
    startServer(database.url, { PORT: String(ports[at]) });
  const at = <T>(all: readonly T[], index: number): T => {
    const found = all[index];
    if (found === undefined) throw new Error(`there is no ${index}`);
    return found;
  };
  const ada = (): Page => at(pages, 0);
  const ben = (): Page => at(pages, 1);
  const pool = (cidr: string): Promise<Pool> =>
    at(servers, 0).api.expect(
      201,
      at(servers, 0).api.post<Pool>('/pools', { cidr, name: `pool ${cidr}` }),
    );
  const vrf = (name: string): Promise<unknown> =>
    at(servers, 0).api.expect(201, at(servers, 0).api.post('/vrfs', { name }));
  /** Goes to a path, and waits until the page follows what happens. */
  const follow = async (page: Page, path: string): Promise<void> => {
    const listens = page.waitForResponse((answer) =>
      answer.url().endsWith('/api/v1/events/stream'),
    );
    await page.goto(`${at(servers, pages.indexOf(page)).url}${path}`);
    await listens;
  };
  const shows = (what: Locator): Promise<void> => what.waitFor({ timeout: SOON_MS });

  beforeAll(async () => {
    database = await POSTGRES.open();
    ports.push(await freePort(), await freePort());
    // The first one brings the database up to date.
    for (const index of [0, 1]) servers.push(await start(index));
    browser = await openBrowser();
    for (const _ of servers) {
      const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
      await context.addInitScript(`sessionStorage.setItem('cloudpam.token', '${TOKEN}')`);
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      pages.push(page);
    }
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    for (const server of servers) await server.stop();
    await database.remove();
  });

  it('show what the other one has made within two seconds, and keep the focus', async () => {
    await vrf('lab');
    await follow(ada(), '/vrfs');
    await follow(ben(), '/vrfs');
    const button = ben().getByRole('button', { name: 'Edit lab', exact: true });
    await button.focus();
    await ada().getByRole('button', { name: 'New VRF', exact: true }).first().click();
    const dialog = ada().getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('made by Ada');
    const made = ada().waitForResponse(
      (answer) => answer.url().endsWith('/api/v1/vrfs') && answer.request().method() === 'POST',
    );
    await dialog.getByRole('button', { name: 'Create VRF', exact: true }).click();
    await made;
    await shows(ben().getByRole('cell', { name: 'made by Ada', exact: true }));
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('keep what is typed into a form while the list behind it changes', async () => {
    await follow(ben(), '/vrfs');
    await ben().getByRole('button', { name: 'New VRF', exact: true }).first().click();
    const name = ben().getByRole('dialog').getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('half a na');
    await vrf('behind it');
    await ben()
      .locator('td', { hasText: 'behind it' })
      .first()
      .waitFor({ timeout: SOON_MS, state: 'attached' });
    expect(await name.inputValue()).toBe('half a na');
    expect(await name.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('keep the row that is selected when another one comes in above it', async () => {
    const chosen = await pool('10.20.0.0/16');
    await follow(ben(), '/pools');
    const row = ben().locator(`#row-${chosen.id}`);
    await row.click();
    await ben().locator(`#row-${chosen.id}[aria-selected=true]`).waitFor();
    const above = await pool('10.10.0.0/16');
    await shows(ben().locator(`#row-${above.id}`));
    expect(await row.getAttribute('aria-selected')).toBe('true');
  });

  it('say that the server is away, and catch up when it is back', async () => {
    await follow(ben(), '/vrfs');
    await at(servers, 1).kill();
    await ben().getByText('Not connected', { exact: false }).waitFor();
    await vrf('meanwhile');
    servers[1] = await start(1);
    await ben().getByText('Connected again', { exact: true }).waitFor();
    // It reads everything again, from a server that has only just begun.
    await ben().getByRole('cell', { name: 'meanwhile', exact: true }).waitFor();
  });
});
