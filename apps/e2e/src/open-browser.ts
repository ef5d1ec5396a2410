import { chromium, type Browser } from 'playwright-core';

/** A real Chromium, from the packages alone: it brings the libraries that a bare machine lacks. */
export async function openBrowser(): Promise<Browser> {
  // Read when the package is loaded: it unpacks its libraries only where it believes to be in that
  // environment.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs20.x';
  const { default: bundled } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await bundled.executablePath(),
    args: ['--no-sandbox', '--headless=shell', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}
