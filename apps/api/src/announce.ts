import { databaseOf } from '@cloudpam/storage-typeorm';
import { say } from './background/lines';
import type { Config } from './config/config';

/** Tells which database is opened, without the password. */
export function announceOpening({ databaseUrl }: Config): void {
  const database = databaseUrl.startsWith('postgres')
    ? `PostgreSQL ${databaseOf(databaseUrl).name}`
    : databaseUrl;
  say(`Opening ${database} and migrating it`);
}

/** Tells where the server is, and the admin token that was made with it. */
export function announceReady(config: Config, port: number, token: string | undefined): void {
  say(`CloudPAM is ready on ${config.tls ? 'https' : 'http'}://${config.host}:${port}`);
  if (token === undefined) return;
  say(
    config.bootstrapTokens.admin === undefined
      ? `Log in with this admin token; it is shown only now:\n\n  ${token}\n`
      : 'The admin token from CLOUDPAM_BOOTSTRAP_TOKEN is in place.',
  );
}
