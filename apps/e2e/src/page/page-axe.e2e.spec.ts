/// <reference lib="dom" />
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Pool } from '../api';
import { ROOT } from '../start-server';
import { axeFaults } from './axe-faults';
import { OPENERS, prepare } from './every-dialog';
import { followRequests } from './follow-requests';
import { openPage, type OpenPage } from './open-page';

const WEB = path.join(ROOT, 'apps/web/src');
/** No dialogs of their own: what all of them are made of, and what chooses one. */
const FRAMES = ['Dialog', 'ConfirmDialog', 'AnyPoolDialog', 'AnyDiscoveryDialog'];

const tabs = (at: string, ...names: readonly string[]): string[] => [
  at,
  ...names.map((name) => `${at}?tab=${name}`),
];

/** The addresses that show all of a page, by its route; POOL stands for the id of a pool. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  '/': ['/', '/?by=region', '/?table=findings&table=utilization&table=fullest&table=growth'],
  '/pools': [
    '/pools',
    '/pools?open=POOL&sel=POOL',
    '/pools?kind=subnet&q=prod',
    '/pools?q=nothing',
  ],
  '/pools/:id': [
    ...tabs('/pools/POOL', 'addresses', 'ranges', 'free', 'blocks', 'usage', 'analysis', 'cloud'),
    '/pools/POOL?tab=history',
    '/pools/POOL?tab=blocks&view=table',
    '/pools/POOL?tab=usage&view=table',
    '/pools/999999',
  ],
  '/addresses': ['/addresses', '/addresses?q=nothing'],
  '/search': ['/search', '/search?q=10.0.0.0/16', '/search?q=nothing-is-called-so'],
  '/discovery': [
    ...tabs('/discovery', 'findings', 'resources', 'networks', 'jobs', 'agents'),
    '/discovery?tab=findings&type=unseen',
    '/discovery?tab=findings&type=exhausts_soon',
  ],
  '/forecasts': ['/forecasts', '/forecasts?within=1095d'],
  '/analysis': ['/analysis', '/analysis?kind=unused'],
  '/accounts': ['/accounts', '/accounts?q=nothing'],
  '/vrfs': ['/vrfs'],
  '/vlans': ['/vlans', '/vlans?group=1'],
  '/vlan-groups': ['/vlan-groups', '/vlan-groups?q=nothing'],
  '/import': ['/import'],
  '/audit': ['/audit', '/audit?entry=1'],
  '/webhooks': ['/webhooks'],
  '/webhooks/:id': ['/webhooks/1', '/webhooks/1?status=dead', '/webhooks/99'],
  '/digests': ['/digests'],
  '/users': ['/users'],
  '/tokens': ['/tokens'],
  '*': ['/nowhere'],
};

/** Goes there as a link does, which is faster than to load the page anew. Runs in the browser. */
function follow(to: string): void {
  history.pushState(null, '', to);
  dispatchEvent(new PopStateEvent('popstate'));
}

describe('the page by axe', () => {
  let open: OpenPage;
  let settled: () => Promise<void>;
  let pool: Pool;

  beforeAll(async () => {
    open = await openPage();
    settled = followRequests(open.page);
    pool = await prepare(open);
  });
  afterAll(() => open.close());

  it.each(Object.keys(ADDRESSES))('finds nothing at %s', async (route) => {
    const found: Record<string, readonly string[]> = {};
    for (const [at, address] of (ADDRESSES[route] ?? []).entries()) {
      const to = address.replaceAll('POOL', String(pool.id));
      await (at === 0 ? open.visit(to) : open.page.evaluate(follow, to));
      await open.page.getByRole('heading', { level: 1 }).waitFor();
      await open.page.getByRole('searchbox', { name: 'Search' }).waitFor();
      await settled();
      const faults = await axeFaults(open.page);
      if (faults.length > 0) found[address] = faults;
    }
    expect(found).toEqual({});
  });

  it.each(Object.keys(OPENERS))('finds nothing in %s', async (name) => {
    await OPENERS[name]?.(open, pool);
    await open.page.getByRole('dialog').waitFor();
    await settled();
    expect(await axeFaults(open.page, '[role=dialog]')).toEqual([]);
  });

  it('finds nothing where people log in', async () => {
    const context = await open.browser.newContext();
    const page = await context.newPage();
    await page.goto(`${open.server.url}/login`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await context.close();
  });
});

it('axe looks at every route and every dialog of the page', () => {
  const routes = readFileSync(path.join(WEB, 'frame/pages.tsx'), 'utf8').matchAll(
    /^ {2}'(\/.*?)':/gm,
  );
  expect([...routes].map(([, route]) => route)).toEqual(
    Object.keys(ADDRESSES).filter((route) => route !== '*'),
  );
  const dialogs = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx') && !file.endsWith('.spec.tsx'))
    .flatMap((file) => [
      ...readFileSync(path.join(WEB, file), 'utf8').matchAll(/function (\w*Dialog)\b/g),
    ])
    .map(([, name]) => name ?? '');
  expect(dialogs.length).toBeGreaterThan(20);
  expect(dialogs.filter((name) => !FRAMES.includes(name) && !(name in OPENERS))).toEqual([]);
});
