import type { Locator, Page } from 'playwright-core';
import type { List, Pool } from '../api';
import type { Server } from '../start-server';

export type Trial = () => Promise<void>;

/** What a person does with the page, and what they see of it then. */
export function handsOf(page: Page, server: Server) {
  const visit = (to: string): Promise<unknown> => page.goto(`${server.url}${to}`);
  const dialog = (): Locator => page.getByRole('dialog');
  const closed = (): Promise<void> => dialog().waitFor({ state: 'hidden' });
  const button = (name: string, within: Page | Locator = page): Locator =>
    within.getByRole('button', { name, exact: true });
  const box = (name: string, within: Page | Locator = page): Locator =>
    within.getByRole('textbox', { name, exact: true });
  const options = (): Locator => page.getByRole('option').filter({ visible: true });
  const get = async <T>(to: string): Promise<T> => server.api.expect(200, server.api.get<T>(to));
  const pool = async (name: string): Promise<Pool> => {
    const found = (await get<List<Pool>>(`/pools?q=${encodeURIComponent(name)}`)).items.find(
      (each) => each.name === name,
    );
    if (!found) throw new Error(`there is no pool ${name}`);
    return found;
  };
  const shown = (text: string): Promise<void> =>
    page.getByRole('main').getByText(text, { exact: true }).first().waitFor();
  const gone = (text: string): Promise<void> =>
    page.getByRole('main').getByText(text, { exact: true }).first().waitFor({ state: 'detached' });
  /** Types each text into the box, and sees one thing and not the other. */
  const narrows = async (
    to: string,
    cases: readonly (readonly [typed: string, seen: string, hidden: string, readAs?: string])[],
  ): Promise<void> => {
    await visit(to);
    for (const [typed, seen, hidden, readAs = ''] of cases) {
      const answered = page.waitForResponse(
        (response) => new URL(response.url()).searchParams.get('q') === typed,
      );
      await box('Filter by text').fill(typed);
      expect((await answered).status()).toBe(200);
      await shown(seen);
      await gone(hidden);
      expect([
        typed,
        await page.getByRole('status', { name: 'How the text was read' }).innerText(),
      ]).toEqual([typed, readAs]);
    }
  };
  /**
   * Takes the first choice of every filter with choices: it has some, and the list is asked for it
   * and answers.
   */
  const offers = async (to: string, search: string, least: readonly string[]): Promise<void> => {
    await visit(to);
    const filters = page.getByRole('search', { name: search }).getByRole('combobox');
    await filters.first().waitFor();
    const names: string[] = [];
    for (const filter of await filters.all()) {
      const name = (await filter.getAttribute('aria-label')) ?? '';
      if ((await filter.getAttribute('placeholder')) !== name) continue;
      names.push(name);
      await visit(to);
      await filter.click();
      const asked = page.waitForResponse((response) =>
        /\/api\/v1\/(pools|discovery\/resources)\?/.test(response.url()),
      );
      await options().first().click();
      const answer = await asked;
      const has = least.includes(name) ? ((await answer.json()) as List<unknown>).total : 1;
      expect([name, answer.status(), has > 0]).toEqual([name, 200, true]);
    }
    expect(names).toEqual(expect.arrayContaining([...least]));
  };
  const newPool = async (fill: Trial, name: string): Promise<Pool> => {
    await visit('/pools');
    await button('New pool').click();
    await box('Name', dialog()).fill(name);
    await fill();
    await button('Create pool', dialog()).click();
    await closed();
    return pool(name);
  };
  /** A pool in `corp` with what is inherited from it, without a word about that in the dialog. */
  const allocated = async (above: string, fill: Trial, name: string): Promise<Pool> => {
    await visit(`/pools/${(await pool(above)).id}`);
    await button('Allocate').click();
    await box('Name', dialog()).fill(name);
    await fill();
    await button('Allocate', dialog()).click();
    await closed();
    return pool(name);
  };
  const edited = async (name: string, fill: Trial): Promise<Record<string, unknown>> => {
    const { id, cidr } = await pool(name);
    await visit(`/pools/${id}`);
    await button(`Actions for ${cidr}`).first().click();
    await page.getByRole('menuitem', { name: 'Edit…', exact: true }).click();
    await fill();
    await button('Save', dialog()).click();
    await closed();
    return get(`/pools/${id}`);
  };
  /** What was made with all placeholders of a form typed into it. */
  const newRecord = async <T>(
    records: string,
    one: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<T[]> => {
    await visit(`/${records}`);
    await button(`New ${one}`).click();
    for (const [label, value] of Object.entries(fields)) {
      const field = dialog()
        .getByLabel(label, { exact: true })
        .or(dialog().getByLabel(`${label} *`, { exact: true }))
        .first();
      if (label === 'Provider') {
        await field.click();
        await page.getByRole('option', { name: value, exact: true }).click();
      } else await field.fill(value);
      if (label === 'Regions') await field.press('Enter');
    }
    await button(`Create ${one}`, dialog()).click();
    await closed();
    return (await get<List<T>>(`/${records}?page_size=500`)).items as T[];
  };
  return {
    visit,
    dialog,
    closed,
    button,
    box,
    options,
    get,
    pool,
    shown,
    gone,
    narrows,
    offers,
    newPool,
    allocated,
    edited,
    newRecord,
  };
}
