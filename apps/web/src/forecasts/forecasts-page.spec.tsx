import { screen, within } from '@testing-library/react';
import { listOf, told } from '../testing/samples';
import { fakeApi, show } from '../testing/show';
import { ForecastsPage } from './forecasts-page';

describe('ForecastsPage', () => {
  it('lists pools that end soon, each with its band and the way to its usage', async () => {
    const api = fakeApi()
      .on('get', '/api/v1/forecasts', listOf(told()))
      .on('get', '/api/v1/vrfs', listOf());
    const user = show(<ForecastsPage />);
    const table = await screen.findByRole('table', { name: 'Pools that end soon' });
    const row = await within(table).findByRole('row', { name: /10\.0\.0\.0\/16/ });
    expect(row.textContent).toContain('Ends 2026-02-21');
    expect(row.textContent).toContain('2026-02-14 to 2026-03-02');
    expect(within(row).getByRole('link').getAttribute('href')).toBe('/pools/7?tab=usage');
    await user.click(screen.getByRole('radio', { name: '1 year' }));
    expect(window.location.search).toBe('?within=365d');
    expect(api.calls.at(-1)?.query['within']).toBe('365d');
  });

  it('says when nothing ends so soon', async () => {
    fakeApi().on('get', '/api/v1/forecasts', listOf()).on('get', '/api/v1/vrfs', listOf());
    show(<ForecastsPage />);
    expect(await screen.findByText('Nothing ends so soon')).toBeTruthy();
  });
});
