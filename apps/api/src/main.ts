import 'reflect-metadata';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { BootstrapToken } from '@cloudpam/identity';
import * as Sentry from '@sentry/nestjs';
import { ForwardAudit, keepForwarding } from './audit/forward/forward-audit';
import { keepSealing } from './audit/keep-sealing';
import { runCommand } from './cli/run-command';
import { readConfig, type Config } from './config';
import { createApp } from './create-app';
import { fileLine } from './discovery/file-line';
import { ImportSnapshots } from './discovery/import-snapshots';
import { watchSnapshots } from './discovery/watch-snapshots';
import { watchTls } from './http/tls';
import { keepHouse } from './operations/housekeeping';
import { openStorageAt } from './storage';

async function main(typed: readonly string[]): Promise<void> {
  if (typed.length > 0) {
    process.exitCode = await runCommand(typed);
    return;
  }
  const config = readConfig(process.env);
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
  const endSealing = keepSealing(storage, (error) => process.stderr.write(`sealing the audit log failed: ${String(error)}\n`));
  const endForwarding = config.auditForward === undefined ? undefined : keepForwarding(
    new ForwardAudit(storage.unitOfWork, config.auditForward, config.auditForwardFormat),
    (error) => process.stderr.write(`forwarding the audit log failed, it will be tried again: ${String(error)}\n`),
  );
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
    await Promise.all([endSealing(), endForwarding?.()]);
    await storage.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
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
