import { TransformStream } from 'node:stream/web';
import { screen, waitFor, within } from '@testing-library/react';
import type { FakeApi } from '../testing/fake-api';
import { VIEWER } from '../testing/samples';
import { allowedButton, fakeApi, show } from '../testing/show';
import { ExportButton } from './export-button';
import { ExportDialog } from './export-dialog';
import type { ShownTable } from './export-wish';

const EXPORT = '/api/v1/export';
const POOLS: ShownTable = { dataset: 'pools', query: { kind: 'subnet', q: '', sort: '-cidr' } };
const VLANS: ShownTable = { dataset: 'vlans', query: { q: 'voice' } };
const LINES: Readonly<Record<string, object[]>> = {
  pools: [
    {
      id: 1,
      name: '=1+1',
      tags: { env: 'prod' },
      rules: null,
      utilization: { used: '5', total: '8' },
    },
    { id: 2, name: 'two', tags: {}, rules: null, utilization: { used: '0', total: '8' } },
  ],
  vlans: [{ id: 7, vid: 120 }],
};

let api: FakeApi;
let saved: { name: string; content: Blob } | undefined;
const closed = jest.fn();
let clicked: jest.SpyInstance;
beforeEach(() => {
  closed.mockClear();
  saved = undefined;
  let content: Blob | undefined;
  URL.createObjectURL = (blob: Blob) => ((content = blob), 'blob:file');
  URL.revokeObjectURL = () => undefined;
  clicked = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    if (content) saved = { name: this.download, content };
  });
  api = fakeApi().file(
    EXPORT,
    ({ query }) => `cloudpam-${query['datasets'] ?? 'netbox'}.${query['format'] ?? ''}`,
    ({ query }) =>
      (LINES[query['datasets'] ?? ''] ?? []).map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
});
afterEach(() => {
  clicked.mockRestore();
  expect(api.unexpected).toEqual([]);
});

const open = (shown: ShownTable) => show(<ExportDialog shown={shown} onClose={closed} />);
const asked = () => api.made('get', EXPORT).map(({ query }) => query);
const press = async (user: ReturnType<typeof show>): Promise<void> => {
  await user.click(screen.getByRole('button', { name: 'Export' }));
  await waitFor(() => expect(closed).toHaveBeenCalled());
};

