import 'reflect-metadata';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { BootstrapToken } from '@cloudpam/identity';
import * as Sentry from '@sentry/nestjs';
import { readConfig, type Config } from './config';
import { createApp } from './create-app';
import { ImportSnapshots, type FileOutcome } from './discovery/import-snapshots';
import { watchSnapshots } from './discovery/watch-snapshots';
import { watchTls } from './http/tls';
import { keepHouse } from './operations/housekeeping';
import { openStorageAt } from './storage';

async function main([command, ...rest]: readonly string[]): Promise<void> {
  const config = readConfig(process.env);
  if (command === 'import-snapshots') return importSnapshots(config, rest);
  if (command !== undefined) throw new Error(`there is no command ${command}; there is import-snapshots DIR, and without one the server starts`);
  if (config.sentryDsn !== undefined) Sentry.init({ dsn: config.sentryDsn, sendDefaultPii: false });
  say(`Opening ${config.databaseUrl.replace(/\/\/[^@/]*@/, '//***@')} and migrating it`);
  const storage = await openStorageAt(config.databaseUrl);
  const app = await createApp(config, storage);
  const token = await app.get(BootstrapToken).execute(new Date(), config.bootstrapToken);
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as AddressInfo; // it listens on TCP
  announce({ ...config, port }, token);
  // With TLS it is a server of node:https.
  const endTls = config.tls ? watchTls(app.getHttpServer() as Server, config.tls, say) : undefined;
  const endHousekeeping = keepHouse(storage, config, (error) => process.stderr.write(`housekeeping failed: ${String(error)}\n`));
  const endWatch = config.snapshotDir === undefined ? undefined : watchSnapshots(
    new ImportSnapshots(storage, config), config.snapshotDir, (outcome) => say(fileLine(outcome)),
    (error) => process.stderr.write(`${config.snapshotDir ?? ''} could not be read: ${String(error)}\n`),
  );
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // Requests under way are finished; then the storage closes.
    endTls?.();
    await endHousekeeping();
    await endWatch?.();
    await app.close();
    await storage.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

/** `import-snapshots DIR`: what the folder holds, once. Ends with 1 when a file was refused. */
async function importSnapshots(config: Config, rest: readonly string[]): Promise<void> {
  const [folder] = rest;
  if (folder === undefined || rest.length > 1) throw new Error('import-snapshots takes one folder');
  const storage = await openStorageAt(config.databaseUrl);
  const counts = { applied: 0, refused: 0, left: 0 };
  try {
    await new ImportSnapshots(storage, config).execute(folder, (outcome) => {
      counts[outcome.kind] += 1;
      say(fileLine(outcome));
    });
  } finally {
    await storage.close();
  }
  say(`${counts.applied} applied, ${counts.refused} refused${counts.left > 0 ? `, ${counts.left} not complete yet` : ''}`);
  process.exitCode = counts.refused > 0 ? 1 : 0;
}

function fileLine(outcome: FileOutcome): string {
  if (outcome.kind !== 'applied') return `${outcome.file}: ${outcome.kind}: ${outcome.reason}`;
  if (!outcome.result) return `${outcome.file}: something newer was applied before`;
  return `${outcome.file}: ${Object.entries(outcome.result).map(([name, count]) => `${count} ${name}`).join(', ')}`;
}

function announce(config: Config, token: string | undefined): void {
  say(`CloudPAM is ready on ${config.tls ? 'https' : 'http'}://${config.host}:${config.port}`);
  if (token === undefined) return;
  say(config.bootstrapToken === undefined
    ? `Log in with this admin token; it is shown only now:\n\n  ${token}\n`
    : 'The admin token from CLOUDPAM_BOOTSTRAP_TOKEN is in place.');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`CloudPAM did not start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
