import type { Locator, Page } from 'playwright-core';
import type { Server } from '../start-server';
import { handsOf, type Trial } from './hands';

/** Trials of the placeholders of the import, by what `placeholders` calls them. */
export function importTrials(page: Page, server: Server): Readonly<Record<string, Trial>> {
  const { visit, button } = handsOf(page, server);
  /** The step of the columns, of a table with two networks. */
  const inWizard = async (): Promise<void> => {
    await visit('/import');
    const csv = 'Network,Status\n10.77.0.0/24,active\n10.78.0.0/24,reserved\n';
    await page.setInputFiles('input[type=file]', [
      { name: 'tried.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
    ]);
    await button('Next: columns').click();
    await page.getByRole('heading', { name: 'What do the columns mean?' }).waitFor();
  };
  /** The row of the plan that is about a network. */
  const planned = (cidr: string): Locator =>
    page.getByRole('grid', { name: 'Rows of the plan' }).getByRole('row').filter({ hasText: cidr });

  return {
    'import/columns-step.tsx, VRF of rows that name none: global': async () => {
      await inWizard();
      await button('Next: plan').click();
      await planned('10.77.0.0/24').getByText('global', { exact: true }).waitFor();
    },
    'import/plan-filter-bar.tsx, Filter by text: CIDR, name, file…': async () => {
      await inWizard();
      await button('Next: plan').click();
      for (const [text, found, other] of [
        ['10.77', '10.77.0.0/24', '10.78.0.0/24'],
        ['10.78.0.0/24', '10.78.0.0/24', '10.77.0.0/24'],
      ] as const) {
        await page.getByPlaceholder('CIDR, name, file…', { exact: true }).fill(text);
        await planned(other).waitFor({ state: 'detached' });
        await planned(found).waitFor();
      }
      await page.getByRole('combobox', { name: 'Action', exact: true }).click();
      await page.getByRole('option', { name: 'Error', exact: true }).click();
      await planned('10.78.0.0/24').waitFor({ state: 'detached' });
    },
    'import/saved-maps.tsx, Read as saved: Nothing is saved yet': async () => {
      await inWizard();
      const saved = page.getByRole('combobox', { name: 'Read as saved', exact: true });
      expect(await saved.isDisabled()).toBe(true);
      expect(await saved.getAttribute('placeholder')).toBe('Nothing is saved yet');
    },
    'import/saved-maps.tsx, Read as saved: Choose': async () => {
      await server.api.expect(
        200,
        server.api.send('PUT', '/import/maps/tried', JSON.stringify({ map: { vrf: 'lab' } }), {
          'content-type': 'application/json',
        }),
      );
      await inWizard();
      await page.getByPlaceholder('Choose', { exact: true }).click();
      await page.getByRole('option', { name: 'tried', exact: true }).click();
      const vrf = page.getByRole('combobox', { name: 'VRF of rows that name none', exact: true });
      expect(await vrf.inputValue()).toBe('lab');
      await server.api.expect(200, server.api.delete('/import/maps/tried'));
    },
    'import/table-columns.tsx: No column': async () => {
      await inWizard();
      await button('Next: plan').click();
      await planned('10.77.0.0/24').waitFor();
      await button('Back: columns').click();
      const region = page.getByRole('combobox', { name: 'Region', exact: true });
      expect(await region.getAttribute('placeholder')).toBe('No column');
      expect(await region.inputValue()).toBe('');
    },
    'import/word-fields.tsx: As usual': async () => {
      await inWizard();
      const word = page.getByRole('combobox', { name: 'Status reserved', exact: true });
      expect(await word.getAttribute('placeholder')).toBe('As usual');
      await word.click();
      await page.getByRole('option', { name: 'Left out' }).click();
      await button('Next: plan').click();
      await planned('10.78.0.0/24').getByText('Skip').waitFor();
    },
  };
}