describe('ExportDialog', () => {
  it('exports the table beside it as it is filtered and sorted, as CSV', async () => {
    const user = open(POOLS);
    await screen.findByRole('dialog', { name: 'Export' });
    const shown = screen.getByRole('radio', { name: 'Pools as filtered and sorted here' });
    expect(shown).toHaveProperty('checked', true);
    await press(user);
    expect(asked()).toEqual([{ datasets: 'pools', format: 'csv', kind: 'subnet', sort: '-cidr' }]);
    expect(saved?.name).toMatch(/^cloudpam-pools-\d{4}-\d\d-\d\d\.csv$/);
    expect(await screen.findByText(/^Exported cloudpam-pools-/)).toBeTruthy();
  });

  it('exports data sets of choice, without the filters', async () => {
    const user = open(POOLS);
    const sets = await screen.findByRole('group', { name: 'Data sets' });
    await user.click(within(sets).getByRole('checkbox', { name: 'Accounts' }));
    await user.click(within(sets).getByRole('checkbox', { name: 'Audit log' }));
    expect(screen.getByRole('radio', { name: 'Everything of some data sets' })).toHaveProperty(
      'checked',
      true,
    );
    await user.click(screen.getByRole('radio', { name: /^JSON lines/ }));
    await press(user);
    expect(asked()).toEqual([
      { datasets: 'pools,addresses,ranges,vrfs,vlan-groups,vlans,audit', format: 'jsonl' },
    ]);
  });

  it('needs a data set', async () => {
    const user = open(VLANS);
    const sets = await screen.findByRole('group', { name: 'Data sets' });
    for (const name of ['Pools', 'Addresses', 'Ranges', 'Accounts', 'VRFs', 'VLAN groups', 'VLANs'])
      await user.click(within(sets).getByRole('checkbox', { name }));
    expect(screen.getByRole('button', { name: 'Export' })).toHaveProperty('disabled', true);
  });

  it('makes a workbook with a sheet for each data set, whose texts stay texts', async () => {
    const user = open(POOLS);
    const sets = await screen.findByRole('group', { name: 'Data sets' });
    for (const name of ['Addresses', 'Ranges', 'Accounts', 'VRFs', 'VLAN groups'])
      await user.click(within(sets).getByRole('checkbox', { name }));
    await user.click(screen.getByRole('radio', { name: /^Excel/ }));
    await press(user);
    expect(asked()).toEqual([
      { datasets: 'pools', format: 'jsonl' },
      { datasets: 'vlans', format: 'jsonl' },
    ]);
    expect(saved?.name).toMatch(/^cloudpam-export-.*\.xlsx$/);
    const bytes = new Uint8Array((await saved?.content.arrayBuffer()) ?? new ArrayBuffer(0));
    const { csvsOfWorkbook } = await import('@cloudpam/workbook');
    expect(csvsOfWorkbook('b', bytes)).toEqual([
      {
        name: 'b/Pools',
        text: 'id,name,tags,rules,used,total\n1,=1+1,"{""env"":""prod""}",,5,8\n2,two,{},,0,8\n',
      },
      { name: 'b/VLANs', text: 'id,vid\n7,120\n' },
    ]);
  });

  it('says that a workbook has not so many rows', async () => {
    const many = `${JSON.stringify({ id: 1 })}\n`.repeat(200_001);
    api.file(
      EXPORT,
      () => 'vlans.jsonl',
      () => many,
    );
    const user = open(VLANS);
    await user.click(await screen.findByRole('radio', { name: /^Excel/ }));
    await user.click(screen.getByRole('button', { name: 'Export' }));
    expect((await screen.findByRole('alert')).textContent).toContain('more than 200,000 rows');
    expect([saved, closed.mock.calls.length]).toEqual([undefined, 0]);
  });

  it('exports for NetBox what NetBox takes: pools as filtered, or everything', async () => {
    const user = open(POOLS);
    await user.click(await screen.findByRole('radio', { name: /^NetBox/ }));
    await press(user);
    expect(asked()).toEqual([{ format: 'netbox', kind: 'subnet', sort: '-cidr' }]);
  });

  it('exports everything for NetBox where the table is none of its', async () => {
    const user = open(VLANS);
    await user.click(await screen.findByRole('radio', { name: /^NetBox/ }));
    const shown = screen.getByRole('radio', { name: 'VLANs as filtered and sorted here' });
    expect(shown).toHaveProperty('disabled', true);
    await press(user);
    expect(asked()).toEqual([{ format: 'netbox' }]);
  });

  it('says what went wrong, and tries again', async () => {
    api.refuse('get', EXPORT, 503, { code: 'busy', detail: 'Too many exports wait.' });
    const user = open(VLANS);
    await user.click(await screen.findByRole('button', { name: 'Export' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Too many exports wait.');
    api.file(
      EXPORT,
      () => 'vlans.csv',
      () => 'id\n',
    );
    await press(user);
    expect(await saved?.content.text()).toBe('id\n');
  });
});

describe('ExportButton', () => {
  it('opens the dialog by key, and has the focus again after Escape', async () => {
    const user = show(<ExportButton shown={VLANS} />);
    const button = await screen.findByRole('button', { name: 'Export' });
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBeNull());
    button.focus();
    await user.keyboard('{Enter}');
    await screen.findByRole('dialog', { name: 'Export' });
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(button));
  });

  it('says who may not export', async () => {
    api.on('get', '/api/v1/me', { ...VIEWER, permissions: [] });
    show(<ExportButton shown={VLANS} />);
    const button = await screen.findByRole('button', { name: 'Export' });
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'));
  });

  it('tells how much has come, and ends it by Cancel', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const fetchAll = globalThis.fetch;
    let signal: AbortSignal | undefined;
    globalThis.fetch = async (request) => {
      if (!(request instanceof Request) || !request.url.includes(EXPORT)) return fetchAll(request);
      signal = request.signal;
      return new Response(readable as unknown as BodyInit); // of Node, as its Response
    };
    const user = show(<ExportButton shown={VLANS} />);
    await user.click(await allowedButton('Export'));
    const dialog = await screen.findByRole('dialog', { name: 'Export' });
    await user.click(within(dialog).getByRole('button', { name: 'Export' }));
    await within(dialog).findByText('Waiting for a turn');
    void writer.write(new Uint8Array(1_500_000));
    await within(dialog).findByText('1.5 MB so far');
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(signal?.aborted).toBe(true));
    expect([screen.queryByRole('dialog'), saved]).toEqual([null, undefined]);
  });
});
