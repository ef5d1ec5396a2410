import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { Api, type List, type Pool } from './api';
import { openBrowser } from './open-browser';
import { runCollector } from './run-collector';
import { ROOT, startServer, TOKEN, type Server } from './start-server';
import { SQLITE, type Database } from './storages';

interface Resource {
  readonly external_id: string;
  readonly management: string;
  readonly pool_id: number | null;
  readonly vrf_id: number;
}

/** `SCREENSHOTS=1` writes those of the README. */
const SCREENSHOTS =
  process.env['SCREENSHOTS'] === '1' ? path.join(ROOT, 'docs/screenshots') : undefined;

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
      const built = spawnSync('npx', ['vite', 'build'], {
        cwd: path.join(ROOT, 'apps/web'),
        encoding: 'utf8',
      });
      if (built.status !== 0)
        throw new Error(`the page cannot be built:\n${built.stdout}${built.stderr}`);
    }
    database = await SQLITE.open();
    server = await startServer(database.url);
    await runCollector(server, path.join(ROOT, 'examples/estate'));
    vpc = await vpcWithRoom();
    browser = await openBrowser();
    context = await browser.newContext({
      viewport: { width: 1_440, height: 900 },
      colorScheme: 'light',
    });
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
    const { items } = await server.api.expect(
      200,
      server.api.get<List<Pool>>('/pools?kind=vpc&parent_id=null&page_size=500'),
    );
    for (const each of items.filter(({ child_count: children }) => (children ?? 0) > 0)) {
      const dry = await server.api.post(`/pools/${each.id}/allocations?dry_run=true`, {
        prefix_length: 24,
        name: 'room',
      });
      if (dry.status === 200) return each;
    }
    throw new Error('no VPC of the estate has room for a /24');
  }
  const tree = (): Locator => page.getByRole('treegrid', { name: 'Pools', exact: true });
  const row = (id: number): Locator => page.locator(`#row-${id}`);
  const open = async (link: string): Promise<void> => {
    await page
      .getByRole('navigation', { name: 'Main', exact: true })
      .getByRole('link', { name: link })
      .click();
  };
  const picture = async (name: string): Promise<void> => {
    if (SCREENSHOTS === undefined) return;
    mkdirSync(SCREENSHOTS, { recursive: true });
    await page.mouse.move(0, 0);
    await page.screenshot({
      path: path.join(SCREENSHOTS, `${name}.png`),
      animations: 'disabled',
      style: '.mantine-Notifications-root { visibility: hidden }',
    });
  };
  const child = async (name: string): Promise<Pool | undefined> =>
    (
      await server.api.expect(
        200,
        server.api.get<List<Pool>>(`/pools/${vpc.id}/children?page_size=500`),
      )
    ).items.find((each) => each.name === name);

  /** Delivers VPCs of one region of an account, each with a CIDR, as a collector would. */
  const deliver = async (vpcs: Readonly<Record<string, string>>): Promise<void> => {
    const at = { owner_account: '500000000001', region: 'eu-north-1' };
    const ids = Object.keys(vpcs);
    await server.api.expect(
      200,
      server.api.post('/discovery', {
        run_id: randomUUID(),
        collector: { name: 'page', version: '1' },
        scopes: [
          {
            provider: 'aws',
            account: at.owner_account,
            region: at.region,
            coverage: 'complete',
            collected_at: new Date().toISOString(),
            networks: ids.map((id) => ({ ...at, external_id: id, name: id })),
            resources: ids.map((id) => ({
              ...at,
              kind: 'vpc',
              external_id: id,
              network_external_id: id,
              name: id,
              cidr: vpcs[id],
            })),
          },
        ],
      }),
    );
  };
  const discovered = async (id: string): Promise<Resource | undefined> =>
    (
      await server.api.expect(200, server.api.get<List<Resource>>(`/discovery/resources?q=${id}`))
    ).items.find(({ external_id: each }) => each === id);
  const findings = (type: string, more = ''): Promise<unknown> =>
    page.goto(`${server.url}/discovery?tab=findings&type=${type}&q=vpc-page${more}`);

  const useToken = (token: string): Promise<unknown> =>
    page.evaluate(`sessionStorage.setItem('cloudpam.token', '${token}')`);

  it('asks for a token, and says so when it is not one of the server', async () => {
    await page.goto(server.url);
    await page
      .getByRole('textbox', { name: 'API token', exact: true })
      .fill(`cpam_${'z'.repeat(12)}_${'z'.repeat(52)}`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The server does not know this token').waitFor();
    mistakes.length = 0; // the browser reports the 401
    await page.getByRole('textbox', { name: 'API token', exact: true }).fill(TOKEN);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    await open('Pools');
    await tree().waitFor();
    await row(vpc.id).waitFor();
  });

  it('opens a VPC in the tree, and keeps what is open in the address', async () => {
    await row(vpc.id)
      .getByRole('button', { name: `Expand ${vpc.cidr}`, exact: true })
      .click();
    const { items } = await server.api.expect(
      200,
      server.api.get<List<Pool>>(`/pools/${vpc.id}/children?page_size=1`),
    );
    await row(items[0]?.id ?? 0).waitFor();
    await picture('pools');
    await page.reload();
    await row(items[0]?.id ?? 0).waitFor();
  });

  it('allocates a /24, shows beforehand which one, and then the new pool', async () => {
    await row(vpc.id)
      .getByRole('button', { name: `Allocate in ${vpc.cidr}`, exact: true })
      .click();
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
    await row(made?.id ?? 0)
      .getByText('from the page')
      .waitFor();
  });

  it('deletes it again, after it has shown what goes', async () => {
    const made = await child('from the page');
    await row(made?.id ?? 0)
      .getByRole('button', { name: `Actions for ${made?.cidr}`, exact: true })
      .click();
    await page.getByRole('menuitem', { name: 'Delete…', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('status', { name: 'What will be deleted', exact: true })
      .getByText(made?.cidr ?? 'none')
      .waitFor();
    await dialog.getByRole('button', { name: 'Delete pool', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await row(made?.id ?? 0).waitFor({ state: 'detached' });
    expect(await child('from the page')).toBeUndefined();
  });

  it('shows a pool with its children on a page of its own', async () => {
    await row(vpc.id).getByRole('link', { name: vpc.cidr, exact: true }).click();
    await page.waitForURL(`**/pools/${vpc.id}*`);
    await page.getByRole('heading', { name: vpc.cidr }).waitFor();
    const { items } = await server.api.expect(
      200,
      server.api.get<List<Pool>>(`/pools/${vpc.id}/children?page_size=1`),
    );
    await page
      .getByText(items[0]?.cidr ?? 'none', { exact: true })
      .first()
      .waitFor();
    await picture('pool');
  });

  it('goes where a link in the tree leads, also when the next page is slow to come', async () => {
    await open('Pools');
    await row(vpc.id).waitFor();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 12 });
    await row(vpc.id).getByRole('link', { name: vpc.cidr, exact: true }).click();
    await page.getByRole('heading', { name: vpc.cidr }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/pools/${vpc.id}`);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await devtools.detach();
  });

  it('shows the overlaps of discovery', async () => {
    await open('Discovery');
    await page.getByRole('tab', { name: /^Findings/ }).click();
    await page.getByText('172.31.0.0/16').first().waitFor();
    await picture('discovery');
  });

  it('ignores a finding that was picked, after a preview, and shows it again', async () => {
    await deliver({ 'vpc-page-1': '10.77.0.0/16', 'vpc-page-2': '10.77.0.0/16' });
    await findings('overlap');
    await page.getByRole('checkbox', { name: 'Pick 10.77.0.0/16', exact: true }).press('Space');
    const bar = page.getByRole('toolbar', {
      name: 'Decide about the picked resources',
      exact: true,
    });
    expect(
      await bar
        .getByRole('button', { name: 'Import…', exact: true })
        .getAttribute('aria-description'),
    ).toContain('It overlaps');
    await bar.getByRole('button', { name: 'Ignore…', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('textbox', { name: 'Reason', exact: true })
      .fill('two labs, never joined');
    await dialog.getByText('1 month', { exact: true }).click();
    await dialog
      .getByRole('table', { name: 'What will happen', exact: true })
      .getByText('Hides: overlaps')
      .waitFor();
    expect((await discovered('vpc-page-2'))?.management).toBe('unmanaged');
    await dialog.getByRole('button', { name: 'Ignore', exact: true }).click();
    await page.getByText('Overlaps: nothing to look at').waitFor();
    await page
      .getByRole('radiogroup', { name: 'Status', exact: true })
      .getByText('Ignored', { exact: true })
      .click();
    await page.getByText(/Ignored by .+ until .+: two labs, never joined/).waitFor();
    await page.getByRole('button', { name: 'Show again 10.77.0.0/16', exact: true }).click();
    await dialog.getByRole('button', { name: 'Show again', exact: true }).click();
    await page.getByText('Overlaps: nothing is ignored').waitFor();
  });

  it('gives an overlapping network its own VRF, after it has shown what moves there', async () => {
    await findings('overlap');
    await page.getByRole('button', { name: 'Own VRF 10.77.0.0/16', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('status', { name: 'What will happen', exact: true })
      .getByText('1 resource gets a pool there')
      .waitFor();
    expect((await discovered('vpc-page-2'))?.vrf_id).toBe((await discovered('vpc-page-1'))?.vrf_id);
    await dialog.getByRole('button', { name: 'Give own VRF', exact: true }).click();
    await page.getByText('Overlaps: nothing to look at').waitFor();
    const isolated = await discovered('vpc-page-2');
    expect(isolated?.management).toBe('managed');
    expect(isolated?.vrf_id).not.toBe((await discovered('vpc-page-1'))?.vrf_id);
  });

  it('lets a person approve what the policy of an account leaves to them', async () => {
    await page.goto(`${server.url}/discovery`);
    await page.getByRole('combobox', { name: 'Policy of aws:500000000001', exact: true }).click();
    await page.getByRole('option', { name: /^Approve/ }).click();
    await page
      .getByText(/^Saved /)
      .first()
      .waitFor();
    await deliver({
      'vpc-page-1': '10.77.0.0/16',
      'vpc-page-2': '10.77.0.0/16',
      'vpc-page-3': '10.78.0.0/16',
    });
    expect((await discovered('vpc-page-3'))?.management).toBe('pending');
    await findings('unmanaged');
    await page.getByRole('button', { name: 'Approve 10.78.0.0/16', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Gets the pool 10.78.0.0/16 in VRF global').waitFor();
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText('Unmanaged: nothing to look at').waitFor();
    expect((await discovered('vpc-page-3'))?.pool_id).not.toBeNull();
  });

  it('finds the pools around an address', async () => {
    const [address = ''] = vpc.cidr.split('/');
    await page.getByRole('searchbox', { name: 'Search', exact: true }).fill(address);
    await page.getByRole('option', { name: vpc.cidr }).first().click();
    await page.waitForURL(`**/pools/${vpc.id}*`);
    expect(await page.getByRole('searchbox', { name: 'Search', exact: true }).inputValue()).toBe(
      '',
    );
  });

  it('rotates the very token that it uses: shows the new secret, and goes on with it', async () => {
    const { secret } = await server.api.expect(
      201,
      server.api.post<{ secret: string }>('/tokens', { name: 'of this page', role: 'admin' }),
    );
    await useToken(secret);
    await page.goto(`${server.url}/tokens`);
    await page.getByRole('button', { name: 'Rotate of this page', exact: true }).click();
    await page.getByRole('button', { name: 'Rotate token', exact: true }).click();
    const shown = (await page.getByLabel('Token secret', { exact: true }).innerText()).trim();
    expect(shown.slice(0, 18)).toBe(secret.slice(0, 18));
    expect((await new Api(server.url, secret).get('/me')).status).toBe(401);
    expect((await new Api(server.url, shown).get('/me')).status).toBe(200);
    await page.getByRole('button', { name: 'I have copied it', exact: true }).click();
    await page
      .getByRole('table', { name: 'Tokens', exact: true })
      .getByText('of this page')
      .waitFor();
    await useToken(TOKEN);
    // Until the page has the new secret its stream may be refused.
    const others = mistakes.filter((each) => !/ 401 .*\/events\/stream$/.test(each));
    mistakes.splice(0, mistakes.length, ...others);
  });

  it(
    'makes a token that is limited to a pool, and shows its holder that pool and what is ' +
      'below, nothing else',
    async () => {
      await page.goto(`${server.url}/tokens`);
      await page.getByRole('button', { name: 'New token', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('of one VPC');
      await dialog.getByRole('combobox', { name: 'Pools', exact: true }).fill(vpc.cidr);
      await page
        .getByRole('option', { name: new RegExp(`^${vpc.cidr.replaceAll('.', '\\.')} `) })
        .first()
        .click();
      await dialog.getByRole('button', { name: 'Create token', exact: true }).click();
      const secret = (await page.getByLabel('Token secret', { exact: true }).innerText()).trim();
      await page.getByRole('button', { name: 'I have copied it', exact: true }).click();
      await page
        .getByRole('table', { name: 'Tokens', exact: true })
        .getByRole('link', { name: vpc.cidr, exact: true })
        .waitFor();
      await picture('tokens');
      await useToken(secret);
      await page.goto(`${server.url}/pools`);
      await row(vpc.id).waitFor();
      const ids = await tree()
        .locator('[id^="row-"]')
        .evaluateAll((rows) => rows.map(({ id }) => id));
      expect(ids).toEqual([`row-${vpc.id}`]);
      await page.getByText('viewer, limited').waitFor();
      await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('172.31.0.0/16');
      await page.getByText('Nothing matches').waitFor();
      await useToken(TOKEN);
      await page.goto(`${server.url}/tokens`);
    },
  );

  it('turns dark, and stays so', async () => {
    await open('Pools');
    await row(vpc.id).waitFor();
    await page.getByRole('button', { name: 'Switch to dark colours', exact: true }).click();
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    if ((await row(vpc.id).getAttribute('aria-expanded')) === 'false')
      await row(vpc.id)
        .getByRole('button', { name: `Expand ${vpc.cidr}`, exact: true })
        .click();
    await row(vpc.id)
      .getByRole('button', { name: `Collapse ${vpc.cidr}`, exact: true })
      .waitFor();
    await picture('pools-dark');
    await page.reload();
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  });
});
