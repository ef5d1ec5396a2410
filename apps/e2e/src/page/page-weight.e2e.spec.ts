/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { get } from 'node:http';
import { openPage, type OpenPage } from './open-page';

/** Bytes of scripts, gzipped as the server sends them, until the content of a page shows. */
const MOST = 150_000;

/** Notes when what a selector finds is there. Runs in the browser. */
function noteShown(selector: string): void {
  new MutationObserver((_, observer) => {
    if (document.querySelector(selector) === null) return;
    Object.assign(window, { shownAt: performance.now() });
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

/** Addresses of the scripts that were asked for until then. Runs in the browser. */
function scriptsBefore(): string[] {
  const { shownAt } = window as unknown as { shownAt: number }; // noted above
  return performance
    .getEntriesByType('resource')
    .filter(({ name, startTime }) => name.endsWith('.js') && startTime <= shownAt)
    .map(({ name }) => name);
}

describe('the weight of the page', () => {
  let open: OpenPage;
  beforeEach(async () => {
    open = await openPage();
  });
  afterEach(() => open.close());

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

  /** Bytes of the scripts that are asked for until the content of a page is there. */
  async function weightOf(path: string, call: string, loading: string, content: string) {
    await open.context.addInitScript(noteShown, content);
    // A slow answer: whatever does not wait for the content comes before it.
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await open.context.route(call, async (route) => {
      await held;
      await route.continue();
    });
    await open.visit(path);
    await open.page.getByLabel(loading).waitFor();
    letGo();
    await open.page.waitForFunction(() => 'shownAt' in window);
    const scripts = await open.page.evaluate(scriptsBefore);
    const sizes = await Promise.all(scripts.map(sentBytes));
    const sum = sizes.reduce((all, size) => all + size, 0);
    console.info(`${scripts.length} scripts, ${sum} bytes gzipped, until ${path} shows`);
    expect(sum).toBeGreaterThan(50_000);
    return sum;
  }

  it('is at most 150 kB of scripts until the pool table shows', async () => {
    const firstRow = '[role=treegrid] [aria-rowindex="2"]';
    const sum = await weightOf('/pools', '**/api/v1/pools?*', 'Loading pools', firstRow);
    expect(sum).toBeLessThanOrEqual(MOST);
    // What is left out comes right after it.
    await open.page.getByRole('searchbox', { name: 'Search' }).waitFor();
    await open.page.getByRole('button', { name: 'New pool', exact: true }).waitFor();
  });

  it('is at most 150 kB of scripts until the dashboard shows, and charts come after it', async () => {
    const figures = 'nav[aria-label="Key figures"]';
    const sum = await weightOf('/', '**/api/v1/dashboard', 'Loading the dashboard', figures);
    expect(sum).toBeLessThanOrEqual(MOST);
    await open.page.getByRole('searchbox', { name: 'Search' }).waitFor();
  });
});
