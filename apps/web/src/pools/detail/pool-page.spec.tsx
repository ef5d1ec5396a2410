import type { Schemas } from '@cloudpam/api-client';
import { screen, waitFor, within } from '@testing-library/react';
import type { FakeApi } from '../../testing/fake-api';
import {
  address,
  auditListOf,
  entry,
  hostUsage,
  listOf,
  observed,
  pool,
  range,
  resource,
  told,
  usage,
  vlan,
} from '../../testing/samples';
import { allowedButton, fakeApi, show } from '../../testing/show';
import { AddressGrid } from './address-grid';
import { AddressesTab } from './addresses-tab';
import { BlocksTab } from './blocks-tab';
import { ChildrenTab } from './children-tab';
import { CloudTab } from './cloud-tab';
import { FreeTab } from './free-tab';
import { HistoryTab } from './history-tab';
import { ObservedAddresses } from './observed-addresses';
import { PoolPage } from './pool-page';
import { RangesTab } from './ranges-tab';
import { UsageTab } from './usage-tab';

const children = [
  pool({ id: 8, parent_id: 7, cidr: '10.0.0.0/24', name: 'web' }),
  pool({ id: 9, parent_id: 7, cidr: '10.0.1.0/24', name: 'db' }),
];
let api: FakeApi;
beforeEach(() => {
  api = fakeApi()
    .on('get', '/api/v1/pools/{id}', pool({ child_count: 2, tags: { env: 'prod' } }))
    .on('get', '/api/v1/pools/{id}/ancestors', listOf())
    .on('get', '/api/v1/pools/{id}/host-usage', hostUsage())
    .on('get', '/api/v1/pools/{id}/children', listOf(...children))
    .on('get', '/api/v1/pools/{id}/blocks', {
      ...listOf<Schemas['Block']>(
        { cidr: '10.0.0.4/32', status: 'free', pool_id: null, pool_name: null },
        { cidr: '10.0.0.5/32', status: 'used', pool_id: null, pool_name: null },
      ),
      total: '2',
    })
    .on('get', '/api/v1/addresses', { ...listOf(address()), read_as: null })
    .on('get', '/api/v1/pools/{id}/observed-addresses', listOf<Schemas['ObservedAddress']>())
    .on('get', '/api/v1/pools/{id}/ranges', listOf<Schemas['Range']>())
    .on('get', '/api/v1/pools/{id}/free', {
      ...listOf({ cidr: '10.0.2.0/23', size: '512' }),
      largest_free: '/23',
    });
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('PoolPage', () => {
  it('shows a pool, its children, and another tab in the address', async () => {
    const user = show(<PoolPage />, '/pools/7', '/pools/:id');
    expect(await screen.findByRole('heading', { name: /10\.0\.0\.0\/16/ })).toBeTruthy();
    expect(screen.getByText('env:prod')).toBeTruthy();
    expect(await screen.findByRole('table', { name: 'Children' })).toBeTruthy();
    await user.click(screen.getByRole('tab', { name: 'Free space' }));
    expect(await screen.findByRole('table', { name: 'Free blocks' })).toBeTruthy();
    expect(window.location.search).toBe('?tab=free');
    expect(document.title).toBe('10.0.0.0/16 core · CloudPAM');
  });

  it('shows its VLAN with its group', async () => {
    api
      .on('get', '/api/v1/pools/{id}', pool({ vlan_id: 4 }))
      .on('get', '/api/v1/vlans', listOf(vlan({ group: 'fra1', group_id: 9 })));
    show(<PoolPage />, '/pools/7', '/pools/:id');
    const link = await screen.findByRole('link', { name: '100 voice (fra1)' });
    expect(link.getAttribute('href')).toBe('/vlans?q=voice&group=9');
  });

  it('shows how hosts fill a subnet, as its cloud counts them', async () => {
    const hosts = { size: '251', used: '200', free: '51', observed_at: '2026-01-02T03:04:05Z' };
    api.on('get', '/api/v1/pools/{id}', pool({ hosts }));
    show(<PoolPage />, '/pools/7', '/pools/:id');
    const meter = await screen.findByRole('meter', { name: 'Hosts' });
    expect(meter.getAttribute('aria-valuetext')).toBe(
      '80%, 200 of 251 host addresses in use, as the cloud counts',
    );
  });

  it('says that there is no such pool', async () => {
    api.refuse('get', '/api/v1/pools/{id}', 404, { code: 'pool_not_found' });
    show(<PoolPage />, '/pools/99', '/pools/:id');
    expect(await screen.findByText('There is no such pool')).toBeTruthy();
  });
});

describe('ChildrenTab', () => {
  it('merges what was picked, two or more', async () => {
    api.on('post', '/api/v1/pools/merge', pool({ cidr: '10.0.0.0/23' }));
    const user = show(<ChildrenTab pool={pool()} />);
    await user.click(await screen.findByRole('checkbox', { name: 'Pick 10.0.0.0/24' }));
    expect(
      (await screen.findByRole('button', { name: 'Merge 1' })).getAttribute('aria-description'),
    ).toBe('Pick two or more neighbours to merge.');
    await user.click(screen.getByRole('checkbox', { name: 'Pick 10.0.1.0/24' }));
    await user.click(await allowedButton('Merge 2'));
    expect(await screen.findByRole('dialog', { name: 'Merge 2 pools' })).toBeTruthy();
  });

  it('offers to allocate the first block where there is none', async () => {
    api
      .on('get', '/api/v1/pools/{id}/children', listOf())
      .on('post', '/api/v1/pools/{id}/allocations', { items: [] });
    const user = show(<ChildrenTab pool={pool()} />);
    await user.click(await allowedButton('Allocate the first block'));
    expect(
      await screen.findByRole('dialog', { name: 'Allocate in 10.0.0.0/16 core' }),
    ).toBeTruthy();
  });
});

describe('AddressesTab', () => {
  it('takes the next free addresses, and says which nobody gets', async () => {
    api
      .on('get', '/api/v1/pools/{id}/addresses', {
        ...listOf(address()),
        read_as: null,
        forbidden: [{ address: '10.0.0.0', reason: 'network' }],
      })
      .on('post', '/api/v1/pools/{id}/addresses', { items: [address()] });
    const user = show(<AddressesTab pool={pool()} />);
    expect(await screen.findByText('10.0.0.5')).toBeTruthy();
    expect(await screen.findByText('Nobody gets 10.0.0.0 (network).')).toBeTruthy();
    await user.click(await allowedButton('Take address'));
    const form = await screen.findByRole('dialog', { name: 'Take address' });
    await user.type(within(form).getByRole('textbox', { name: 'Name' }), 'db');
    await user.click(within(form).getByRole('button', { name: 'Take' }));
    await waitFor(() =>
      expect(api.made('post', '/api/v1/pools/{id}/addresses')[0]?.body).toEqual({ name: 'db' }),
    );
  });

  it('takes all the same what hosts may have that nobody has counted, where that is asked for', async () => {
    api
      .on('get', '/api/v1/pools/{id}/addresses', {
        ...listOf<Schemas['Address']>(),
        read_as: null,
        forbidden: [],
      })
      .on('post', '/api/v1/pools/{id}/addresses', { items: [address()] });
    api.on('get', '/api/v1/pools/{id}/host-usage', hostUsage({ unlisted_hosts: true }));
    const user = show(<AddressesTab pool={pool({ uncounted_hosts: true })} />);
    await user.click(await allowedButton('Take address all the same…'));
    const form = await screen.findByRole('dialog');
    await user.click(within(form).getByRole('button', { name: 'Take' }));
    await waitFor(() =>
      expect(api.made('post', '/api/v1/pools/{id}/addresses')[0]?.body).toEqual({
        accept_uncounted_hosts: true,
      }),
    );
  });
});

describe('AddressesTab of a subnet whose hosts are all listed', () => {
  it('takes addresses as of any other pool', async () => {
    api.on('get', '/api/v1/pools/{id}/addresses', {
      ...listOf<Schemas['Address']>(),
      read_as: null,
      forbidden: [],
    });
    show(<AddressesTab pool={pool({ uncounted_hosts: true })} />);
    expect(await allowedButton('Take address')).toBeTruthy();
    expect(screen.queryByText('In use by the cloud, hosts not counted')).toBeNull();
  });
});

describe('AddressGrid', () => {
  it('shows who has an address, goes on by keys and to the addresses after', async () => {
    api.on('get', '/api/v1/pools/{id}/addresses', {
      ...listOf(address()),
      read_as: null,
      forbidden: [],
    });
    const user = show(<AddressGrid pool={pool({ cidr: '10.0.0.0/23' })} />);
    const free = await screen.findByRole('link', { name: '10.0.0.4, free' });
    const record = screen.getByRole('link', { name: /^10\.0\.0\.5, / });
    free.focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(record);
    await user.click(screen.getByRole('button', { name: 'Addresses after' }));
    expect(window.location.search).toBe('?at=10.0.1.0');
    await waitFor(() =>
      expect(api.made('get', '/api/v1/addresses').at(-1)?.query).toMatchObject({
        cidr_within: '10.0.1.0/24',
      }),
    );
    await user.type(screen.getByRole('textbox', { name: 'Go to address' }), '10.0.0.77{Enter}');
    expect(window.location.search).toBe('?at=10.0.0.0');
  });
});

describe('RangesTab', () => {
  it('keeps a range apart, and releases what is in quarantine', async () => {
    const held = range({ id: 4, purpose: 'quarantine', name: 'gone', held_by: 'ci' });
    api
      .on('get', '/api/v1/pools/{id}/ranges', listOf(range(), held))
      .on('post', '/api/v1/pools/{id}/ranges', range())
      .on('post', '/api/v1/ranges/{id}/release', held);
    const user = show(<RangesTab pool={pool()} />);
    const table = await screen.findByRole('table', { name: 'Ranges' });
    expect(await within(table).findByText('clients')).toBeTruthy();
    await user.click(await allowedButton('New range'));
    const form = await screen.findByRole('dialog', { name: 'New range' });
    await user.type(within(form).getByRole('textbox', { name: /First address/ }), '10.0.0.10');
    await user.type(within(form).getByRole('textbox', { name: /Last address/ }), '10.0.0.19');
    await user.click(within(form).getByRole('checkbox', { name: 'All of it counts as used' }));
    await user.click(within(form).getByRole('button', { name: 'Create range' }));
    await waitFor(() =>
      expect(api.made('post', '/api/v1/pools/{id}/ranges')[0]?.body).toEqual({
        start_address: '10.0.0.10',
        end_address: '10.0.0.19',
        counts_as_used: true,
      }),
    );
    await user.click(await allowedButton('Delete 10.0.0.100–10.0.0.199 gone'));
    const confirm = await screen.findByRole('dialog', { name: /Delete range/ });
    await user.click(within(confirm).getByRole('button', { name: 'Delete range' }));
    await waitFor(() => expect(api.made('post', '/api/v1/ranges/{id}/release')).toHaveLength(1));
  });
});

describe('ObservedAddresses', () => {
  it('shows what has addresses of the pool in the cloud, and loads more', async () => {
    const gone = { gone_at: '2026-01-02T03:04:05Z', attached_to: null, external_id: 'eni-2' };
    api
      .on(
        'get',
        '/api/v1/pools/{id}/host-usage',
        hostUsage({ coverage: 'partial', observed: '2', free: '249' }),
      )
      .on('get', '/api/v1/pools/{id}/observed-addresses', ({ query }) => ({
        ...listOf(
          query['cursor'] ? observed({ id: 2, cidr: '10.0.0.10/32', ...gone }) : observed(),
        ),
        next_cursor: query['cursor'] ? null : 'next',
      }));
    const user = show(<ObservedAddresses pool={pool()} />);
    const table = await screen.findByRole('table', { name: 'Addresses in the cloud' });
    expect(await within(table).findByText('10.0.0.9')).toBeTruthy();
    expect(within(table).getByText('i-0a1b')).toBeTruthy();
    expect(screen.getByText(/listed in part the last time: there may be more/)).toBeTruthy();
    await user.click(await screen.findByRole('button', { name: 'Load more' }));
    expect(await within(table).findByText('10.0.0.10')).toBeTruthy();
    expect(within(table).getByText(/^gone/)).toBeTruthy();
  });

  it('is not there where nobody has asked for interfaces', async () => {
    show(<ObservedAddresses pool={pool()} />);
    await waitFor(() => expect(api.made('get', '/api/v1/pools/{id}/host-usage')).toHaveLength(1));
    expect(screen.queryByRole('table')).toBeNull();
  });
});

describe('FreeTab', () => {
  it('allocates in the block that is pointed at, and loads more', async () => {
    api.on('post', '/api/v1/pools', pool()).on('get', '/api/v1/pools/{id}/free', ({ query }) => ({
      ...listOf({ cidr: query['cursor'] ? '10.0.8.0/21' : '10.0.2.0/23', size: '512' }),
      largest_free: '/21',
      next_cursor: query['cursor'] ? null : 'next',
    }));
    const user = show(<FreeTab pool={pool()} />);
    await user.click(await screen.findByRole('button', { name: 'Load more' }));
    await user.click(await allowedButton('Allocate in 10.0.8.0/21'));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('In the gap 10.0.8.0/21')).toBeTruthy();
  });

  it('says that a living subnet has nothing free for sure', async () => {
    show(<FreeTab pool={pool({ uncounted_hosts: true })} />);
    expect(await screen.findByText('In use by the cloud, hosts not counted')).toBeTruthy();
    expect(await screen.findByRole('table', { name: 'Blocks that no pool covers' })).toBeTruthy();
  });
});

describe('BlocksTab', () => {
  it('cuts the pool into blocks, as a grid or a table, of a length in the address', async () => {
    api.on('get', '/api/v1/pools/{id}/blocks', {
      items: [
        { cidr: '10.0.0.0/24', status: 'used', pool_id: 8, pool_name: 'web' },
        { cidr: '10.0.1.0/24', status: 'free', pool_id: null, pool_name: null },
      ],
      total: '256',
      total_is_estimate: false,
      page: 1,
      page_size: 256,
      next_cursor: null,
    });
    const user = show(<BlocksTab pool={pool()} />, '/?len=24');
    expect(await screen.findByRole('list', { name: 'Blocks of /24' })).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'Table' }));
    const table = await screen.findByRole('table', { name: 'Blocks' });
    expect(within(table).getByRole('link', { name: /web/ }).getAttribute('href')).toBe('/pools/8');
    await user.click(screen.getByRole('radio', { name: 'Free' }));
    expect(window.location.search).toBe('?len=24&view=table&show=free');
    await waitFor(() =>
      expect(api.made('get', '/api/v1/pools/{id}/blocks').at(-1)?.query).toMatchObject({
        new_prefix_len: '24',
        status: 'free',
      }),
    );
  });
});

