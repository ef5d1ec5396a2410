import { screen, waitFor, within } from '@testing-library/react';
import { importAnswer, importTable, SAMPLE_ROWS, savedMap } from '../testing/import-samples';
import {
  atColumns,
  IMPORT,
  importApi,
  mapSentTo,
  MAPS,
  planBy,
  sentTo,
} from '../testing/import-walk';
import { account, listOf } from '../testing/samples';
import { allowedButton } from '../testing/show';
import type { FakeApi } from '../testing/fake-api';

const { core, berlin } = SAMPLE_ROWS;

const MAP = '/api/v1/import/maps/{name}';

let api: FakeApi;
beforeEach(() => {
  api = importApi(importAnswer([core, berlin]));
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('the columns', () => {
  it('are guessed, shown with their first rows, and set otherwise', async () => {
    const user = await atColumns();
    expect((screen.getByRole('combobox', { name: 'CIDR' }) as HTMLInputElement).value).toBe(
      'Network',
    );
    const preview = screen.getByRole('table', { name: 'First rows of sites.csv' });
    expect(within(preview).getAllByRole('row')).toHaveLength(3);
    expect(within(preview).getByText('10.1.0.0/16')).toBeTruthy();
    await user.click(screen.getByRole('combobox', { name: 'Description' }));
    await user.click(await screen.findByRole('option', { name: 'Site' }));
    await user.click(screen.getByRole('checkbox', { name: 'Rack' }));
    await user.click(screen.getByRole('switch', { name: /^Take set host bits away/ }));
    await user.type(screen.getByRole('combobox', { name: 'VRF of rows that name none' }), 'lab');
    await waitFor(() => {
      expect(mapSentTo(api)).toEqual({
        columns: { description: 'Site' },
        tags: ['Rack'],
        vrf: 'lab',
      });
      expect(sentTo(api).query['fix']).toBe('canonical');
    });
  });

  it('have words that can mean something else', async () => {
    api.on('get', '/api/v1/accounts', listOf(account()));
    const user = await atColumns();
    await user.click(screen.getByRole('combobox', { name: 'Status in use' }));
    await user.click(await screen.findByRole('option', { name: 'Active' }));
    await user.click(screen.getByRole('combobox', { name: 'Status free' }));
    await user.click(await screen.findByRole('option', { name: 'Left out' }));
    const tenant = screen.getByRole('group', { name: 'Tenant' });
    await user.type(within(tenant).getByRole('textbox', { name: 'Another word' }), 'ACME{Enter}');
    expect(await within(tenant).findByText('ACME')).toBeTruthy();
    await waitFor(() =>
      expect(mapSentTo(api)).toEqual({
        words: {
          status: { 'in use': { status: 'active' }, free: null },
          tenant: { ACME: 'aws:111122223333' },
        },
      }),
    );
  });

  it('that no table has are told, and what was guessed is taken again', async () => {
    api.on('get', MAPS, listOf(savedMap({ name: 'old', map: { tags: ['Floor'] } })));
    const user = await atColumns();
    api.refuse('post', IMPORT, 422, { code: 'invalid_map', detail: 'No table has “Floor”.' });
    await user.click(await screen.findByRole('combobox', { name: 'Read as saved' }));
    await user.click(await screen.findByRole('option', { name: 'old' }));
    expect((await screen.findByRole('alert')).textContent).toContain('No table has “Floor”.');
    expect(screen.getByRole('table', { name: 'First rows of sites.csv' })).toBeTruthy();
    planBy(api, importAnswer([core]));
    await user.click(screen.getByRole('button', { name: 'Back to what was guessed' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    await allowedButton('Next: plan');
  });

  it('of a known format are shown on demand only', async () => {
    planBy(api, importAnswer([core], { tables: [importTable({ format: 'phpipam' })] }));
    const user = await atColumns();
    expect(screen.queryByRole('combobox', { name: 'CIDR' })).toBeNull();
    await user.click(screen.getByRole('checkbox', { name: /^Also the columns of 1 table/ }));
    expect(screen.getByRole('combobox', { name: 'CIDR' })).toBeTruthy();
  });

  it('are saved by a name, and read so again', async () => {
    const saved = savedMap({ name: 'sites', map: { tags: ['Rack'] } });
    api.on('get', MAPS, listOf(saved)).on('put', MAP, saved).on('delete', MAP, saved);
    const user = await atColumns();
    await user.click(await screen.findByRole('combobox', { name: 'Read as saved' }));
    await user.click(await screen.findByRole('option', { name: 'sites' }));
    expect((screen.getByRole('checkbox', { name: 'Rack' }) as HTMLInputElement).checked).toBe(true);
    await user.type(screen.getByRole('textbox', { name: 'Save what is set below as' }), 'a b');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(api.made('put', MAP)).toHaveLength(1));
    expect(api.made('put', MAP)[0]).toMatchObject({
      line: 'PUT /api/v1/import/maps/a%20b',
      body: { map: { tags: ['Rack'] } },
    });
    await user.click(await screen.findByRole('combobox', { name: 'Read as saved' }));
    await user.click(await screen.findByRole('option', { name: 'sites' }));
    await user.click(screen.getByRole('button', { name: 'Delete what is saved as sites' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete sites' });
    await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.made('delete', MAP)[0]?.line).toBe('DELETE /api/v1/import/maps/sites');
  });
});
