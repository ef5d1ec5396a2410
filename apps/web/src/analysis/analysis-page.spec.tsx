import { screen, within } from '@testing-library/react';
import type { FakeApi } from '../testing/fake-api';
import { pool, poolAnalysis, recommendation, recommendations } from '../testing/samples';
import { allowedButton, fakeApi, show } from '../testing/show';
import { AnalysisTab } from '../pools/detail/analysis-tab';
import { AnalysisPage } from './analysis-page';

let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
});
afterEach(() => expect(api.unexpected).toEqual([]));

describe('AnalysisPage', () => {
  it('lists what to change, with what was seen, and keeps its filters in the address', async () => {
    api.on('get', '/api/v1/analysis', recommendations(recommendation()));
    const user = show(<AnalysisPage />);
    const table = await screen.findByRole('table', { name: 'Recommendations' });
    const row = await within(table).findByRole('row', { name: /10\.0\.0\.0\/16/ });
    expect(screen.getByText('Nothing was in it for 120 days.')).toBeTruthy();
    expect(within(row).getByRole('link').getAttribute('href')).toBe('/pools/7?tab=analysis');
    await user.click(screen.getByRole('radio', { name: 'Unused 1' }));
    expect(window.location.search).toBe('?kind=unused');
    expect(api.calls.at(-1)?.query['kind']).toBe('unused');
  });

  it('opens the dialog of what is recommended, filled in', async () => {
    const resize = recommendation({
      kind: 'oversized',
      action: { type: 'resize', pool_ids: [7], cidr: '10.0.0.0/20', tags: [] },
    });
    api
      .on('get', '/api/v1/analysis', recommendations(resize))
      .on('get', '/api/v1/pools/{id}', pool())
      .on('post', '/api/v1/pools/{id}/move', { ...pool({ cidr: '10.0.0.0/20' }), moved_count: 1 });
    const user = show(<AnalysisPage />);
    await user.click(await allowedButton('Resize… 10.0.0.0/16'));
    const dialog = await screen.findByRole('dialog', { name: 'Resize or move 10.0.0.0/16 core' });
    const cidr = within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'CIDR' });
    expect(cidr.value).toBe('10.0.0.0/20');
  });

  it('asks for the tags that are missing', async () => {
    const edit = recommendation({
      kind: 'breaks_rules',
      action: { type: 'edit', pool_ids: [7], cidr: null, tags: ['owner'] },
    });
    api
      .on('get', '/api/v1/analysis', recommendations(edit))
      .on('get', '/api/v1/pools/{id}', pool());
    const user = show(<AnalysisPage />);
    await user.click(await allowedButton('Set tags… 10.0.0.0/16'));
    const dialog = await screen.findByRole('dialog', { name: /^Edit/ });
    const key = within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'Tag 1 key' });
    expect(key.value).toBe('owner');
  });

  it('finds the move of a pool in pieces when it is asked for', async () => {
    const pieces = recommendation({
      kind: 'fragmented',
      action: { type: 'move', pool_ids: [], cidr: null, tags: [] },
    });
    const child = pool({ id: 8, cidr: '10.0.1.0/24', name: 'web' });
    const found = { type: 'move' as const, pool_ids: [8], cidr: '10.0.5.0/24', tags: [] };
    api
      .on('get', '/api/v1/analysis', recommendations(pieces))
      .on('get', '/api/v1/pools/{id}/analysis', poolAnalysis({ ...pieces, action: found }))
      .on('get', '/api/v1/pools/{id}', child)
      .on('post', '/api/v1/pools/{id}/move', { ...child, moved_count: 1 });
    const user = show(<AnalysisPage />);
    await user.click(await allowedButton('Move… 10.0.0.0/16'));
    const dialog = await screen.findByRole('dialog', { name: 'Resize or move 10.0.1.0/24 web' });
    const cidr = within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'CIDR' });
    expect(cidr.value).toBe('10.0.5.0/24');
  });

  it('says when all pools are analysed again, where nothing is to be changed', async () => {
    api.on('get', '/api/v1/analysis', recommendations());
    show(<AnalysisPage />);
    expect(await screen.findByText('Nothing to change')).toBeTruthy();
    expect(screen.getByText(/are analysed again at/)).toBeTruthy();
  });

  it('says that the first analysis is about to begin', async () => {
    const before = { ...recommendations(), analysed_at: null, next_at: null };
    api.on('get', '/api/v1/analysis', before);
    show(<AnalysisPage />);
    expect(await screen.findByText(/that begins within a minute/)).toBeTruthy();
  });
});

describe('AnalysisTab', () => {
  it('shows the room of each prefix length, and what to do', async () => {
    api.on('get', '/api/v1/pools/{id}/analysis', poolAnalysis(recommendation({ action: null })));
    show(<AnalysisTab pool={pool()} />);
    const table = await screen.findByRole('table', { name: 'Room by prefix length' });
    const row = within(table).getByRole('row', { name: /\/23/ });
    expect(row.textContent).toContain('50%');
    expect(screen.getByText('Somewhat in pieces')).toBeTruthy();
    expect(await screen.findByText('Nothing was in it for 120 days.')).toBeTruthy();
    expect(screen.getByText('There is nothing to change here.')).toBeTruthy();
  });
});
