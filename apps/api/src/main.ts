import 'reflect-metadata';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { BootstrapToken } from '@cloudpam/identity';
import * as Sentry from '@sentry/nestjs';
import { OidcClients } from './access/oidc-clients';
import { warnOfProviders } from './access/warn-of-providers';
import { ForwardAudit, keepForwarding } from './audit/forward/forward-audit';
import { keepSealing } from './audit/keep-sealing';
import { runCommand } from './cli/run-command';
import { readConfig, type Config } from './config/config';
import { createApp } from './create-app';
import { fileLine } from './discovery/file-line';
import { ImportSnapshots } from './discovery/import-snapshots';
import { watchSnapshots } from './discovery/watch-snapshots';
import { Connections } from './http/shutdown';
import { watchTls } from './http/tls';
import { startHousekeeping } from './operations/housekeeping';
import { openStorageAt } from './storage/storage';

/** A signal so shortly after another is its echo. */
const ECHO_MS = 500;

async function main(typed: readonly string[]): Promise<void> {
  if (typed.length > 0) {
    process.exitCode = await runCommand(typed);
    return;
  }
  const config = readConfig(process.env);
  if (config.sentryDsn !== undefined) Sentry.init({ dsn: config.sentryDsn, sendDefaultPii: false });
  say(`Opening ${config.databaseUrl.replace(/\/\/[^@/]*@/, '//***@')} and migrating it`);
  const storage = await openStorageAt(
    config.databaseUrl,
    config.databaseLimits,
    config.auditKeys[0],
  );
  const connections = new Connections();
  const app = await createApp(config, storage, { connections });
  /**
   * What runs beside the requests, and how it is ended; in this order, before and after the
   * requests.
   */
  const before: (() => Promise<void> | void)[] = [];
  const after: (() => Promise<void> | void)[] = [];
  let stopping: number | undefined;
  const stop = async (): Promise<void> => {
    if (stopping !== undefined) {
      // Ctrl-C can reach this process twice, from the terminal and from what started it.
      if (performance.now() - stopping > ECHO_MS) process.exit(1);
      return;
    }
    stopping = performance.now();
    // Requests under way are finished, those that do not come to an end are cut; then the storage
    // closes.
    setTimeout(() => connections.cutIdle(), config.shutdownTimeout * 1_000).unref();
    for (const end of before) await end();
    await app.close();
    await Promise.all(after.map((end) => end()));
    await storage.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  const token = await app.get(BootstrapToken).execute(new Date(), config.bootstrapToken);
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as AddressInfo; // it listens on TCP
  announce({ ...config, port }, token);
  void warnOfProviders(app.get(OidcClients), config, (line) => process.stderr.write(`${line}\n`));
  // With TLS it is a server of node:https.
  if (config.tls) before.push(watchTls(app.getHttpServer() as Server, config.tls, say));
  before.push(
    startHousekeeping(storage, config, (error) =>
      process.stderr.write(`housekeeping failed: ${String(error)}\n`),
    ),
  );
  after.push(
    keepSealing(storage, (error) =>
      process.stderr.write(`sealing the audit log failed: ${String(error)}\n`),
    ),
  );
  if (config.auditForward !== undefined)
    after.push(
      keepForwarding(
        new ForwardAudit(storage.unitOfWork, config.auditForward, config.auditForwardFormat),
        (error) =>
          process.stderr.write(
            `forwarding the audit log failed, it will be tried again: ${String(error)}\n`,
          ),
      ),
    );
  const { snapshotDir } = config;
  if (snapshotDir !== undefined)
    before.push(
      watchSnapshots(
        new ImportSnapshots(storage, config),
        snapshotDir,
        (outcome) => say(fileLine(outcome)),
        (error) => process.stderr.write(`${snapshotDir} could not be read: ${String(error)}\n`),
      ),
    );
}

function announce(config: Config, token: string | undefined): void {
  say(`CloudPAM is ready on ${config.tls ? 'https' : 'http'}://${config.host}:${config.port}`);
  if (token === undefined) return;
  say(
    config.bootstrapToken === undefined
      ? `Log in with this admin token; it is shown only now:\n\n  ${token}\n`
      : 'The admin token from CLOUDPAM_BOOTSTRAP_TOKEN is in place.',
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `CloudPAM did not start. ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
