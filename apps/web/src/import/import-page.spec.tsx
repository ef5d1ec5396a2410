import { act, screen, waitFor, within } from '@testing-library/react';
import { MainNav } from '../frame/main-nav';
import { importAnswer, SAMPLE_ROWS } from '../testing/import-samples';
import { atPlan, csv, fileInput, IMPORT, importApi, title } from '../testing/import-walk';
import { me, VIEWER } from '../testing/samples';
import { allowedButton, show } from '../testing/show';
import { ImportPage } from './import-page';
import type { FakeApi } from '../testing/fake-api';

const { core, berlin } = SAMPLE_ROWS;

let api: FakeApi;
beforeEach(() => {
  api = importApi(importAnswer([core, berlin]));
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('ImportPage', () => {
  it('goes from step to step with the focus on its title, and back without losing anything', async () => {
    const user = await atPlan();
    expect(document.activeElement).toBe(await title('What would happen'));
    expect(window.location.search).toBe('?step=plan');
    await user.click(screen.getByRole('button', { name: 'Back: columns' }));
    expect(document.activeElement).toBe(await title('What do the columns mean?'));
    act(() => window.history.back());
    await title('What would happen');
    const steps = screen.getByRole('list', { name: 'Steps of the import' });
    await user.click(within(steps).getByRole('link', { name: /Files/ }));
    expect(await screen.findByText('sites.csv')).toBeTruthy();
    expect(api.made('post', IMPORT)).toHaveLength(1);
  });

  it('begins with the files when there are none, whatever the address says', async () => {
    show(<ImportPage />, '/import?step=plan');
    await title('Which files?');
    const button = await screen.findByRole('button', { name: 'Next: columns' });
    expect(button.getAttribute('aria-description')).toBe('There is no file yet.');
  });

  it('asks before it is left with files, stays, and leaves', async () => {
    const user = show(
      <>
        <MainNav />
        <ImportPage />
      </>,
      '/import',
    );
    await screen.findByRole('button', { name: 'Choose files' });
    await user.upload(fileInput(), csv());
    await allowedButton('Next: columns');
    const unload = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(unload);
    expect(unload.defaultPrevented).toBe(true);
    await user.click(screen.getByRole('link', { name: 'VRFs' }));
    await screen.findByRole('dialog', { name: 'Leave this import?' });
    await user.keyboard('{Escape}');
    expect(window.location.pathname).toBe('/import');
    await user.click(screen.getByRole('link', { name: 'VRFs' }));
    await user.click(await screen.findByRole('button', { name: 'Leave' }));
    await waitFor(() => expect(window.location.pathname).toBe('/vrfs'));
  });

  it('asks before the browser goes back to another page, and then goes there', async () => {
    window.history.replaceState(null, '', '/before');
    const user = show(
      <>
        <MainNav />
        <ImportPage />
      </>,
      '/vlans',
    );
    await user.click(await screen.findByRole('link', { name: 'Import' }));
    await screen.findByRole('button', { name: 'Choose files' });
    await user.upload(fileInput(), csv());
    await allowedButton('Next: columns');
    act(() => window.history.back());
    const dialog = await screen.findByRole('dialog', { name: 'Leave this import?' });
    await waitFor(() => expect(window.location.pathname).toBe('/import'));
    expect(screen.getByText('sites.csv')).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: 'Leave' }));
    await waitFor(() => expect(window.location.pathname).toBe('/vlans'));
  });

  it('leaves without a question while there is nothing to lose', async () => {
    const user = show(
      <>
        <MainNav />
        <ImportPage />
      </>,
      '/import',
    );
    await screen.findByRole('button', { name: 'Choose files' });
    await user.click(screen.getByRole('link', { name: 'VRFs' }));
    expect(window.location.pathname).toBe('/vrfs');
  });

  it.each([
    ['viewers', VIEWER, /^Your role is viewer/],
    ['who is limited', me({ accounts: ['aws:1'] }), /^You are limited/],
  ])('is not for %s, and says why', async (_, caller, why) => {
    api.on('get', '/api/v1/me', caller);
    show(<ImportPage />, '/import');
    expect(await screen.findByText('You may not import')).toBeTruthy();
    expect(screen.getByText(why)).toBeTruthy();
    expect(fileInput()).toBeNull();
  });
});
