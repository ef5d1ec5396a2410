import { screen, waitFor, within } from '@testing-library/react';
import type { FakeApi } from '../testing/fake-api';
import {
  account,
  accountState,
  agent,
  job,
  listOf,
  NO_FINDINGS,
  status,
  VIEWER,
} from '../testing/samples';
import { allowedButton, fakeApi, show } from '../testing/show';
import { AgentsTab } from './agents-tab';
import { DiscoveryPage } from './discovery-page';
import { JobsTab } from './jobs-tab';
import { StatusTab } from './status-tab';

const KEY = 'aws:111122223333';
let api: FakeApi;
beforeEach(() => {
  api = fakeApi().on('get', '/api/v1/accounts', listOf(account()));
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('DiscoveryPage', () => {
  it('shows the policy, the findings and the jobs that are open, and a tab in the address', async () => {
    api
      .on('get', '/api/v1/discovery/status', status({ findings: { ...NO_FINDINGS, drift: 2 } }))
      .on('get', '/api/v1/discovery/findings', listOf())
      .on('get', '/api/v1/discovery/jobs', listOf(job()));
    const user = show(<DiscoveryPage />, '/discovery?page=3');
    expect(await screen.findByText(/^Policy of the server: auto/)).toBeTruthy();
    expect(await screen.findByTitle('1 open')).toBeTruthy();
    await user.click(screen.getByRole('tab', { name: /^Findings/ }));
    expect(window.location.search).toBe('?tab=findings');
    // What there is something of comes first.
    expect(await screen.findByText('Drift: nothing to look at')).toBeTruthy();
  });
});

describe('StatusTab', () => {
  const state = accountState({
    status: 'partial',
    error_msg: 'AccessDenied in eu-west-1',
    coverage: [
      {
        region: 'eu-west-1',
        coverage: 'failed',
        collected_at: null,
        complete_at: null,
        error_code: 'AccessDenied',
        error_msg: 'AccessDenied',
        interfaces: 'failed',
        interfaces_complete_at: null,
        interfaces_error: 'UnauthorizedOperation: not allowed',
        unseen: null,
        vpc_count: 0,
        subnet_count: 0,
      },
    ],
  });
  const shown = (more = {}) =>
    show(<StatusTab status={status({ items: [state], ...more })} error={null} />, '/discovery');

  it('says how far each account was read, and what the cloud said', async () => {
    const user = shown();
    expect(await screen.findByText('AccessDenied in eu-west-1')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /^Show .*regions|production/i }));
    const regions = await screen.findByRole('table', { name: 'Regions of production' });
    expect(within(regions).getByText('eu-west-1')).toBeTruthy();
    expect(within(regions).getByRole('columnheader', { name: 'Interfaces' })).toBeTruthy();
    expect(within(regions).getByText(/UnauthorizedOperation: not allowed/)).toBeTruthy();
    expect(window.location.search).toBe('?open=2');
  });

  it('asks for a discovery of an account that an online agent lists', async () => {
    api
      .on('get', '/api/v1/collectors', listOf(agent()))
      .on('post', '/api/v1/discovery/trigger', job());
    const user = shown();
    await user.click(await allowedButton(`Discover ${KEY} now`));
    expect(await screen.findByText(`Asked for a discovery of ${KEY}`)).toBeTruthy();
    expect(api.made('post', '/api/v1/discovery/trigger')[0]?.body).toEqual({ account_id: 2 });
  });

  it('says why there is nobody to discover an account', async () => {
    shown();
    const button = await screen.findByRole('button', { name: `Discover ${KEY} now` });
    await waitFor(() =>
      expect(button.getAttribute('aria-description')).toBe(
        'No agent is online: start a collector in agent mode.',
      ),
    );
  });

  it('gives an account a policy of its own', async () => {
    api.on('patch', '/api/v1/accounts/{id}', account({ discovery_policy: 'approve' }));
    const user = shown();
    await user.click(await screen.findByRole('combobox', { name: `Policy of ${KEY}` }));
    await user.click(await screen.findByRole('option', { name: /^Approve/ }));
    expect(await screen.findByText('Saved production')).toBeTruthy();
    expect(api.made('patch', '/api/v1/accounts/{id}')[0]?.body).toEqual({
      discovery_policy: 'approve',
    });
  });

  it('says how to start where no account was read', async () => {
    api.on('get', '/api/v1/accounts', listOf());
    show(<StatusTab status={status()} error={null} />, '/discovery');
    expect(await screen.findByText('No collector has reported yet')).toBeTruthy();
  });
});

describe('JobsTab', () => {
  const done = job({
    id: 11,
    status: 'partial',
    started_at: '2026-01-02T03:04:05Z',
    finished_at: '2026-01-02T03:05:05Z',
    error: 'AccessDenied in one region',
    counts: {
      scopes: 4,
      complete: 3,
      partial: 0,
      failed: 1,
      imported: 2,
      updated: 0,
      orphaned: 0,
      unchanged: 7,
      conflicts: 0,
    },
  });

  it('shows what came of jobs, and cancels one that is open', async () => {
    api
      .on('get', '/api/v1/discovery/jobs', listOf(job(), done))
      .on('post', '/api/v1/discovery/jobs/{id}/cancel', job({ status: 'cancelled' }));
    const user = show(<JobsTab />, '/discovery?tab=jobs');
    const table = await screen.findByRole('table', { name: 'Jobs' });
    const [, , second] = within(table).getAllByRole('row');
    expect(second?.textContent).toMatch(/3 of 4 scopes1 failed.*2 imported.*AccessDenied/);
    await user.click(await allowedButton(/cancel/i));
    await waitFor(() =>
      expect(
        api.made('post', '/api/v1/discovery/jobs/{id}/cancel').map(({ line }) => line),
      ).toEqual(['POST /api/v1/discovery/jobs/12/cancel']),
    );
  });

  it('filters by status in the address', async () => {
    const user = show(<JobsTab />, '/discovery?tab=jobs');
    expect(await screen.findByText('No discovery was asked for yet')).toBeTruthy();
    await user.click(screen.getByRole('combobox', { name: 'Status' }));
    await user.click(await screen.findByRole('option', { name: /^Failed/i }));
    expect(await screen.findByText('No job matches')).toBeTruthy();
    expect(window.location.search).toBe('?tab=jobs&status=failed');
  });
});

describe('AgentsTab', () => {
  it('shows agents, and on demand the accounts of one', async () => {
    api.on('get', '/api/v1/collectors', listOf(agent({ status: 'offline' })));
    const user = show(<AgentsTab />, '/discovery?tab=agents');
    const opener = await screen.findByRole('button', { name: 'Accounts of berlin' });
    expect(opener.closest('tr')?.textContent).toContain('every hour');
    await user.click(opener);
    const link = await screen.findByRole('link', { name: KEY });
    expect(link.getAttribute('href')).toBe('/accounts?q=aws%3A111122223333');
    expect(opener.getAttribute('aria-expanded')).toBe('true');
  });

  it('says how to start one where there is none', async () => {
    api.on('get', '/api/v1/me', VIEWER);
    show(<AgentsTab />, '/discovery?tab=agents');
    expect(await screen.findByText('No agent has called yet')).toBeTruthy();
    expect(screen.getByText(/^npm run collector -- agent/)).toBeTruthy();
  });
});
