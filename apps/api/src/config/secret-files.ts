import { BOOTSTRAP_NAMES } from './bootstrap-tokens';

const SECRETS = [
  'DATABASE_URL',
  'DATABASE_REPLICAS',
  'AUDIT_KEY',
  'CLOUDPAM_SECRET_KEY',
  'SENTRY_DSN',
  'KAFKA_PASSWORD',
  'NATS_URL',
  'SMTP_URL',
  'OIDC_([A-Z0-9]+_)?CLIENT_SECRET',
  ...BOOTSTRAP_NAMES,
];

/** Settings that may come as a file: NAME_FILE in place of NAME. */
export const SECRET_FILES = new RegExp(`^(${SECRETS.join('|')})_FILE$`);
