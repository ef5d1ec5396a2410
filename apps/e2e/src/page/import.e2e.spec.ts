/// <reference lib="dom" />
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { List, Pool } from '../api';
import { openBrowser } from '../open-browser';
import { startServer, TOKEN, type Server } from '../start-server';
import { textOverText } from '../page-layout';
import { SQLITE, type Database } from '../storages';
import { axeFaults } from './axe-faults';
import { FORMATS, SHEET, text, type Upload } from './import-samples';

describe('the import in the page, in a browser', () => {
  let database: Database;
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const mistakes: string[] = [];

  beforeAll(async () => {
    database = await SQLITE.open();
    server = await startServer(database.url);
    browser = await openBrowser();
    context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
    await context.addInitScript(`sessionStorage.setItem('cloudpam.token', '${TOKEN}')`);
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => mistakes.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') mistakes.push(message.text());
    });
  });
  beforeEach(() => {
    mistakes.length = 0;
  });
  afterEach(() => expect(mistakes).toEqual([]));
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.remove();
  });

  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
  const title = (name: string): Locator => page.getByRole('heading', { name, exact: true });
  const give = async (files: readonly Upload[]): Promise<void> => {
    await page.goto(`${server.url}/import`);
    await button('Choose files').waitFor();
    await page.setInputFiles('input[type=file]', [...files]);
  };
  /** Cells of the sum of all counts: create, update, unchanged, skip, error. */
  const sums = async (): Promise<readonly string[]> =>
    page
      .getByRole('table', { name: 'Counts' })
      .getByRole('row', { name: /^Together/ })
      .getByRole('cell')
      .allTextContents();
  const pools = (query: string): Promise<List<Pool>> =>
    server.api.expect(200, server.api.get<List<Pool>>(`/pools?page_size=500&${query}`));

  it('is offered by a server that has nothing, beside the two other ways', async () => {
    await page.goto(`${server.url}/pools`);
    for (const way of ['Connect a cloud', 'Import', 'Start by hand'])
      await page.getByRole('region', { name: way, exact: true }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await button('Import files').click();
    await title('Which files?').waitFor();
  });

  it('takes a spreadsheet by the keyboard alone, with nothing for axe in any step', async () => {
    const faults: Record<string, readonly string[]> = {};
    const look = async (step: string): Promise<void> => {
      const found = await axeFaults(page);
      if (found.length > 0) faults[step] = found;
    };
    const onto = async (target: Locator): Promise<void> => {
      const isThere = (): Promise<boolean> =>
        target.evaluate((element) => element === document.activeElement);
      for (let tabs = 0; tabs < 80 && !(await isThere()); tabs += 1)
        await page.keyboard.press('Tab');
      expect(await isThere()).toBe(true);
    };
    // Looked for from the beginning: a dialog that opens before that is lost.
    page.once('filechooser', (chooser) => void chooser.setFiles(SHEET));
    await page.goto(`${server.url}/pools`);
    await button('Import files').waitFor();
    await page.keyboard.press('i');
    await onto(button('Choose files'));
    await page.keyboard.press('Enter');
    await page.getByText(/Read as utf-8, with semicolons/).waitFor();
    await look('files');
    await onto(button('Next: columns'));
    await page.keyboard.press('Enter');
    await title('What do the columns mean?').and(page.locator(':focus')).waitFor();
    await page.getByRole('table', { name: 'First rows of sites.csv' }).waitFor();
    await look('columns');
    await onto(page.getByRole('checkbox', { name: 'Raum' }));
    await page.keyboard.press('Space');
    await onto(button('Next: plan'));
    await page.keyboard.press('Enter');
    await title('What would happen').and(page.locator(':focus')).waitFor();
    const grid = page.getByRole('grid', { name: 'Rows of the plan' });
    await onto(grid);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const chosen = page.getByRole('region', { name: 'The chosen row' });
    await chosen.getByText(/10\.20\.2\.0\/24/).waitFor();
    expect(await chosen.textContent()).toContain('sites.csv, line 4');
    await look('plan');
    // Host bits are set: the import is refused until they are taken away.
    const apply = button(/^Apply/);
    expect(await apply.getAttribute('aria-disabled')).toBe('true');
    await onto(button('Back: columns'));
    await page.keyboard.press('Enter');
    await onto(page.getByRole('switch', { name: /^Take set host bits away/ }));
    await page.keyboard.press('Space');
    await onto(button('Next: plan'));
    await page.keyboard.press('Enter');
    await page.locator('button:not([aria-disabled])', { hasText: /^Apply 3/ }).waitFor();
    await onto(page.getByRole('radio', { name: 'Table' }));
    await page.keyboard.press('ArrowRight');
    await page.getByRole('treegrid', { name: 'The plan as a tree' }).waitFor();
    await look('tree');
    await onto(apply);
    await page.keyboard.press('Enter');
    await page.getByText(/^Done: 3 records created/).waitFor();
    await title('What came of it').and(page.locator(':focus')).waitFor();
    await look('done');
    expect(faults).toEqual({});
    const { items } = await pools('q=10.20.');
    expect(items.map(({ cidr }) => cidr).sort()).toEqual([
      '10.20.0.0/16',
      '10.20.1.0/24',
      '10.20.2.0/24',
    ]);
    expect(items.map(({ tags }) => tags['Raum']).sort()).toEqual(['R1', 'R1', 'R2']);
  });

  it.each(Object.keys(FORMATS))('takes %s, and once more changes nothing', async (format) => {
    const { files, word, tables, pools: count } = FORMATS[format]!; // It is a key.
    const before = (await pools('')).total;
    await give(files);
    const table = page.getByRole('table', { name: 'Files' });
    await table.locator('b', { hasText: word }).first().waitFor();
    expect(await table.locator('b', { hasText: word }).count()).toBe(tables);
    await button('Next: columns').click();
    await title('What do the columns mean?').waitFor();
    await button('Next: plan').click();
    await page.getByRole('grid', { name: 'Rows of the plan' }).waitFor();
    await button(/^Apply/).click();
    await page.getByText(/^Done: /).waitFor();
    expect((await pools('')).total).toBe(before + count);
    await button('Plan the same again').click();
    await page
      .getByText('There is nothing to change.')
      .or(page.getByRole('grid'))
      .first()
      .waitFor();
    await page.locator('[role=grid][aria-busy=false]').waitFor();
    const [create, update, unchanged, , error] = await sums();
    expect([create, update, error]).toEqual(['0', '0', '0']);
    expect(Number(unchanged)).toBeGreaterThanOrEqual(count);
    expect(await button(/^Apply/).getAttribute('aria-disabled')).toBe('true');
  });

  it('takes the export of this very server as it is, and finds nothing to do', async () => {
    const answer = await fetch(`${server.url}/api/v1/export?datasets=all`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    const buffer = Buffer.from(await answer.arrayBuffer());
    await give([{ name: 'export.zip', mimeType: 'application/zip', buffer }]);
    await page
      .getByText(/^CloudPAM export/)
      .first()
      .waitFor();
    await button('Next: columns').click();
    await button('Next: plan').click();
    await page.getByRole('grid', { name: 'Rows of the plan' }).waitFor();
    const [create, update, , , error] = await sums();
    expect([create, update, error]).toEqual(['0', '0', '0']);
  });

  it('applies nothing where the tree has changed since the plan was seen, and plans again', async () => {
    await give([text('late.csv', 'CIDR,Name', '10.70.0.0/16,late')]);
    await button('Next: columns').click();
    await button('Next: plan').click();
    await page.locator('button:not([aria-disabled])', { hasText: /^Apply 1/ }).waitFor();
    await server.api.expect(
      201,
      server.api.post('/pools', { name: 'first', cidr: '10.70.0.0/16', kind: 'subnet' }),
    );
    await button(/^Apply/).click();
    await page.getByText('Nothing was written. Plan again').waitFor();
    await button('Plan again').click();
    await page.getByRole('grid', { name: 'Rows of the plan' }).getByText('Update').waitFor();
  });

  it('saves how a file is read, and reads the next one so, on a narrow screen', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await give([text('a.csv', 'CIDR,Where', '10.71.0.0/16,FRA1')]);
    await button('Next: columns').click();
    await page.getByRole('checkbox', { name: 'Where' }).check();
    await page.getByRole('textbox', { name: 'Save what is set below as' }).fill('with places');
    await button('Save').click();
    await page.getByText('Saved how files are read as with places').waitFor();
    await give([text('b.csv', 'CIDR,Where', '10.72.0.0/16,FRA2')]);
    await button('Next: columns').click();
    await page.getByRole('combobox', { name: 'Read as saved' }).click();
    await page.getByRole('option', { name: 'with places' }).click();
    await page.getByRole('checkbox', { name: 'Where' }).and(page.locator(':checked')).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await button('Next: plan').click();
    await page.getByRole('grid', { name: 'Rows of the plan' }).getByText('10.72.0.0/16').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate(textOverText)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await button(/^Apply/).click();
    await page.getByText(/^Done: 1 record created/).waitFor();
    expect((await pools('q=10.72.')).items[0]?.tags).toMatchObject({ Where: 'FRA2' });
    await page.setViewportSize({ width: 1_440, height: 900 });
  });

  it('asks before a tab with files is left', async () => {
    await page.goto(`${server.url}/vlans`);
    await page.getByRole('link', { name: 'Import', exact: true }).click();
    await page.setInputFiles('input[type=file]', [SHEET]);
    await page.getByText('sites.csv').first().waitFor();
    await page.getByRole('link', { name: 'VRFs', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave this import?' });
    await dialog.waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.goBack();
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL(`${server.url}/vlans`);
  });
});
