import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { BootstrapToken } from '@cloudpam/identity';
import * as Sentry from '@sentry/nestjs';
import { readConfig, type Config } from './config';
import { createApp } from './create-app';
import { keepHouse } from './operations/housekeeping';
import { openStorageAt } from './storage';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (config.sentryDsn !== undefined) Sentry.init({ dsn: config.sentryDsn, sendDefaultPii: false });
  say(`Opening ${config.databaseUrl.replace(/\/\/[^@/]*@/, '//***@')} and migrating it`);
  const storage = await openStorageAt(config.databaseUrl);
  const app = await createApp(config, storage);
  const token = await app.get(BootstrapToken).execute(new Date(), config.bootstrapToken);
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as AddressInfo; // it listens on TCP
  announce({ ...config, port }, token);
  const endHousekeeping = keepHouse(storage, config, (error) => process.stderr.write(`housekeeping failed: ${String(error)}\n`));
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // Requests under way are finished; then the storage closes.
    await endHousekeeping();
    await app.close();
    await storage.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

function announce(config: Config, token: string | undefined): void {
  say(`CloudPAM is ready on http://${config.host}:${config.port}`);
  if (token === undefined) return;
  say(config.bootstrapToken === undefined
    ? `Log in with this admin token; it is shown only now:\n\n  ${token}\n`
    : 'The admin token from CLOUDPAM_BOOTSTRAP_TOKEN is in place.');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`CloudPAM did not start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