describe('CloudTab', () => {
  it('shows the resources that the pool stands for', async () => {
    api.on('get', '/api/v1/discovery/resources', listOf(resource({ pool_id: 7 })));
    show(<CloudTab pool={pool()} />);
    expect(await screen.findByRole('table', { name: 'Resources' })).toBeTruthy();
    expect(api.made('get', '/api/v1/discovery/resources')[0]?.query).toMatchObject({
      pool_id: '7',
    });
  });
});

describe('HistoryTab', () => {
  it('shows what was done to the pool', async () => {
    api.on('get', '/api/v1/audit', auditListOf(entry()));
    show(<HistoryTab pool={pool()} />);
    expect(await screen.findByText('pool.update')).toBeTruthy();
    expect(api.made('get', '/api/v1/audit')[0]?.query).toMatchObject({
      entity_type: 'pool',
      entity_id: '7',
    });
  });
});

describe('UsageTab', () => {
  beforeEach(() => {
    api
      .on('get', '/api/v1/pools/{id}/usage', usage())
      .on('get', '/api/v1/pools/{id}/forecast', told());
  });

  it('says when the pool ends, and tells each day to who goes along with the arrows', async () => {
    const user = show(<UsageTab pool={pool()} />);
    expect(await screen.findByText(/no \/24 fits from 2026-02-21 on/)).toBeTruthy();
    const chart = await screen.findByRole('img', { name: /^Used from 2026-01-01/ });
    expect(screen.getByText(/Hatched: eight of ten futures/)).toBeTruthy();
    await user.tab();
    chart.focus();
    await user.keyboard('{ArrowLeft}');
    expect(screen.getByText(/^2026-01-15: 32,768 used, 32,768 free/)).toBeTruthy();
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(screen.getByText(/^2025-12-20: 16,384 used/)).toBeTruthy();
    await user.keyboard('{End}');
    expect(screen.getByText(/^2026-01-15/)).toBeTruthy();
  });

  it('shows the same as a table, and asks for another size of block', async () => {
    const user = show(<UsageTab pool={pool()} />);
    await user.click(await screen.findByRole('switch', { name: 'Table' }));
    const table = await screen.findByRole('table', { name: 'Usage by day' });
    expect(within(table).getAllByRole('row')[1]?.textContent).toContain('2026-01-15');
    await user.click(screen.getByRole('combobox', { name: 'Block that has to fit' }));
    await user.click(await screen.findByRole('option', { name: '/20' }));
    await waitFor(() => expect(api.calls.at(-1)?.query['prefix_length']).toBe('20'));
  });

  it('says where nothing was ever taken', async () => {
    api.on('get', '/api/v1/pools/{id}/usage', usage({ days: [] }));
    show(<UsageTab pool={pool()} />);
    expect(await screen.findByText('Nothing was ever taken here')).toBeTruthy();
  });
});
