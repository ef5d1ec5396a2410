import type { Schemas } from '@cloudpam/api-client';
import { screen, within } from '@testing-library/react';
import type { FakeApi } from '../testing/fake-api';
import { listOf, VIEWER, vrf } from '../testing/samples';
import { allowedButton, fakeApi, show } from '../testing/show';
import { DigestsPage } from './digests-page';

const AT = '2026-01-02T03:04:05.000Z';

function digest(fields: Partial<Schemas['Digest']> = {}): Schemas['Digest'] {
  return {
    id: 3,
    name: 'network',
    recipients: ['ada@example.com', 'grace@example.org'],
    schedule: { every: 'weekly', weekday: 1, hour: 7, time_zone: 'Europe/Berlin' },
    filter: { vrf_ids: [1], account_ids: [], pool_ids: [], tags: [] },
    severity: null,
    sections: ['findings', 'leases'],
    send_empty: false,
    enabled: true,
    mail_set_up: true,
    next_at: AT,
    last_sent_at: null,
    last_error: null,
    created_at: AT,
    updated_at: AT,
    version: 2,
    ...fields,
  };
}
const listed = (...items: Schemas['Digest'][]): Schemas['Digests'] => ({
  ...listOf(...items),
  mail_set_up: items.every((each) => each.mail_set_up),
});

