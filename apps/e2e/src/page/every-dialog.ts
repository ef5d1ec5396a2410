import { randomUUID } from 'node:crypto';
import type { Schemas } from '@cloudpam/api-client';
import type { Pool } from '../api';
import type { OpenPage } from './open-page';

const USER: Schemas['User'] = {
  accounts: null,
  pools: null,
  id: 6,
  provider: 'okta',
  issuer: 'https://id.example',
  subject: 'grace',
  email: 'grace@example.org',
  name: 'Grace',
  role: 'editor',
  role_pinned: false,
  groups: ['network', 'cloud', 'audit', 'on-call'],
  active: true,
  created_at: '2026-01-02T03:04:05Z',
  last_login_at: '2026-01-02T03:04:05Z',
  refused_at: null,
  version: 1,
};
const SESSION: Schemas['UserSession'] = {
  id: 1,
  provider: 'okta',
  created_at: '2026-01-02T03:04:05Z',
  expires_at: '2036-01-02T03:04:05Z',
  last_used_at: '2026-01-02T03:04:05Z',
  user_agent: 'Firefox',
  ip: '192.0.2.7',
  current: true,
};

/**
 * Adds what the demo estate has not: a VLAN in a group, an agent with a job, a webhook, a digest, a person, and a pool
 * by hand with two children that can be merged. Gives the pool.
 */
export async function prepare({ server, context }: OpenPage): Promise<Pool> {
  const { api } = server;
  const pool = await api.expect(
    201,
    api.post<Pool>('/pools', { name: 'by hand', cidr: '10.250.0.0/16', tags: { env: 'prod' } }),
  );
  for (const cidr of ['10.250.0.0/24', '10.250.1.0/24'])
    await api.expect(201, api.post('/pools', { name: 'half', cidr, kind: 'subnet' }));
  await api.expect(
    201,
    api.post('/vlan-groups', { name: 'fra1', vid_ranges: '100-199,300', site: 'Frankfurt 1' }),
  );
  await api.expect(201, api.post('/vlans', { vid: 100, name: 'voice', group: 'fra1' }));
  const accounts = await api.expect(
    200,
    api.get<{ items: Schemas['Account'][] }>('/accounts?page_size=1'),
  );
  const [account] = accounts.items;
  if (!account) throw new Error('the estate has no account');
  await api.expect(
    200,
    api.post('/collectors/heartbeat', {
      instance: randomUUID(),
      name: 'berlin',
      version: '1.0.0',
      providers: ['aws'],
      accounts: [account.key],
      interval_seconds: 3_600,
    }),
  );
  await api.expect(202, api.post('/discovery/trigger', { account_id: account.id }));
  // Nobody listens there: it waits, and says so.
  const webhook = { name: 'chat-ops', url: 'http://127.0.0.1:9/events' };
  await api.expect(201, api.post('/webhooks', webhook));
  // Nobody takes mail there, and the page says so.
  await api.expect(
    201,
    api.post('/digests', {
      name: 'network',
      recipients: ['ada@example.com'],
      schedule: { every: 'daily', hour: 7, time_zone: 'UTC' },
    }),
  );
  // Who logs in needs a provider; what the page makes of a person does not.
  const list = { items: [USER], total: 1, total_is_estimate: false, page: 1, page_size: 50 };
  await context.route('**/api/v1/users?*', (route) =>
    route.fulfill({ json: { ...list, next_cursor: null, read_as: null } }),
  );
  await context.route('**/api/v1/users/6/sessions', (route) =>
    route.fulfill({ json: { items: [SESSION] } }),
  );
  return pool;
}

type Opener = (open: OpenPage, pool: Pool) => Promise<void>;

const press = ({ page }: OpenPage, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click();
const at =
  (to: string, button: string | RegExp): Opener =>
  async (open) => {
    await open.visit(to);
    await press(open, button);
  };
const inMenu =
  (item: string): Opener =>
  async (open, pool) => {
    await at(`/pools/${pool.id}`, `Actions for ${pool.cidr}`)(open, pool);
    await open.page.getByRole('menuitem', { name: item, exact: true }).click();
  };

/** Opens each dialog of the page, by its name in the code. */
export const OPENERS: Readonly<Record<string, Opener>> = {
  AllocateDialog: (open, pool) => at(`/pools/${pool.id}`, 'Allocate')(open, pool),
  NewPoolDialog: async (open, pool) => {
    await at('/pools', 'New pool')(open, pool);
    const dialog = open.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'CIDR' }).fill(pool.cidr);
    await dialog.getByRole('alert').waitFor();
  },
  EditDialog: inMenu('Edit…'),
  DeleteDialog: inMenu('Delete…'),
  MoveDialog: inMenu('Resize or move…'),
  SplitDialog: inMenu('Split…'),
  MergeDialog: async (open, pool) => {
    await open.visit(`/pools/${pool.id}`);
    const boxes = open.page.getByRole('checkbox', { name: /^Pick \d/ });
    for (const each of [boxes.nth(0), boxes.nth(1)]) {
      await each.press('Space');
      await each.and(open.page.locator(':checked')).waitFor();
    }
    await press(open, 'Merge 2');
  },
  DecisionDialog: async (open, pool) => {
    await at('/discovery?tab=findings&type=overlap', /^Actions for /)(open, pool);
    await open.page.getByRole('menuitem', { name: /^Ignore…/ }).click();
  },
  IsolateDialog: at('/discovery?tab=findings&type=overlap', /^Own VRF /),
  DigestDialog: at('/digests', 'New digest'),
  DigestPreviewDialog: async (open, pool) => {
    await at('/digests', 'Preview network')(open, pool);
    const mail = open.page.frameLocator('iframe[title="HTML of network"]');
    await mail.getByRole('heading', { name: 'network', exact: true }).waitFor();
  },
  DeleteDigestDialog: at('/digests', 'Delete network'),
  ExportDialog: at('/vlans', 'Export'),
  TakeVlanDialog: at('/vlan-groups', 'Take the next VLAN id of fra1'),
  RecordDialog: at('/accounts', 'New account'),
  DeleteRecord: at('/vlans', 'Delete 100 voice'),
  RoleDialog: at('/users', 'Change role Grace'),
  ActiveDialog: at('/users', 'Deactivate Grace'),
  LimitsDialog: at('/users', 'Limits Grace'),
  SessionsDialog: at('/users', 'Sessions Grace'),
  NewTokenDialog: at('/tokens', 'New token'),
  TokenSecret: async (open, pool) => {
    await at('/tokens', 'New token')(open, pool);
    await open.page.getByRole('textbox', { name: 'Name', exact: true }).fill('axe');
    await press(open, 'Create token');
    await open.page.getByLabel('Token secret', { exact: true }).waitFor();
  },
  RotateDialog: at('/tokens', 'Rotate axe'),
  RevokeDialog: at('/tokens', 'Revoke axe'),
  WebhookDialog: at('/webhooks', 'New webhook'),
  ReplayDialog: at('/webhooks/1', 'Tell again…'),
  NewSecretDialog: at('/webhooks/1', 'New secret…'),
  DeleteWebhookDialog: at('/webhooks/1', 'Delete…'),
  ShortcutsDialog: async ({ page, visit }) => {
    await visit('/vrfs');
    await page.getByRole('button', { name: /^Account menu of/ }).waitFor();
    await page.keyboard.press('Shift+?');
  },
};
