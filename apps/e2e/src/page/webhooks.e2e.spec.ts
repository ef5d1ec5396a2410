import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { ROOT } from '../start-server';
import { openPage, type OpenPage } from './open-page';

/** `SCREENSHOTS=1` writes those of the documentation. */
const SCREENSHOTS =
  process.env['SCREENSHOTS'] === '1' ? path.join(ROOT, 'docs/screenshots') : undefined;

describe('the webhooks of the page, with a receiver that fails and recovers', () => {
  let open: OpenPage;
  let receiver: HttpServer;
  let status = 204;
  let answer = 'the queue is full';
  const received: string[] = [];

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      received.push(String(request.headers['webhook-id']));
      request.resume().once('end', () => {
        response.statusCode = status;
        response.end(status === 204 ? undefined : answer);
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    open = await openPage();
  }, 120_000);
  afterAll(async () => {
    await open.close();
    receiver.closeAllConnections();
    receiver.close();
  });

  const button = (name: string): Locator => open.page.getByRole('button', { name, exact: true });
  const deliveries = (): Locator => open.page.getByRole('table', { name: 'Deliveries' });
  const addPool = (name: string, cidr: string): Promise<unknown> =>
    open.server.api.expect(201, open.server.api.post('/pools', { name, cidr }));
  const picture = async (name: string): Promise<void> => {
    if (SCREENSHOTS === undefined) return;
    mkdirSync(SCREENSHOTS, { recursive: true });
    await open.page.mouse.move(0, 0);
    await open.page.screenshot({
      path: path.join(SCREENSHOTS, `${name}.png`),
      animations: 'disabled',
      style: '.mantine-Notifications-root { visibility: hidden }',
    });
  };
  const fits = async (): Promise<void> => {
    const [width, shown] = await open.page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(width).toBe(shown);
  };

  it('make one with a preview of the newest event, and show its secret once', async () => {
    const { page } = open;
    await addPool('lab', '10.250.0.0/24');
    await open.visit('/webhooks');
    await button('New webhook').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('chat-ops');
    const { port } = receiver.address() as AddressInfo; // of a listening TCP server
    await dialog.getByRole('textbox', { name: 'URL' }).fill(`http://127.0.0.1:${port}/cloudpam`);
    await dialog.getByRole('combobox', { name: 'Events' }).fill('pool.create');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await dialog
      .getByText(/Of the newest event that passes: org.cloudpam.pool.create.v1/)
      .waitFor();
    await picture('webhook-new');
    await dialog.getByRole('button', { name: 'Create webhook' }).click();
    await dialog
      .getByText(/^whsec_/)
      .or(dialog.getByRole('textbox'))
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
  });

  it('show what was delivered, what failed and when it is tried again', async () => {
    const { page } = open;
    await open.visit('/webhooks');
    await page.getByRole('link', { name: 'chat-ops' }).click();
    await addPool('branch', '10.251.0.0/24');
    await deliveries().getByText('HTTP 204').first().waitFor();
    status = 503;
    await addPool('annex', '10.252.0.0/24');
    await page.getByText('The last attempt failed').waitFor();
    await deliveries().getByRole('cell', { name: 'HTTP 503', exact: true }).waitFor();
    await fits();
    await picture('webhook');
    await page.setViewportSize({ width: 390, height: 900 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await fits();
    const last = await button('Delete…').boundingBox();
    expect((last?.x ?? 390) + (last?.width ?? 0)).toBeLessThanOrEqual(390);
    await open.visit('/webhooks');
    await page.getByRole('link', { name: 'chat-ops' }).waitFor();
    await fits();
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1_440, height: 900 });
    status = 204;
    await page.getByRole('link', { name: 'chat-ops' }).click();
    await page.getByText('The last attempt failed').waitFor({ state: 'detached' });
    // Told again, an event has the same id.
    expect(new Set(received).size).toBe(2);
    expect(received.length).toBeGreaterThan(2);
  });

  it('keep all columns in sight, however long URLs, answers and lists of recipients are', async () => {
    const { page, server } = open;
    const { port } = receiver.address() as AddressInfo; // it listens on a port
    const { id } = await server.api.expect(
      201,
      server.api.post<{ id: number }>('/webhooks', {
        name: 'long',
        url: `http://127.0.0.1:${port}/${'a'.repeat(1_500)}`,
      }),
    );
    await server.api.expect(
      201,
      server.api.post('/digests', {
        name: 'morning',
        recipients: Array.from({ length: 50 }, (_, at) => `somebody-${at}@example.com`),
        schedule: { every: 'daily', hour: 7, time_zone: 'UTC' },
      }),
    );
    const inSight = async (last: Locator): Promise<void> => {
      await last.waitFor();
      const box = await last.boundingBox();
      expect((box?.x ?? 1_440) + (box?.width ?? 0)).toBeLessThanOrEqual(1_440);
    };
    await open.visit('/webhooks');
    await inSight(page.getByRole('columnheader', { name: 'Age' }));
    await open.visit('/digests');
    await inSight(button('Delete morning'));
    [status, answer] = [500, 'x'.repeat(1_000)];
    await addPool('long', '10.253.0.0/24');
    await open.visit(`/webhooks/${id}`);
    await deliveries().getByText(answer).waitFor();
    await inSight(page.getByRole('columnheader', { name: 'Next' }));
    status = 204;
  });
});
