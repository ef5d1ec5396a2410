import type { Schemas } from '@cloudpam/api-client';
import { screen, within } from '@testing-library/react';
import type { FakeApi } from '../testing/fake-api';
import { listOf, VIEWER, vrf } from '../testing/samples';
import { allowedButton, fakeApi, show } from '../testing/show';
import { WebhookPage } from './webhook-page';
import { WebhooksPage } from './webhooks-page';

const AT = '2026-01-02T03:04:05.000Z';

function webhook(fields: Partial<Schemas['Webhook']> = {}): Schemas['Webhook'] {
  return {
    id: 3,
    name: 'chat-ops',
    url: 'https://hooks.example.com/cloudpam',
    filter: { types: ['pool.*'], vrf_ids: [1], severities: ['critical'] },
    template: { kind: 'slack', text: null },
    ordered: true,
    state: 'ok',
    failure: null,
    seq: 4711,
    waiting: 0,
    next_attempt_at: null,
    former_secret_until: null,
    created_at: AT,
    updated_at: AT,
    version: 2,
    ...fields,
  };
}

function delivery(fields: Partial<Schemas['WebhookDelivery']> = {}): Schemas['WebhookDelivery'] {
  return {
    seq: 4711,
    type: 'pool.create',
    status: 'delivered',
    attempts: 1,
    at: AT,
    ms: 42,
    http_status: 204,
    answer: null,
    error: null,
    next_at: null,
    dead_at: null,
    ...fields,
  };
}

const NO_EVENT: Schemas['PreviewedEvent'] = { event: null, content_type: null, body: null };

