import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { AuditList } from '../api';
import { openBrowser } from '../open-browser';
import { startServer, TOKEN, type Server } from '../start-server';
import { SQLITE, type Database } from '../storages';
import { estate } from './estate';
import { handsOf, type Trial } from './hands';
import { placeholders } from './placeholders';
import { trialsOf } from './trials';

describe('every placeholder of the page', () => {
  let database: Database;
  let server: Server;
  let browser: Browser;
  let page: Page;
  let trials: Readonly<Record<string, Trial>>;

  beforeAll(async () => {
    database = await SQLITE.open();
    server = await startServer(database.url, { CLOUDPAM_SECRET_KEY: 's'.repeat(32) });
    await estate(server.api);
    browser = await openBrowser();
    const context: BrowserContext = await browser.newContext({
      viewport: { width: 1_440, height: 900 },
    });
    await context.addInitScript(`sessionStorage.setItem('cloudpam.token', '${TOKEN}')`);
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    trials = trialsOf(page, server, browser);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.remove();
  });

  it('is tried', () => {
    expect(Object.keys(trials).sort()).toEqual(placeholders());
  });

  it.each(placeholders())('keeps its promise: %s', async (name) => trials[name]?.());

  it(
    'is not needed for the audit log to find whom the column Who shows, and to say how the ' +
      'name was read',
    async () => {
      const { box, get, shown, visit } = handsOf(page, server);
      const {
        entries: [entry],
      } = await get<AuditList & { entries: { actor: { name: string } }[] }>('/audit?page_size=1');
      await visit('/audit');
      await box('Actor').fill(entry?.actor.name ?? '');
      await page
        .getByRole('status', { name: 'How the text was read' })
        .getByText('Read as part of a name: no actor has this id.')
        .waitFor();
      await shown(entry?.actor.name ?? '');
    },
  );
});
