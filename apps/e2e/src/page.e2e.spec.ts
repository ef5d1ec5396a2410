import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { List, Pool } from './api';
import { openBrowser } from './open-browser';
import { runCollector } from './run-collector';
import { ROOT, startServer, TOKEN, type Server } from './start-server';
import { SQLITE, type Database } from './storages';

/** `SCREENSHOTS=1` writes those of the README. */
const SCREENSHOTS = process.env['SCREENSHOTS'] === '1' ? path.join(ROOT, 'docs/screenshots') : undefined;

describe('the page, in a browser, over the demo estate', () => {
  let database: Database;
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let vpc: Pool;
  const mistakes: string[] = [];

  beforeAll(async () => {
    if (!existsSync(path.join(ROOT, 'apps/web/dist/index.html'))) {
      const built = spawnSync('npx', ['vite', 'build'], { cwd: path.join(ROOT, 'apps/web'), encoding: 'utf8' });
      if (built.status !== 0) throw new Error(`the page cannot be built:\n${built.stdout}${built.stderr}`);
    }
    database = await SQLITE.open();
    server = await startServer(database.url);
    await runCollector(server, path.join(ROOT, 'examples/estate'));
    vpc = await vpcWithRoom();
    browser = await openBrowser();
    context = await browser.newContext({ viewport: { width: 1_440, height: 900 }, colorScheme: 'light' });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => mistakes.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') mistakes.push(`${message.text()} ${message.location().url}`);
    });
  });
  beforeEach(() => {
    mistakes.length = 0;
  });
  afterEach(() => {
    expect(mistakes).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.remove();
  });

  /** A VPC at the top with subnets in it and a free /24. */
  async function vpcWithRoom(): Promise<Pool> {
    const { items } = await server.api.expect(200, server.api.get<List<Pool>>('/pools?kind=vpc&parent_id=null&page_size=500'));
    for (const each of items.filter(({ child_count: children }) => (children ?? 0) > 0)) {
      const dry = await server.api.post(`/pools/${each.id}/allocations?dry_run=true`, { prefix_length: 24, name: 'room' });
      if (dry.status === 200) return each;
    }
    throw new Error('no VPC of the estate has room for a /24');
  }
  const tree = (): Locator => page.getByRole('treegrid', { name: 'Pools', exact: true });
  const row = (id: number): Locator => page.locator(`#row-${id}`);
  const open = async (link: string): Promise<void> => {
    await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: link }).click();
  };
  const picture = async (name: string): Promise<void> => {
    if (SCREENSHOTS === undefined) return;
    mkdirSync(SCREENSHOTS, { recursive: true });
    await page.mouse.move(0, 0);
    await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
  };
  const child = async (name: string): Promise<Pool | undefined> =>
    (await server.api.expect(200, server.api.get<List<Pool>>(`/pools/${vpc.id}/children?page_size=500`))).items.find((each) => each.name === name);

  it('asks for a token, and says so when it is not one of the server', async () => {
    await page.goto(server.url);
    await page.getByRole('textbox', { name: 'API token', exact: true }).fill(`cpam_${'z'.repeat(12)}_${'z'.repeat(52)}`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The server does not know this token').waitFor();
    mistakes.length = 0; // the browser reports the 401
    await page.getByRole('textbox', { name: 'API token', exact: true }).fill(TOKEN);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await tree().waitFor();
    await row(vpc.id).waitFor();
  });

  it('opens a VPC in the tree, and keeps what is open in the address', async () => {
    await row(vpc.id).getByRole('button', { name: `Expand ${vpc.cidr}`, exact: true }).click();
    const { items } = await server.api.expect(200, server.api.get<List<Pool>>(`/pools/${vpc.id}/children?page_size=1`));
    await row(items[0]?.id ?? 0).waitFor();
    await picture('pools');
    await page.reload();
    await row(items[0]?.id ?? 0).waitFor();
  });

  it('allocates a /24, shows beforehand which one, and then the new pool', async () => {
    await row(vpc.id).getByRole('button', { name: `Allocate in ${vpc.cidr}`, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Prefix length', exact: true }).click();
    await page.getByRole('option', { name: /^\/24\b/ }).click();
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('from the page');
    const preview = dialog.getByRole('status', { name: 'Will take', exact: true });
    const cidr = /\d+\.\d+\.\d+\.\d+\/24/;
    await preview.getByText(cidr).waitFor();
    const promised = cidr.exec(await preview.innerText())?.[0];
    await dialog.getByRole('button', { name: 'Allocate', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    const made = await child('from the page');
    expect(made?.cidr).toBe(promised);
    await row(made?.id ?? 0).getByText('from the page').waitFor();
  });

  it('deletes it again, after it has shown what goes', async () => {
    const made = await child('from the page');
    await row(made?.id ?? 0).getByRole('button', { name: `Actions for ${made?.cidr}`, exact: true }).click();
    await page.getByRole('menuitem', { name: 'Delete…', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('status', { name: 'What will be deleted', exact: true }).getByText(made?.cidr ?? 'none').waitFor();
    await dialog.getByRole('button', { name: 'Delete pool', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await row(made?.id ?? 0).waitFor({ state: 'detached' });
    expect(await child('from the page')).toBeUndefined();
  });

  it('shows a pool with its children on a page of its own', async () => {
    await row(vpc.id).getByRole('link', { name: vpc.cidr, exact: true }).click();
    await page.waitForURL(`**/pools/${vpc.id}*`);
    await page.getByRole('heading', { name: vpc.cidr }).waitFor();
    const { items } = await server.api.expect(200, server.api.get<List<Pool>>(`/pools/${vpc.id}/children?page_size=1`));
    await page.getByText(items[0]?.cidr ?? 'none', { exact: true }).first().waitFor();
    await picture('pool');
  });

  it('shows the overlaps of discovery', async () => {
    await open('Discovery');
    await page.getByRole('tab', { name: /^Findings/ }).click();
    await page.getByText('172.31.0.0/16').first().waitFor();
    await picture('discovery');
  });

  it('finds the pools around an address', async () => {
    const [address = ''] = vpc.cidr.split('/');
    await page.getByRole('searchbox', { name: 'Search', exact: true }).fill(address);
    await page.getByRole('option', { name: vpc.cidr }).first().click();
    await page.waitForURL(`**/pools/${vpc.id}*`);
  });

  it('turns dark, and stays so', async () => {
    await open('Pools');
    await row(vpc.id).waitFor();
    await page.getByRole('button', { name: 'Switch to dark colours', exact: true }).click();
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    if (await row(vpc.id).getAttribute('aria-expanded') === 'false') await row(vpc.id).getByRole('button', { name: `Expand ${vpc.cidr}`, exact: true }).click();
    await row(vpc.id).getByRole('button', { name: `Collapse ${vpc.cidr}`, exact: true }).waitFor();
    await picture('pools-dark');
    await page.reload();
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  });
});
