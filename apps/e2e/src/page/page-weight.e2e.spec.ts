/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { get } from 'node:http';
import { openPage, type OpenPage } from './open-page';

/** Bytes of scripts, gzipped as the server sends them, until the pool table shows. */
const MOST = 150_000;

/** Notes when the first pool stands in the table. Runs in the browser. */
function noteTable(): void {
  new MutationObserver((_, observer) => {
    if (document.querySelector('[role=treegrid] [aria-rowindex="2"]') === null) return;
    Object.assign(window, { tableShownAt: performance.now() });
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

/** Addresses of the scripts that were asked for until then. Runs in the browser. */
function scriptsBeforeTable(): string[] {
  const { tableShownAt } = window as unknown as { tableShownAt: number }; // noted above
  return performance
    .getEntriesByType('resource')
    .filter(({ name, startTime }) => name.endsWith('.js') && startTime <= tableShownAt)
    .map(({ name }) => name);
}

describe('the weight of the page', () => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openPage();
  });
  afterAll(() => open.close());

  /** Bytes of an answer as they travel to a client that takes gzip. */
  const sentBytes = (url: string): Promise<number> =>
    new Promise((resolve, reject) => {
      get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
        let bytes = 0;
        expect([response.statusCode, response.headers['content-encoding']]).toEqual([200, 'gzip']);
        response.on('data', (chunk: Buffer) => (bytes += chunk.length));
        response.on('end', () => resolve(bytes));
      }).on('error', reject);
    });

  it('is at most 150 kB of scripts until the pool table shows', async () => {
    await open.context.addInitScript(noteTable);
    // A slow answer: whatever does not wait for the table comes before it.
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await open.context.route('**/api/v1/pools?*', async (route) => {
      await held;
      await route.continue();
    });
    await open.visit('/pools');
    await open.page.getByLabel('Loading pools').waitFor();
    letGo();
    await open.page.waitForFunction(() => 'tableShownAt' in window);
    const scripts = await open.page.evaluate(scriptsBeforeTable);
    const sizes = await Promise.all(scripts.map(sentBytes));
    const sum = sizes.reduce((all, size) => all + size, 0);
    console.info(`${scripts.length} scripts, ${sum} bytes gzipped, until the pool table shows`);
    expect(sum).toBeGreaterThan(50_000);
    expect(sum).toBeLessThanOrEqual(MOST);
    // What is left out comes right after it.
    await open.page.getByRole('searchbox', { name: 'Search' }).waitFor();
    await open.page.getByRole('button', { name: 'New pool', exact: true }).waitFor();
  });
});
