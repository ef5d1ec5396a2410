import type { Schemas } from '@cloudpam/api-client';
import { screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { ImportPage } from '../import/import-page';
import type { Call, FakeApi } from './fake-api';
import { listOf } from './samples';
import { allowedButton, fakeApi, show } from './show';

export const IMPORT = '/api/v1/import';
export const MAPS = '/api/v1/import/maps';

/** An API that has nothing, and plans what it is given in one way. */
export function importApi(
  answer: Schemas['ImportResult'] | ((call: Call) => Schemas['ImportResult']),
): FakeApi {
  const api = fakeApi().on('get', MAPS, listOf());
  planBy(api, answer);
  return api;
}

/** Plans from now on in this way. */
export function planBy(
  api: FakeApi,
  answer: Schemas['ImportResult'] | ((call: Call) => Schemas['ImportResult']),
): void {
  api.lines('post', IMPORT, (call) => [
    { stage: 'planning', done: 1, of: 2 },
    { result: typeof answer === 'function' ? answer(call) : answer },
  ]);
}

/** A file to import. */
export function csv(name = 'sites.csv'): File {
  return new File(['Network;Site\n10.0.0.0/8;core\n'], name);
}

/** What files are given to. */
export function fileInput(): HTMLInputElement {
  return document.querySelector('input[type=file]')!; // It is on the page of the files.
}

/** The last request for a plan, or to apply one. */
export function sentTo(api: FakeApi): Call {
  return api.made('post', IMPORT).at(-1)!; // One was made.
}

/** How the last request said that the files are to be read. */
export function mapSentTo(api: FakeApi): unknown {
  const map = sentTo(api).form?.get('map');
  return typeof map === 'string' ? JSON.parse(map) : undefined;
}

/** The title of a step. */
export function title(name: string): Promise<HTMLElement> {
  return screen.findByRole('heading', { name });
}

/** The wizard without a file. */
export async function atFiles(): Promise<UserEvent> {
  const user = show(<ImportPage />, '/import');
  await screen.findByRole('button', { name: 'Choose files' });
  return user;
}

/** The wizard with a file that the server has looked at. */
export async function withFile(): Promise<UserEvent> {
  const user = await atFiles();
  await user.upload(fileInput(), csv());
  await allowedButton('Next: columns');
  return user;
}

/** The wizard at its second step. */
export async function atColumns(): Promise<UserEvent> {
  const user = await withFile();
  await user.click(await allowedButton('Next: columns'));
  await title('What do the columns mean?');
  return user;
}

/** The wizard at its third step. */
export async function atPlan(): Promise<UserEvent> {
  const user = await atColumns();
  await user.click(await allowedButton('Next: plan'));
  await title('What would happen');
  return user;
}

/** What is kept as a file by what is done. */
export async function keptBy(act: () => Promise<void>): Promise<{ name: string; text: string }> {
  let content: Blob | undefined;
  let name = '';
  URL.createObjectURL = (blob) => {
    content = blob as Blob;
    return 'blob:kept';
  };
  URL.revokeObjectURL = () => undefined;
  const clicked = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    name = this.download;
  });
  await act();
  clicked.mockRestore();
  return { name, text: (await content?.text()) ?? '' };
}
