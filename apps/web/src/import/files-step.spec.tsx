import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { importAnswer, importTable, SAMPLE_ROWS } from '../testing/import-samples';
import {
  atFiles,
  csv,
  fileInput,
  IMPORT,
  importApi,
  planBy,
  sentTo,
  withFile,
} from '../testing/import-walk';
import { allowedButton } from '../testing/show';
import type { FakeApi } from '../testing/fake-api';

const { core, berlin } = SAMPLE_ROWS;

let api: FakeApi;
beforeEach(() => {
  api = importApi(importAnswer([core, berlin]));
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('FileTable', () => {
  it('takes files by button and by dropping, says what each is and why, and lets go of them', async () => {
    planBy(api, ({ form }) => {
      const names = form!.getAll('file').map((file) => (file as File).name);
      return importAnswer([core], { tables: names.map((file) => importTable({ file })) });
    });
    const user = await withFile();
    const zone = screen.getByRole('button', { name: 'Choose files' }).parentElement!;
    fireEvent.drop(zone, { dataTransfer: { files: [csv('more.csv'), csv()] } });
    const table = screen.getByRole('table', { name: 'Files' });
    // The second one of a name is told from the first.
    expect(await within(table).findByText(/^sites \(2\)\.csv: It has a column/)).toBeTruthy();
    expect(within(table).getAllByText(/It has a column of CIDRs\./)).toHaveLength(3);
    expect(within(table).getAllByText(/Read as utf-8, with semicolons/)).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: 'Remove more.csv' }));
    await waitFor(() =>
      expect(
        sentTo(api)
          .form!.getAll('file')
          .map((file) => (file as File).name),
      ).toEqual(['sites.csv', 'sites (2).csv']),
    );
    expect(sentTo(api).query).toEqual({ format: 'auto', limit: '10000', dry_run: 'true' });
  });

  it('asks again in another format', async () => {
    const user = await withFile();
    await user.click(screen.getByRole('combobox', { name: 'Format' }));
    await user.click(await screen.findByRole('option', { name: 'phpIPAM export' }));
    await waitFor(() => expect(sentTo(api).query['format']).toBe('phpipam'));
  });

  it('shows what the server refuses to read, and looks again', async () => {
    api.refuse('post', IMPORT, 422, { code: 'import_unreadable', detail: 'No header is found.' });
    const user = await atFiles();
    await user.upload(fileInput(), csv());
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('No header is found.');
    planBy(api, importAnswer([core]));
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    await allowedButton('Next: columns');
  });

  it('shows a problem that the server finds after it has begun to answer', async () => {
    api.lines('post', IMPORT, () => [
      { stage: 'reading', done: 5, of: null },
      { problem: { status: 413, title: 'Too large', code: 'too_large', detail: 'Too many rows.' } },
    ]);
    const user = await atFiles();
    await user.upload(fileInput(), csv());
    expect((await screen.findByRole('alert')).textContent).toContain('Too many rows.');
  });

  it('refuses more than 32 MB before anything is sent', async () => {
    const user = await atFiles();
    const large = csv();
    Object.defineProperty(large, 'size', { value: 33 * 1024 * 1024 });
    await user.upload(fileInput(), large);
    expect((await screen.findByRole('alert')).textContent).toContain('at most 32 MB');
    expect(api.made('post', IMPORT)).toEqual([]);
  });
});