let api: FakeApi;
beforeEach(() => {
  api = fakeApi()
    .on('get', '/api/v1/webhooks', listOf(webhook()))
    .on('get', '/api/v1/webhooks/{id}', webhook())
    .on('get', '/api/v1/webhooks/{id}/deliveries', listOf(delivery()))
    .on('post', '/api/v1/webhooks/preview', NO_EVENT);
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('WebhooksPage', () => {
  it('shows what each is told of, and how it is', async () => {
    api.on(
      'get',
      '/api/v1/webhooks',
      listOf(
        webhook(),
        webhook({ id: 4, name: 'down', filter: {}, state: 'retrying', failure: 'HTTP 503' }),
      ),
    );
    show(<WebhooksPage />, '/webhooks');
    const table = await screen.findByRole('table', { name: 'Webhooks' });
    const rows = within(table).getAllByRole('row');
    expect(rows[1]?.textContent).toMatch(/chat-ops.*pool\.\* · 1 VRF · critical.*Slack.*OK/);
    expect(rows[2]?.textContent).toMatch(/down.*Everything.*Retrying/);
    expect(within(table).getByRole('link', { name: 'down' }).getAttribute('href')).toBe(
      '/webhooks/4',
    );
  });

  it('is for admins', async () => {
    api.on('get', '/api/v1/me', VIEWER);
    show(<WebhooksPage />, '/webhooks');
    expect(await screen.findByText('Webhooks are for admins')).toBeTruthy();
  });
});

describe('WebhookDialog', () => {
  it('makes a webhook, shows what it would be sent, and its secret once', async () => {
    api
      .on('get', '/api/v1/vrfs', listOf(vrf()))
      .on('post', '/api/v1/webhooks/preview', {
        event: {
          specversion: '1.0',
          id: '4711',
          source: 'urn:cloudpam',
          type: 'org.cloudpam.pool.create.v1',
          subject: 'pools/7',
          time: AT,
          sequence: '0000000000004711',
          datacontenttype: 'application/json',
          data: {
            entity_type: 'pool',
            entity_id: '7',
            actor: { type: 'user', id: 'user:7', name: 'Ada' },
            request_id: 'req-1',
            reason: null,
            place: null,
            former_place: null,
            before: null,
            after: { name: 'core' },
          },
        },
        content_type: 'application/json',
        body: '{"text":"Ada made core"}',
      })
      .on('post', '/api/v1/webhooks', { ...webhook(), secret: 'whsec_x' });
    const user = show(<WebhooksPage />, '/webhooks');
    await user.click(await allowedButton('New webhook'));
    const form = await screen.findByRole('dialog', { name: 'New webhook' });
    expect(await within(form).findByText(/"text": "Ada made core"/)).toBeTruthy();
    expect(within(form).getByRole('status').textContent).toContain('org.cloudpam.pool.create.v1');
    await user.type(within(form).getByRole('textbox', { name: 'Name' }), 'chat-ops');
    await user.type(within(form).getByRole('textbox', { name: 'URL' }), 'https://h.example/x');
    await user.type(within(form).getByRole('combobox', { name: 'Tags' }), 'env:prod{Enter}');
    await user.click(within(form).getByRole('combobox', { name: 'Body' }));
    await user.click(await screen.findByRole('option', { name: 'Slack' }));
    await user.click(within(form).getByRole('button', { name: 'Create webhook' }));
    expect((await screen.findByLabelText('Webhook secret')).textContent).toBe('whsec_x');
    expect(api.made('post', '/api/v1/webhooks')[0]?.body).toEqual({
      name: 'chat-ops',
      url: 'https://h.example/x',
      ordered: true,
      filter: {
        types: [],
        vrf_ids: [],
        account_ids: [],
        pool_ids: [],
        tags: ['env:prod'],
        severities: [],
      },
      template: { kind: 'slack' },
    });
  });

  it('says at its field what the server has against the URL', async () => {
    const detail = 'The address 10.0.0.1 is not public, and WEBHOOK_ALLOW does not have it.';
    api.refuse('post', '/api/v1/webhooks', 422, {
      code: 'refused_url',
      detail,
      errors: [{ field: 'url', code: 'refused_url', detail }],
    });
    const user = show(<WebhooksPage />, '/webhooks');
    await user.click(await allowedButton('New webhook'));
    const form = await screen.findByRole('dialog', { name: 'New webhook' });
    await user.type(within(form).getByRole('textbox', { name: 'Name' }), 'x');
    await user.type(within(form).getByRole('textbox', { name: 'URL' }), 'http://10.0.0.1{Enter}');
    expect(await within(form).findByText(detail)).toBeTruthy();
    expect(within(form).queryByRole('alert')).toBeNull();
  });
});

describe('WebhookPage', () => {
  const shown = () => show(<WebhookPage />, '/webhooks/3', '/webhooks/:id');

  it('shows what was sent, and what was answered', async () => {
    api.on(
      'get',
      '/api/v1/webhooks/{id}/deliveries',
      listOf(
        delivery(),
        delivery({
          seq: 4712,
          status: 'dead',
          http_status: 503,
          answer: 'busy',
          error: 'HTTP 503',
        }),
      ),
    );
    const user = shown();
    const table = await screen.findByRole('table', { name: 'Deliveries' });
    expect(table.textContent).toMatch(/4711pool\.createDeliveredHTTP 204/);
    expect(table.textContent).toMatch(/4712pool\.createGiven upHTTP 503.*busy/);
    await user.click(screen.getByRole('radio', { name: 'Given up' }));
    expect(window.location.search).toBe('?status=dead');
  });

  it('says why it was paused, and goes on when it is resumed', async () => {
    const waits = { waiting: 1, next_attempt_at: AT };
    api
      .on(
        'get',
        '/api/v1/webhooks/{id}',
        webhook({ state: 'paused', failure: 'HTTP 410: gone', ...waits }),
      )
      .on('post', '/api/v1/webhooks/{id}/resume', webhook());
    const user = shown();
    expect((await screen.findByRole('alert')).textContent).toContain('HTTP 410: gone');
    expect(screen.getByText(/1 waiting/).textContent).not.toContain('next attempt');
    await user.click(await allowedButton('Resume'));
    expect(await screen.findByText('Resumed the webhook')).toBeTruthy();
  });

  it('sends a test, and tells how that went', async () => {
    const { at, ms, answer } = delivery();
    api.on('post', '/api/v1/webhooks/{id}/test', {
      at,
      ms,
      answer,
      http_status: null,
      error: 'no answer within 10 s',
    });
    const user = shown();
    await user.click(await allowedButton('Send a test'));
    expect(await screen.findByText(/no answer within 10 s/)).toBeTruthy();
  });

  it('is deleted after it has asked', async () => {
    api.on('delete', '/api/v1/webhooks/{id}', webhook());
    const user = shown();
    await user.click(await allowedButton('Delete…'));
    const asks = await screen.findByRole('dialog', { name: 'Delete webhook chat-ops' });
    await user.click(within(asks).getByRole('button', { name: 'Delete webhook' }));
    expect(await screen.findByText('Deleted the webhook chat-ops')).toBeTruthy();
    expect(window.location.pathname).toBe('/webhooks');
  });

  it('is changed in the form that it was made in, by the version that was shown', async () => {
    api.on('patch', '/api/v1/webhooks/{id}', webhook({ name: 'on-call', version: 3 }));
    api.on('get', '/api/v1/vrfs', listOf(vrf())).on('get', '/api/v1/vrfs/{id}', vrf());
    const user = shown();
    await user.click(await allowedButton('Edit…'));
    const form = await screen.findByRole('dialog', { name: 'Edit webhook chat-ops' });
    const name = within(form).getByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'on-call');
    await user.click(within(form).getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved the webhook')).toBeTruthy();
    const [request] = api.made('patch', '/api/v1/webhooks/{id}');
    expect(request?.body).toMatchObject({ name: 'on-call', template: { kind: 'slack' } });
    expect(request?.headers.get('if-match')).toBe('"2"');
  });

  it('does not overwrite what somebody else has saved while it was edited', async () => {
    api.on('patch', '/api/v1/webhooks/{id}', webhook({ version: 4 }));
    api.on('get', '/api/v1/vrfs', listOf(vrf())).on('get', '/api/v1/vrfs/{id}', vrf());
    const user = shown();
    await user.click(await allowedButton('Edit…'));
    api.on('get', '/api/v1/webhooks/{id}', webhook({ name: 'by somebody else', version: 3 }));
    await screen.findByText('Webhook by somebody else', {}, { timeout: 10_000 });
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Saved the webhook');
    const [request] = api.made('patch', '/api/v1/webhooks/{id}');
    expect(request?.headers.get('if-match')).toBe('"2"');
  }, 20_000);

  it('gets a new secret, which is shown once', async () => {
    api.on('post', '/api/v1/webhooks/{id}/rotate', { ...webhook(), secret: 'whsec_new' });
    const user = shown();
    await user.click(await allowedButton('New secret…'));
    await user.click(await screen.findByRole('button', { name: 'Make a new secret' }));
    expect((await screen.findByLabelText('Webhook secret')).textContent).toBe('whsec_new');
  });
});

describe('ReplayDialog', () => {
  it('tells again what was given up, or a part of the log', async () => {
    api.on('post', '/api/v1/webhooks/{id}/replay', webhook());
    const user = show(<WebhookPage />, '/webhooks/3', '/webhooks/:id');
    await user.click(await allowedButton('Tell again…'));
    const form = await screen.findByRole('dialog', { name: 'Tell chat-ops again' });
    await user.click(within(form).getByRole('radio', { name: /^A part of the log/ }));
    await user.type(within(form).getByRole('textbox', { name: 'First event' }), '12');
    await user.click(within(form).getByRole('button', { name: 'Tell again' }));
    expect(await screen.findByText('They are told again')).toBeTruthy();
    expect(api.made('post', '/api/v1/webhooks/{id}/replay')[0]?.body).toEqual({
      from_seq: 12,
      to_seq: 4711,
    });
  });
});
