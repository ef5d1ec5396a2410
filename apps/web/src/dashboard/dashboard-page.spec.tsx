import type { Schemas } from '@cloudpam/api-client';
import { screen, within } from '@testing-library/react';
import { entry, told } from '../testing/samples';
import { fakeApi, show } from '../testing/show';
import { DashboardPage } from './dashboard-page';

const AT = '2026-01-02T03:04:05.000Z';
const USE: Schemas['FamilyUse'] = { size: '65536', used: '49152', free: '16384', ratio: 0.75 };
const group = (key: string, name: string): Schemas['EstateGroup'] => ({
  ...{ key, name, pools: 12, ipv4: USE, ipv6: null },
});

function dashboard(fields: Partial<Schemas['Dashboard']> = {}): Schemas['Dashboard'] {
  return {
    has_pools: true,
    findings: {
      types: [
        { type: 'drift', week: 2, month: 1, older: 4 },
        { type: 'orphan', week: 0, month: 0, older: 0 },
      ],
      is_estimate: false,
    },
    leases: {
      pools: 1,
      addresses: 0,
      ranges: 0,
      first: [
        { type: 'pool', id: 9, name: 'lent', addresses: '10.9.0.0/16', vrf_id: 1, ends_at: AT },
      ],
    },
    ending: { total: 1, first: [told()] },
    coverage: {
      regions: { complete: 2, partial: 1, failed: 0 },
      ages: { hour: 1, day: 2, week: 0, older: 0, never: 0 },
      overdue: 1,
      accounts: 1,
      worst: [
        {
          account_id: 2,
          name: 'production',
          provider: 'aws',
          regions: 3,
          coverage: 'partial',
          overdue: 1,
          oldest_at: AT,
        },
      ],
    },
    estate: {
      counted_at: AT,
      total: { pools: 12, ipv4: USE, ipv6: null },
      by_vrf: { total: 1, items: [group('1', 'global')] },
      by_provider: { total: 1, items: [group('aws', 'aws')] },
      by_account: { total: 2, items: [group('2', 'production'), group('3', 'staging')] },
      by_region: { total: 1, items: [group('eu-west-1', 'eu-west-1')] },
      fullest: [
        { pool_id: 7, name: 'core', cidr: '10.0.0.0/16', vrf_id: 1, vrf_name: 'global', use: USE },
      ],
      growth_ipv4: {
        past: [
          { day: '2025-12-26', used: '40000' },
          { day: '2026-01-02', used: '49152' },
        ],
        outlook: [{ day: '2026-01-09', low: '49152', middle: '50000', high: '52000' }],
        weeks: 30,
        changes: 12,
      },
      growth_ipv6: null,
    },
    webhooks: { paused: 0 },
    changes: [entry()],
    missing: [],
    ...fields,
  };
}

describe('DashboardPage', () => {
  const shown = (fields: Partial<Schemas['Dashboard']> = {}, at = '/') => {
    fakeApi().on('get', '/api/v1/dashboard', dashboard(fields));
    return show(<DashboardPage />, at);
  };
  const card = (name: string): Promise<HTMLElement> => screen.findByRole('region', { name });
  const linksIn = (part: HTMLElement): (string | null)[] =>
    within(part)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href'));

  it('says that webhooks are paused, where some are', async () => {
    shown({ webhooks: { paused: 2 } });
    const figure = await screen.findByRole('link', { name: /Paused webhooks/ });
    expect(figure.textContent).toContain('2');
    expect(figure.getAttribute('href')).toBe('/discovery?tab=findings&type=webhook_paused');
  });

  it('tells what needs a person, and leads to it', async () => {
    shown();
    const figures = await screen.findByRole('navigation', { name: 'Key figures' });
    expect(within(figures).getByRole('link', { name: /Open findings/ }).textContent).toContain('7');
    expect(linksIn(figures).slice(0, 4)).toEqual([
      '/discovery?tab=findings',
      '/discovery?tab=findings&type=unseen',
      '/forecasts',
      '/discovery?tab=findings&type=lease_ends',
    ]);
    const findings = await card('Findings by kind and age');
    expect(linksIn(findings)).toContain('/discovery?tab=findings&type=drift');
    expect(
      within(findings).getByLabelText('Up to 7 days: 2, 8 to 30 days: 1, Older: 4'),
    ).toBeTruthy();
    expect(linksIn(await card('Ends soon'))).toEqual([
      '/forecasts',
      '/pools/7?tab=usage',
      '/pools/9',
    ]);
    expect((await card('Discovery')).textContent).toContain('1 region overdue');
    expect((await card('Recent changes')).textContent).toContain('pool.update');
  });

  it('groups pools by what has several groups, and by what is chosen', async () => {
    const user = shown();
    const part = await card('Utilization');
    expect(linksIn(part)).toEqual(['/pools', '/pools?account=2', '/pools?account=3']);
    expect(within(part).getAllByRole('meter')[0]?.getAttribute('aria-valuenow')).toBe('75');
    await user.click(within(part).getByRole('radio', { name: 'Region' }));
    expect(window.location.search).toBe('?by=region');
    expect(linksIn(part)).toContain('/pools?region=eu-west-1');
  });

  it('has the numbers behind each chart as a table, in the address', async () => {
    const user = shown();
    const part = await card('Growth');
    await user.click(within(part).getByRole('button', { name: 'Growth as a table' }));
    expect(window.location.search).toBe('?table=growth');
    const table = within(part).getByRole('table', { name: 'Growth' });
    expect(within(table).getByRole('row', { name: /2026-01-09/ }).textContent).toContain('52,000');
    await user.click(
      within(await card('Utilization')).getByRole('button', { name: 'Utilization as a table' }),
    );
    expect(window.location.search).toBe('?table=growth&table=utilization');
    expect((await card('Utilization')).textContent).toContain('16,384');
  });

  it('draws growth, and tells it week by week by the keys', async () => {
    const user = shown();
    const chart = await screen.findByRole('img', { name: /IPv4 addresses in use from 2025-12-26/ });
    chart.focus();
    await user.keyboard('{End}');
    expect((await card('Growth')).textContent).toContain(
      'in eight of ten futures 49,152 to 52,000',
    );
    await user.keyboard('{Home}');
    expect((await card('Growth')).textContent).toContain('2025-12-26: 40,000 in use');
  });

  it('says why a part is missing, and shows the others', async () => {
    shown({
      findings: null,
      estate: null,
      missing: [
        { part: 'findings', reason: 'failed' },
        { part: 'estate', reason: 'too_many_pools' },
      ],
    });
    expect((await card('Findings by kind and age')).textContent).toContain('The log of the server');
    expect((await card('Utilization')).textContent).toContain('more than 2,000 pools');
    expect((await card('Discovery')).textContent).toContain('production');
  });

  it('says how to begin where there is nothing', async () => {
    shown({ has_pools: false });
    expect(await screen.findByText('No pools yet')).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Growth' })).toBeNull();
  });

  it('says what went wrong when there is no answer', async () => {
    fakeApi().refuse('get', '/api/v1/dashboard', 403, { code: 'forbidden' });
    show(<DashboardPage />);
    expect(await screen.findByRole('alert')).toBeTruthy();
  });
});
