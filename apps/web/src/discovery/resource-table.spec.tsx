import { screen, waitFor, within } from '@testing-library/react';
import type { FakeApi } from '../testing/fake-api';
import { account, finding, listOf, network, resource, VIEWER, vrf } from '../testing/samples';
import { allowedButton, fakeApi, show } from '../testing/show';
import { FindingsTab } from './findings-tab';
import { NetworksTab } from './networks-tab';
import { ResourceTable } from './resource-table';
import { ResourcesTab } from './resources-tab';

let api: FakeApi;
beforeEach(() => {
  api = fakeApi()
    .on('get', '/api/v1/accounts', listOf(account()))
    .on('get', '/api/v1/discovery/resources', listOf(resource()))
    .on('post', '/api/v1/discovery/decisions', { done: 0, refused: 0, results: [] });
});
afterEach(() => expect(api.unexpected).toEqual([]));

const resourceTable = () => <ResourceTable query={{ kind: 'vpc' }} emptyTitle="" emptyText="" />;
const query = (path: Parameters<FakeApi['made']>[1]) => api.made('get', path).at(-1)?.query;

describe('ResourceTable', () => {
  it('offers what a person is most likely to do about a resource, and all the rest', async () => {
    const user = show(resourceTable(), '/discovery');
    await user.click(await allowedButton('Import 10.77.0.0/16'));
    expect(await screen.findByRole('dialog', { name: /^Import 10\.77\.0\.0\/16/ })).toBeTruthy();
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Actions for 10.77.0.0/16' }));
    const release = await screen.findByRole('menuitem', { name: /^Release/ });
    expect(release.textContent).toContain('It is still in the cloud, and its space in use.');
    expect(release).toHaveProperty('disabled', true);
  });

  it('decides about several that were picked', async () => {
    const second = resource({ id: 31, cidr: '10.78.0.0/16' });
    api.on('get', '/api/v1/discovery/resources', listOf(resource(), second));
    const user = show(resourceTable(), '/discovery');
    await user.click(await screen.findByRole('checkbox', { name: 'Pick all on this page' }));
    const bar = await screen.findByRole('toolbar', { name: 'Decide about the picked resources' });
    expect(within(bar).getByRole('status').textContent).toBe('2 picked');
    const adopt = within(bar).getByRole('button', { name: 'Adopt…' });
    expect(adopt.getAttribute('aria-description')).toContain('Possible for none of the 2 picked');
    await user.click(await allowedButton('Import…'));
    expect(await screen.findByRole('dialog', { name: 'Import 2 resources' })).toBeTruthy();
  });

  it('lets who only reads decide nothing', async () => {
    api.on('get', '/api/v1/me', VIEWER);
    show(resourceTable(), '/discovery');
    const button = await screen.findByRole('button', { name: 'Import 10.77.0.0/16' });
    await waitFor(() =>
      expect(button.getAttribute('aria-description')).toContain('discovery:decide'),
    );
  });
});

describe('ResourcesTab', () => {
  it('asks by its filters, which are in the address', async () => {
    const user = show(<ResourcesTab />, '/discovery?tab=resources');
    await screen.findByRole('table', { name: 'Resources' });
    await user.click(screen.getByRole('combobox', { name: 'Overlap' }));
    await user.click(await screen.findByRole('option', { name: 'overlapping' }));
    expect(window.location.search).toBe('?tab=resources&overlap=overlapping');
    await waitFor(() =>
      expect(query('/api/v1/discovery/resources')).toEqual({
        overlap_status: 'overlapping',
        page: '1',
        page_size: '50',
      }),
    );
  });
});

describe('FindingsTab', () => {
  beforeEach(() => {
    api.on('get', '/api/v1/discovery/findings', listOf(finding()));
  });

  it('says why, and offers the network a VRF of its own', async () => {
    api.on('post', '/api/v1/discovery/networks/{id}/isolate', {
      network: network({ vrf_id: 3 }),
      moved_pools: 0,
      imported: 1,
      conflicts: 0,
    });
    const user = show(<FindingsTab counts={undefined} />, '/discovery?tab=findings');
    expect(await screen.findByText(/overlaps pool 3/)).toBeTruthy();
    await user.click(await allowedButton('Own VRF 10.77.0.0/16'));
    expect(await screen.findByRole('dialog', { name: /^Own VRF for/ })).toBeTruthy();
  });

  it('shows what was ignored, by whom and why', async () => {
    const ignored = { reason: 'two labs', by: 'ada', until: null };
    api.on(
      'get',
      '/api/v1/discovery/findings',
      listOf(
        finding({
          status: 'ignored',
          ignored,
          resource: resource({
            overlap_status: 'ignored',
            overlap_reason: 'overlaps pool 3',
            ignored: { overlap: ignored },
          }),
        }),
      ),
    );
    const user = show(<FindingsTab counts={undefined} />, '/discovery?tab=findings');
    await user.click(await screen.findByRole('radio', { name: 'Ignored' }));
    expect(await screen.findByText(/Ignored by ada.*two labs/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Show again 10.77.0.0/16' })).toBeTruthy();
    expect(query('/api/v1/discovery/findings')).toMatchObject({ status: 'ignored' });
  });

  it('says of accounts that were not seen where to begin', async () => {
    api.on(
      'get',
      '/api/v1/discovery/findings',
      listOf(finding({ id: 'u', type: 'unseen', reason: 'not seen for a day', resource: null })),
    );
    show(<FindingsTab counts={undefined} />, '/discovery?tab=findings&type=unseen');
    expect(await screen.findByText('not seen for a day')).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Discover .* now$/ })).toBeTruthy();
  });
});

describe('NetworksTab', () => {
  it('moves a network to a VRF that exists, where there is another', async () => {
    api
      .on('get', '/api/v1/discovery/networks', listOf(network({ is_default: true })))
      .on('get', '/api/v1/vrfs', listOf(vrf(), vrf({ id: 3, name: 'lab' })));
    const user = show(<NetworksTab />, '/discovery?tab=networks');
    const link = await screen.findByRole('link', { name: 'lab' });
    expect(link.getAttribute('href')).toBe('/discovery?tab=resources&network=9');
    await user.click(await allowedButton('Move vpc-1 to a VRF'));
    expect(await screen.findByRole('dialog', { name: /^Move .* to a VRF$/ })).toBeTruthy();
  });

  it('says that there is no other VRF', async () => {
    api.on('get', '/api/v1/discovery/networks', listOf(network()));
    show(<NetworksTab />, '/discovery?tab=networks');
    const button = await screen.findByRole('button', { name: 'Move vpc-1 to a VRF' });
    expect(button.getAttribute('aria-description')).toBe('There is no other VRF: give it its own.');
  });
});
