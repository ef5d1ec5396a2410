import type { Locator } from 'playwright-core';
import type { Answer, Pool } from '../api';
import { axeFaults } from './axe-faults';
import { openPage, type OpenPage } from './open-page';

interface Address {
  readonly address: string;
  readonly name: string;
  readonly role: string;
}

describe('addresses of a pool, in a browser', () => {
  let open: OpenPage;
  let pool: Pool;

  beforeAll(async () => {
    open = await openPage();
    const { api } = open.server;
    const body = { cidr: '10.251.0.0/24', name: 'office', rules: { quarantine_days: 30 } };
    pool = await api.expect(201, api.post<Pool>('/pools', body));
  });
  afterAll(() => open.close());

  const records = async (): Promise<readonly Address[]> => {
    const { api } = open.server;
    const answer: Promise<Answer<{ items: Address[] }>> = api.get(`/pools/${pool.id}/addresses`);
    return (await api.expect(200, answer)).items;
  };
  const dialog = (): Locator => open.page.getByRole('dialog');
  const send = async (button: string): Promise<void> => {
    await dialog().getByRole('button', { name: button, exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
  };
  const row = (text: string): Locator => open.page.getByRole('row').filter({ hasText: text });

  it('are taken, changed and given back, kept for who had them, and released', async () => {
    const { page, visit } = open;
    await visit(`/pools/${pool.id}?tab=addresses`);
    await page.getByRole('button', { name: 'Take address', exact: true }).click();
    await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('printer');
    await dialog().getByRole('textbox', { name: 'DNS name', exact: true }).fill('no name.example');
    expect(await axeFaults(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Take', exact: true }).click();
    // What is wrong stands at its field, and nothing was taken.
    await dialog()
      .getByText(/dns_name/)
      .first()
      .waitFor();
    expect(await records()).toEqual([]);
    await dialog().getByRole('textbox', { name: 'DNS name', exact: true }).fill('Printer.example.');
    await send('Take');
    await row('10.251.0.1').getByText('printer', { exact: true }).waitFor();
    expect(await records()).toMatchObject([{ address: '10.251.0.1', name: 'printer' }]);

    await page.getByRole('button', { name: /^Edit 10\.251\.0\.1/ }).click();
    await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('printer-2');
    expect(await axeFaults(page)).toEqual([]);
    await send('Save');
    await row('10.251.0.1').getByText('printer-2', { exact: true }).waitFor();

    await page.getByRole('button', { name: /^Delete 10\.251\.0\.1/ }).click();
    expect(await axeFaults(page)).toEqual([]);
    await send('Delete address');
    await row('10.251.0.1').waitFor({ state: 'detached' });
    expect(await records()).toEqual([]);

    await page.getByRole('tab', { name: 'Ranges' }).click();
    await row('quarantine').getByText('10.251.0.1', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: /^Delete / }).click();
    await send('Delete range');
    await row('quarantine').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Addresses' }).click();
    await page.getByRole('button', { name: 'Take address', exact: true }).click();
    await send('Take');
    await row('10.251.0.1').waitFor();
  });
});
