import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../open-browser';
import { runCollector } from '../run-collector';
import { ROOT, startServer, TOKEN, type Server } from '../start-server';
import { SQLITE } from '../storages';

/** A server with the demo estate, and a browser whose tabs are signed in as admin. */
export interface OpenPage {
  readonly server: Server;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Goes to a path of the page. */
  visit(to: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens the built page in a browser. */
export async function openPage(): Promise<OpenPage> {
  const database = await SQLITE.open();
  const server = await startServer(database.url, {
    CLOUDPAM_SECRET_KEY: 's'.repeat(32),
    WEBHOOK_ALLOW: '127.0.0.0/8',
  });
  await runCollector(server, path.join(ROOT, 'examples/estate'));
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
  await context.addInitScript(`sessionStorage.setItem('cloudpam.token', '${TOKEN}')`);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return {
    server,
    browser,
    context,
    page,
    visit: (to) => page.goto(`${server.url}${to}`),
    close: async () => {
      await browser.close();
      await server.stop();
      await database.remove();
    },
  };
}
