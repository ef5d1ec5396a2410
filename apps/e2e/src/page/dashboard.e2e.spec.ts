import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { List } from '../api';
import { eventually } from '../eventually';
import { openBrowser } from '../open-browser';
import { runCollector } from '../run-collector';
import { ROOT, startServer, TOKEN, type Server } from '../start-server';
import { SQLITE, type Database } from '../storages';
import { axeFaults } from './axe-faults';

/** `SCREENSHOTS=1` writes those of the documentation. */
const SCREENSHOTS =
  process.env['SCREENSHOTS'] === '1' ? path.join(ROOT, 'docs/screenshots') : undefined;
const WIDTHS = { '': 1_440, '-phone': 390 } as const;
const FORMS = [
  ['light', ''],
  ['dark', ''],
  ['light', '-phone'],
  ['dark', '-phone'],
] as const;
/** Other pages of the documentation: where they are, what shows that they are there, and how high they are. */
const ALSO = [
  ['usage', '/pools/2?tab=usage', 'img', /^Used from/, 700],
  ['grid', '/pools/7?tab=addresses', 'list', /^Addresses of/, 1_250],
  ['analysis', '/analysis', 'button', /^(Move|Resize|Reclaim|Delete|Add)/, 1_000],
] as const;

describe('the dashboard, in a browser, over the demo estate with its past', () => {
  let database: Database;
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    database = await SQLITE.open();
    const module = pathToFileURL(path.join(ROOT, 'tools/demo-past.mjs')).href;
    const script = `import { makePast } from '${module}'; await makePast(process.argv[1], new Date());`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script, database.url]);
    server = await startServer(database.url);
    await runCollector(server, path.join(ROOT, 'examples/estate'));
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.remove();
  });

  async function newPage(colorScheme: 'light' | 'dark', width: number): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    await context.addInitScript(`sessionStorage.setItem('cloudpam.token', '${TOKEN}')`);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return page;
  }

  async function opened(colorScheme: 'light' | 'dark', width: number): Promise<Page> {
    const page = await newPage(colorScheme, width);
    await page.goto(server.url);
    // The count of all that the collector has brought is a few seconds away.
    await page.getByRole('link', { name: /IPv4/ }).first().waitFor();
    await page.getByRole('img', { name: /IPv4 addresses in use/ }).waitFor();
    return page;
  }

  async function shoot(page: Page, name: string): Promise<void> {
    const folder = SCREENSHOTS ?? '';
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  }

  it.each(FORMS)('is readable in %s colours%s', async (scheme, device) => {
    const page = await opened(scheme, WIDTHS[device]);
    expect(await axeFaults(page)).toEqual([]);
    const [width, shown] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(width).toBe(shown);
    if (SCREENSHOTS !== undefined) {
      // What axe has looked at were both.
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width: WIDTHS[device], height: device === '' ? 1_400 : 2_760 });
      await shoot(page, `dashboard${scheme === 'dark' ? '-dark' : ''}${device}`);
    }
    await page.context().close();
  });

  (SCREENSHOTS === undefined ? it.skip : it)(
    'is beside pages that the documentation shows',
    async () => {
      // The count of all that the collector has brought, and the analysis after it, take some minutes.
      const analysed = async (): Promise<boolean> =>
        (await server.api.get<List<unknown>>('/analysis?page_size=1')).body.total > 0;
      await eventually('the analysis of the estate', analysed, 200_000);
      for (const [name, place, role, label, height] of ALSO)
        for (const [scheme, device] of FORMS) {
          const page = await newPage(scheme, WIDTHS[device]);
          await page.goto(`${server.url}${place}`);
          await page.getByRole(role, { name: label }).first().waitFor();
          await page.setViewportSize({ width: WIDTHS[device], height });
          await shoot(page, `${name}${scheme === 'dark' ? '-dark' : ''}${device}`);
          await page.context().close();
        }
    },
    300_000,
  );

  it('is used by keys alone: from a figure to its list, and over the weeks of the chart', async () => {
    const page = await opened('light', WIDTHS['']);
    const chart = page.getByRole('img', { name: /IPv4 addresses in use/ });
    await chart.focus();
    await page.keyboard.press('End');
    await page
      .getByText(/in eight of ten futures/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Growth as a table' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'Growth' }).waitFor();
    await page.getByRole('link', { name: /Open findings/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/discovery?tab=findings');
    await page.context().close();
  });
});
