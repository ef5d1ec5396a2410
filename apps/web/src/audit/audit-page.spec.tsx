import { screen, within } from '@testing-library/react';
import type { FakeApi } from '../testing/fake-api';
import { auditListOf, entry } from '../testing/samples';
import { fakeApi, show } from '../testing/show';
import { AuditPage } from './audit-page';
import { AuditTable } from './audit-table';

const entries = [entry(), entry({ id: 50, action: 'vrf.create', entity_type: 'vrf' })];
let api: FakeApi;
beforeEach(() => {
  api = fakeApi().on('get', '/api/v1/audit', auditListOf(...entries));
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('AuditPage', () => {
  it('asks by what the filters hold, and keeps them in the address', async () => {
    const user = show(<AuditPage />, '/audit?actor=ada');
    await screen.findByRole('table', { name: 'Audit entries' });
    await user.click(screen.getByRole('combobox', { name: 'What' }));
    await user.click(await screen.findByRole('option', { name: 'vlan' }));
    expect(window.location.search).toBe('?actor=ada&entity_type=vlan');
    expect(api.made('get', '/api/v1/audit').at(-1)?.query).toEqual({
      actor: 'ada',
      entity_type: 'vlan',
      page: '1',
      page_size: '50',
    });
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(window.location.search).toBe('');
  });

  it('says that nothing matches', async () => {
    api.on('get', '/api/v1/audit', auditListOf());
    show(<AuditPage />, '/audit?action=nothing');
    expect(await screen.findByText('No audit entries')).toBeTruthy();
  });
});

describe('AuditTable', () => {
  it('opens an entry to what was before and after, by keyboard too', async () => {
    const user = show(<AuditTable query={{}} />);
    const opener = await screen.findByRole('button', { name: 'Show changes of entry 51' });
    opener.focus();
    await user.keyboard('{Enter}');
    const changes = await screen.findByRole('table', { name: 'Changes' });
    expect(within(changes).getByText('− old')).toBeTruthy();
    expect(within(changes).getByText('+ core')).toBeTruthy();
    expect(window.location.search).toBe('?entry=51');
    expect(screen.getByText('req-1')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Hide changes of entry 51' }));
    expect(screen.queryByRole('table', { name: 'Changes' })).toBeNull();
  });

  it('leads to the pool of an entry', async () => {
    show(<AuditTable query={{}} />);
    const link = await screen.findByRole('link', { name: 'pool 7' });
    expect(link.getAttribute('href')).toBe('/pools/7');
  });

  it('leaves out what it is about where all entries are about one', async () => {
    show(<AuditTable query={{ entity_type: 'pool', entity_id: '7' }} ofOne />);
    await screen.findByRole('table', { name: 'Audit entries' });
    expect(screen.queryByRole('link', { name: 'pool 7' })).toBeNull();
  });
});
