import { screen, waitFor } from '@testing-library/react';
import { importAnswer, SAMPLE_ROWS } from '../testing/import-samples';
import {
  atPlan,
  IMPORT,
  importApi,
  keptBy,
  planBy,
  sentTo,
  title,
  withFile,
} from '../testing/import-walk';
import { allowedButton } from '../testing/show';
import type { FakeApi } from '../testing/fake-api';
import type { UserEvent } from '@testing-library/user-event';

const { core, berlin } = SAMPLE_ROWS;

let api: FakeApi;
beforeEach(() => {
  api = importApi(importAnswer([core, berlin]));
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('applying', () => {
  const apply = async (): Promise<UserEvent> => {
    const user = await atPlan();
    await user.click(await allowedButton(/^Apply/));
    return user;
  };

  it('sends the plan that was seen, tells how far it is, and then what came of it', async () => {
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    api.lines('post', IMPORT, async function* ({ query }) {
      if (query['dry_run'] === 'true') return yield { result: importAnswer([core, berlin]) };
      yield { stage: 'applying', done: 1, of: 2 };
      await held;
      yield { result: importAnswer([{ ...core, id: 31 }, berlin], { applied: true }) };
    });
    const user = await apply();
    await waitFor(() =>
      expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain(
        'Writing, 50 %',
      ),
    );
    expect(document.activeElement).toBe(await title('Applying the plan'));
    goOn();
    expect(await screen.findByText('Done: 2 records created, 0 updated.')).toBeTruthy();
    expect(sentTo(api).query).toEqual({
      format: 'auto',
      limit: '10000',
      dry_run: 'false',
      plan: 'plan-1',
      mode: 'all',
    });
    expect(screen.getByRole('link', { name: 'Go to the pools' }).getAttribute('href')).toBe(
      '/pools',
    );
    const kept = await keptBy(() => user.click(screen.getByRole('button', { name: 'JSON' })));
    expect(JSON.parse(kept.text)).toMatchObject({ applied: true, rows: [{ id: 31 }, {}] });
    // Nothing is left to lose.
    const unload = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(unload);
    expect(unload.defaultPrevented).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Import other files' }));
    await title('Which files?');
    expect(screen.queryByText('sites.csv')).toBeNull();
  });

  it('is cancelled by closing the connection', async () => {
    let note = (): void => undefined;
    const cut = new Promise<void>((resolve) => (note = resolve));
    api.lines('post', IMPORT, async function* ({ query, signal }) {
      if (query['dry_run'] === 'true') return yield { result: importAnswer([core]) };
      signal.addEventListener('abort', note);
      yield { stage: 'applying', done: 0, of: 1 };
      await cut;
    });
    const user = await apply();
    await user.click(await screen.findByRole('button', { name: 'Cancel the import' }));
    await cut;
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Cancelled\./);
    planBy(api, importAnswer([berlin]));
    await user.click(screen.getByRole('button', { name: 'Plan again' }));
    const grid = await screen.findByRole('grid', { name: 'Rows of the plan' });
    await waitFor(() => expect(grid.textContent).toContain('berlin'));
  });

  it('offers to plan again where the tree has changed meanwhile', async () => {
    planBy(api, importAnswer([core]));
    await withFile().then(async (user) => {
      await user.click(await allowedButton('Next: columns'));
      await user.click(await allowedButton('Next: plan'));
      api.refuse('post', IMPORT, 409, { code: 'plan_changed', detail: 'The tree has changed.' });
      await user.click(await allowedButton('Apply 1 change'));
      const alert = await screen.findByRole('alert');
      expect(alert.textContent).toContain('The tree has changed.');
      expect(alert.textContent).toContain('Nothing was written.');
      planBy(api, importAnswer([core], { plan: 'plan-2' }));
      await user.click(screen.getByRole('button', { name: 'Plan again' }));
      await user.click(await allowedButton('Apply 1 change'));
      await waitFor(() => expect(sentTo(api).query['plan']).toBe('plan-2'));
    });
  });
});
