import { readFileSync } from 'node:fs';
import path from 'node:path';
import { csvsOfWorkbook } from '@cloudpam/workbook';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { List, Pool } from './api';
import { followRequests } from './page/follow-requests';
import { openBrowser } from './open-browser';
import { crowdedRows, textOverText } from './page-layout';
import { runCollector } from './run-collector';
import { ROOT, startServer, TOKEN, type Server } from './start-server';
import { SQLITE, type Database } from './storages';

const PAGES = [
  '/',
  '/?by=account&table=growth&table=utilization',
  '/pools',
  '/pools?kind=subnet',
  '/discovery',
  '/discovery?tab=findings',
  '/discovery?tab=resources',
  '/discovery?tab=networks',
  '/accounts',
  '/vrfs',
  '/import',
  '/audit',
  '/users',
  '/tokens',
  '/search?q=10.0.0.0/16',
];

describe('the page, in a browser: dialogs, errors and narrow screens', () => {
  let database: Database;
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let settled: () => Promise<void>;
  let vpc: Pool;
  let subnet: Pool;

  beforeAll(async () => {
    database = await SQLITE.open();
    server = await startServer(database.url);
    await runCollector(server, path.join(ROOT, 'examples/estate'));
    const first = async (query: string): Promise<Pool> => {
      const {
        items: [pool],
      } = await server.api.expect(200, server.api.get<List<Pool>>(`/pools?${query}&page_size=1`));
      if (pool === undefined) throw new Error(`the estate has no pool of ${query}`);
      return pool;
    };
    vpc = await first('kind=vpc&parent_id=null');
    subnet = await first(`parent_id=${vpc.id}`);
    browser = await openBrowser();
    context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
    await context.addInitScript(`sessionStorage.setItem('cloudpam.token', '${TOKEN}')`);
    page = await context.newPage();
    settled = followRequests(page);
    page.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.remove();
  });

  const focused = (): Promise<string> =>
    page.evaluate(
      () =>
        document.activeElement?.getAttribute('aria-label') ??
        document.activeElement?.textContent ??
        '',
    );
  const closed = (): Promise<void> => page.getByRole('dialog').waitFor({ state: 'hidden' });
  const visit = (to: string): Promise<unknown> => page.goto(`${server.url}${to}`);
  const focusReturns = async (name: string): Promise<void> => {
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await closed();
    await page.waitForFunction(
      (label) =>
        (document.activeElement?.getAttribute('aria-label') ??
          document.activeElement?.textContent) === label,
      name,
    );
    expect(await focused()).toBe(name);
  };

  it('gives the focus back to the button that opened a dialog, or the menu that it was chosen from', async () => {
    await visit(`/pools/${vpc.id}`);
    await page.getByRole('button', { name: 'Allocate', exact: true }).press('Enter');
    await focusReturns('Allocate');
    for (const item of ['Edit…', 'Split…', 'Delete…']) {
      await page
        .getByRole('button', { name: `Actions for ${vpc.cidr}`, exact: true })
        .first()
        .press('Enter');
      const choice = page.getByRole('menuitem', { name: item, exact: true });
      if (await choice.isDisabled()) await page.keyboard.press('Escape');
      else {
        await choice.press('Enter');
        await focusReturns(`Actions for ${vpc.cidr}`);
      }
    }
    await visit('/vrfs');
    await page.getByRole('button', { name: 'Edit global', exact: true }).press('Enter');
    await focusReturns('Edit global');
  });

  it('says once what is in the way of a new pool, and no longer when the CIDR is another one', async () => {
    await visit('/pools');
    await page.getByRole('button', { name: 'New pool', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'CIDR', exact: true }).fill(vpc.cidr);
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('twice');
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('button', { name: 'Create pool', exact: true }).click();
    await dialog
      .getByRole('alert')
      .getByRole('link', { name: new RegExp(vpc.cidr.replaceAll('.', '\\.')) })
      .waitFor();
    const problem = await server.api.post<{ detail: string }>('/pools', {
      name: 'twice',
      cidr: vpc.cidr,
    });
    expect(problem.status).toBe(409);
    expect((await dialog.innerText()).split(problem.body.detail)).toHaveLength(2);
    await dialog.getByRole('textbox', { name: 'CIDR', exact: true }).fill('198.18.0.0/24');
    await dialog.getByText('198.18.0.0/24 will lie at the top of the tree.').waitFor();
    expect(await dialog.getByRole('alert').count()).toBe(0);
  });

  it('names the pools that a new one takes in, before it is made', async () => {
    await page
      .getByRole('dialog')
      .getByRole('textbox', { name: 'CIDR', exact: true })
      .fill('10.0.0.0/8');
    const inside = await server.api.expect(
      200,
      server.api.get<List<Pool>>('/pools?vrf_id=1&parent_id=null&cidr_within=10.0.0.0/8'),
    );
    await page.getByText(`It takes in ${inside.total} pools`).waitFor();
    await page.getByText(`and ${inside.total - 5} more pools`).waitFor();
    await page.keyboard.press('Escape');
  });

  it('calls nothing free in a living subnet, and allocates in it only on purpose', async () => {
    await visit(`/pools/${subnet.id}?tab=free`);
    await page.getByText('1 other block: in use by the cloud, hosts not counted').waitFor();
    expect(await page.getByText(/^free /).count()).toBe(0);
    await page.getByRole('button', { name: 'Allocate all the same…', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('on purpose');
    await dialog
      .getByRole('status', { name: 'Will take', exact: true })
      .getByText(/\/\d+/)
      .waitFor();
    expect(await dialog.getByRole('button', { name: 'Allocate', exact: true }).isDisabled()).toBe(
      true,
    );
    expect(await dialog.getByPlaceholder(/^As the pool: eu-/).count()).toBe(1);
    await dialog.getByRole('checkbox', { name: /I know that no host is there/ }).check();
    await dialog.getByRole('button', { name: 'Allocate', exact: true }).click();
    await closed();
    const { items } = await server.api.expect(
      200,
      server.api.get<List<Pool>>(`/pools/${subnet.id}/children`),
    );
    expect(items.map(({ name }) => name)).toEqual(['on purpose']);
  });

  it('opens the allocation in a narrow pool on a length that fits', async () => {
    const pool = await server.api.expect(
      201,
      server.api.post<Pool>('/pools', { name: 'narrow', cidr: '2001:db8:96::/96', kind: 'subnet' }),
    );
    await visit(`/pools/${pool.id}`);
    await page.getByRole('button', { name: 'Allocate', exact: true }).click();
    await page
      .getByRole('status', { name: 'Will take', exact: true })
      .getByText('2001:db8:96::/97')
      .waitFor();
    expect(await page.getByRole('dialog').getByRole('alert').count()).toBe(0);
  });

  it('reads again on demand what could not be read', async () => {
    await context.route('**/api/v1/vlans?*', (route) =>
      route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        body: '{"title":"Not now","detail":"Later."}',
      }),
    );
    await visit('/vlans');
    await page.getByRole('alert').getByText('Later.').waitFor();
    await context.unroute('**/api/v1/vlans?*');
    await page.getByRole('button', { name: 'Try again', exact: true }).click();
    await page.getByText('No VLANs yet').waitFor();
  });

  it('leaves a list with one step back, however often its filters were changed', async () => {
    await visit('/accounts');
    await page
      .getByRole('navigation', { name: 'Main', exact: true })
      .getByRole('link', { name: 'Pools' })
      .click();
    for (const kind of ['Subnet', 'VPC']) {
      await page.getByRole('combobox', { name: 'Kind', exact: true }).click();
      await page.getByRole('option', { name: kind, exact: true }).click();
      await page.waitForURL(`**/pools?*kind=${kind.toLowerCase()}*`);
    }
    await page.getByRole('textbox', { name: 'Filter by text', exact: true }).fill('prod');
    await page.waitForURL('**/pools?*q=prod*');
    await page.goBack();
    await page.waitForURL('**/accounts');
  });

  it('exports what the table beside the button shows, as CSV and for Excel', async () => {
    await visit('/pools?kind=subnet&q=prod');
    const exported = async (
      format: 'CSV' | 'Excel',
    ): Promise<{ url: URL; name: string; bytes: Buffer }> => {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Export' });
      await dialog.getByRole('radio', { name: format }).check();
      const [answer, file] = await Promise.all([
        page.waitForResponse(/\/api\/v1\/export/),
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Export', exact: true }).click(),
      ]);
      expect(answer.status()).toBe(200);
      await dialog.waitFor({ state: 'detached' });
      const bytes = readFileSync(await file.path());
      return { url: new URL(answer.url()), name: file.suggestedFilename(), bytes };
    };
    const csv = await exported('CSV');
    expect(Object.fromEntries(csv.url.searchParams)).toEqual({
      datasets: 'pools',
      format: 'csv',
      kind: 'subnet',
      q: 'prod',
      sort: 'cidr',
    });
    expect(csv.name).toMatch(/^cloudpam-pools-\d{4}-\d\d-\d\d\.csv$/);
    const cidrs = (text: string): string[] =>
      text.split('\n').flatMap((line) => /,([\d.]+\/\d+),[46],subnet,/.exec(line)?.[1] ?? []);
    const shown = cidrs(csv.bytes.toString());
    expect(shown.length).toBeGreaterThan(0);
    const excel = await exported('Excel');
    const [sheet] = csvsOfWorkbook(excel.name, excel.bytes);
    expect(sheet?.name).toBe(`${excel.name}/Pools`);
    expect(cidrs(sheet?.text ?? '')).toEqual(shown);
  });

  it.each([
    ['1,024 px: no row is higher than 72 px', 1_024, crowdedRows],
    ['390 px: no text lies over text', 390, textOverText],
  ] as const)('%s', async (_, width, faults) => {
    await page.setViewportSize({ width, height: 800 });
    const found: Record<string, readonly string[]> = {};
    for (const to of [...PAGES, `/pools/${vpc.id}`, `/pools/${vpc.id}?tab=cloud`]) {
      await visit(to);
      await settled();
      const bad = await page.evaluate(faults);
      if (bad.length > 0) found[to] = bad;
    }
    expect(found).toEqual({});
  });
});
