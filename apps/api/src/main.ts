import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BootstrapToken } from '@cloudpam/identity';
import { say, warn } from './background/lines';
import { runCommand } from './cli/run-command';
import { readConfig, type Config } from './config/config';
import { createApp } from './create-app';
import { Connections } from './http/shutdown';

/** A signal so shortly after another is its echo. */
const ECHO_MS = 500;

async function main(typed: readonly string[]): Promise<void> {
  if (typed.length > 0) {
    process.exitCode = await runCommand(typed);
    return;
  }
  const config = readConfig(process.env);
  say(`Opening ${config.databaseUrl.replace(/\/\/[^@/]*@/, '//***@')} and migrating it`);
  const app = await createApp(config, undefined, { background: true });
  stopOnSignal(app, config);
  try {
    const token = await app.get(BootstrapToken).execute(new Date(), config.bootstrapToken);
    await app.listen(config.port, config.host);
    const { port } = app.getHttpServer().address() as AddressInfo; // it listens on TCP
    announce({ ...config, port }, token);
  } catch (error) {
    await app.close();
    throw error;
  }
}

/**
 * Ends the server by SIGTERM and SIGINT. Requests under way are finished, those that do not come to
 * an end are cut; a second signal ends the process at once.
 */
function stopOnSignal(app: NestFastifyApplication, config: Config): void {
  const connections = app.get(Connections);
  let stopping: number | undefined;
  const stop = async (): Promise<void> => {
    if (stopping !== undefined) {
      // Ctrl-C can reach this process twice, from the terminal and from what started it.
      if (performance.now() - stopping > ECHO_MS) process.exit(1);
      return;
    }
    stopping = performance.now();
    setTimeout(() => connections.cutIdle(), config.shutdownTimeout * 1_000).unref();
    await app.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
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

main(process.argv.slice(2)).catch((error: unknown) => {
  warn(`CloudPAM did not start. ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