let api: FakeApi;
beforeEach(() => {
  api = fakeApi().on('get', '/api/v1/digests', listed(digest()));
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('DigestsPage', () => {
  it('shows to whom each goes and when, and how it is', async () => {
    const daily = { every: 'daily', weekday: null, hour: 18, time_zone: 'UTC' } as const;
    api.on(
      'get',
      '/api/v1/digests',
      listed(
        digest(),
        digest({ id: 4, name: 'evening', schedule: daily, last_error: '421 later' }),
        digest({ id: 5, name: 'rest', enabled: false, next_at: null }),
      ),
    );
    show(<DigestsPage />, '/digests');
    const table = await screen.findByRole('table', { name: 'Digests' });
    const rows = within(table).getAllByRole('row');
    expect(rows[1]?.textContent).toMatch(
      /networkada@example\.com, grace@example\.orgMondays, 07:00, Europe\/Berlin.*On/,
    );
    expect(rows[2]?.textContent).toMatch(/eveningada.*Daily, 18:00, UTC.*Failed/);
    expect(rows[3]?.textContent).toMatch(/rest.*Off/);
  });

  it('says how mail is set up where it is not, and sends no test then', async () => {
    api.on('get', '/api/v1/digests', listed(digest({ mail_set_up: false })));
    show(<DigestsPage />, '/digests');
    expect((await screen.findByRole('alert')).textContent).toMatch(/SMTP_URL and SMTP_FROM/);
    const test = await screen.findByRole('button', { name: 'Test network' });
    expect(test.getAttribute('aria-disabled')).toBe('true');
  });

  it('says what digests are for where there are none, and whose they are', async () => {
    api.on('get', '/api/v1/digests', listed());
    show(<DigestsPage />, '/digests');
    expect(await screen.findByText('No digests yet')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is for admins', async () => {
    api.on('get', '/api/v1/me', VIEWER);
    show(<DigestsPage />, '/digests');
    expect(await screen.findByText('Digests are for admins')).toBeTruthy();
  });

  it('sends a test, and tells who was refused', async () => {
    const refused = ['grace@example.org: 550 nobody'];
    api.on('post', '/api/v1/digests/{id}/test', { sent: true, refused, error: null });
    const user = show(<DigestsPage />, '/digests');
    await user.click(await allowedButton('Test network'));
    expect(await screen.findByText('Refused: grace@example.org: 550 nobody')).toBeTruthy();
  });
});

describe('DigestDialog', () => {
  it('makes a digest', async () => {
    api
      .on('get', '/api/v1/vrfs', listOf(vrf()))
      .on('get', '/api/v1/accounts', listOf())
      .on('post', '/api/v1/digests', digest({ name: 'evening' }));
    const user = show(<DigestsPage />, '/digests');
    await user.click(await allowedButton('New digest'));
    const form = await screen.findByRole('dialog', { name: 'New digest' });
    await user.type(within(form).getByRole('textbox', { name: 'Name' }), 'evening');
    await user.type(
      within(form).getByRole('combobox', { name: 'Recipients' }),
      'ada@example.com,grace@example.org{Enter}',
    );
    await user.click(within(form).getByRole('combobox', { name: 'Day' }));
    await user.click(await screen.findByRole('option', { name: 'Every day' }));
    await user.click(within(form).getByRole('combobox', { name: 'Hour' }));
    await user.click(await screen.findByRole('option', { name: '18:00' }));
    await user.click(within(form).getByRole('checkbox', { name: 'Findings' }));
    await user.click(within(form).getByRole('button', { name: 'Create digest' }));
    expect(await screen.findByText('Created the digest evening')).toBeTruthy();
    expect(api.made('post', '/api/v1/digests')[0]?.body).toEqual({
      name: 'evening',
      recipients: ['ada@example.com', 'grace@example.org'],
      schedule: {
        every: 'daily',
        weekday: null,
        hour: 18,
        time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      },
      filter: { vrf_ids: [], account_ids: [], pool_ids: [], tags: [] },
      severity: null,
      sections: ['leases', 'forecasts'],
      send_empty: false,
      enabled: true,
    });
  });

  it('says at its field which recipient is wrong', async () => {
    const detail = 'must be an e-mail address';
    api
      .on('get', '/api/v1/vrfs', listOf(vrf()))
      .on('get', '/api/v1/accounts', listOf())
      .refuse('patch', '/api/v1/digests/{id}', 400, {
        code: 'invalid_field',
        detail,
        errors: [{ field: 'recipients.1', code: 'invalid_field', detail }],
      });
    const user = show(<DigestsPage />, '/digests');
    await user.click(await allowedButton('Edit network'));
    const form = await screen.findByRole('dialog', { name: 'Edit digest network' });
    await user.click(within(form).getByRole('button', { name: 'Save' }));
    expect(await within(form).findByText(detail)).toBeTruthy();
    expect(within(form).queryByRole('alert')).toBeNull();
  });
});

describe('DigestPreviewDialog', () => {
  it('shows the HTML where nothing of it can run, and the plain text', async () => {
    api.on('get', '/api/v1/digests/{id}/preview', {
      subject: 'CloudPAM network: nothing new',
      text: 'network\nnothing',
      html: '<p>network</p>',
    });
    const user = show(<DigestsPage />, '/digests');
    await user.click(await allowedButton('Preview network'));
    const dialog = await screen.findByRole('dialog', { name: 'Preview of network' });
    expect(await within(dialog).findByText('CloudPAM network: nothing new')).toBeTruthy();
    const frame = within(dialog).getByTitle('HTML of network');
    expect([frame.getAttribute('sandbox'), frame.getAttribute('srcdoc')]).toEqual([
      '',
      '<p>network</p>',
    ]);
    await user.click(within(dialog).getByRole('radio', { name: 'Plain text' }));
    expect(dialog.textContent).toContain('network\nnothing');
  });
});

describe('DeleteDigestDialog', () => {
  it('says who will not get it any more, and deletes it', async () => {
    api.on('delete', '/api/v1/digests/{id}', digest());
    const user = show(<DigestsPage />, '/digests');
    await user.click(await allowedButton('Delete network'));
    const dialog = await screen.findByRole('dialog', { name: 'Delete digest network' });
    expect(dialog.textContent).toContain('2 recipients will not get it');
    await user.click(within(dialog).getByRole('button', { name: 'Delete digest' }));
    expect(await screen.findByText('Deleted the digest network')).toBeTruthy();
  });
});
