// Makes the passwords and tokens of compose.yaml and gives each, as a file that it alone may read, to
// the service that needs it. What was made before stays as it is. Tells people theirs when it has
// made them, and with the argument --show.
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { DATABASE, REPLICA, PUBLIC_URL, SECRETS = '/secrets' } = process.env;
/** Users of the images. */
const USERS = {
  all: 0,
  collector: 65532,
  database: 999,
  grafana: 472,
  keycloak: 1000,
  prometheus: 65534,
  replica: 999,
  server: 65532,
};
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

const { secrets, isNew } = readOrMake();
if (isNew || process.argv.includes('--show'))
  process.stdout.write(`CloudPAM has been set up. Keep these, they are shown only now:

  admin token for ${PUBLIC_URL}/login:  ${secrets.adminToken}
  password of admin in Keycloak:  ${secrets.keycloakPassword}
  password of admin in Grafana:  ${secrets.grafanaPassword}

`);
const url = (host) => `postgres://cloudpam:${secrets.databasePassword}@${host}/cloudpam`;
give('collector/token', secrets.collectorToken);
give('database/superuser-password', secrets.superuserPassword);
give(
  'database/roles.sql',
  `CREATE ROLE replica REPLICATION LOGIN PASSWORD '${secrets.replicaPassword}';
CREATE ROLE cloudpam LOGIN PASSWORD '${secrets.databasePassword}';
GRANT pg_monitor TO cloudpam;
CREATE DATABASE cloudpam OWNER cloudpam;
`,
);
give('grafana/password', secrets.grafanaPassword);
give('keycloak/cloudpam-realm.json', realm());
give('prometheus/token', secrets.viewerToken);
give('replica/pgpass', `${DATABASE}:*:replica:${secrets.replicaPassword}\n`);
give('server/admin-token', secrets.adminToken);
give('server/audit-key', secrets.auditKey);
give('server/client-secret', secrets.clientSecret);
give('server/collector-token', secrets.collectorToken);
give('server/database-replicas', url(REPLICA));
give('server/database-url', url(DATABASE));
give('server/secret-key', secrets.secretKey);
give('server/viewer-token', secrets.viewerToken);

/** All secrets: those that are missing, as after an upgrade, are made. */
function readOrMake() {
  const file = 'all/secrets.json';
  const path = join(SECRETS, file);
  const known = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  const made = {
    adminToken: token(),
    auditKey: password(),
    clientSecret: password(),
    collectorToken: token(),
    databasePassword: password(),
    grafanaPassword: password(),
    keycloakPassword: password(),
    replicaPassword: password(),
    secretKey: password(),
    superuserPassword: password(),
    viewerToken: token(),
    ...known,
  };
  const text = JSON.stringify(made);
  if (text !== JSON.stringify(known)) write(file, text);
  return { secrets: made, isNew: known === undefined };
}

function give(file, text) {
  if (!existsSync(join(SECRETS, file))) write(file, text);
}

/** As a whole or not at all. */
function write(file, text) {
  const [path, user] = [join(SECRETS, file), USERS[file.split('/')[0]]];
  rmSync(`${path}.part`, { force: true });
  writeFileSync(`${path}.part`, text, { mode: 0o400 });
  // Nobody else can give files away.
  if (process.getuid() === 0) chownSync(`${path}.part`, user, user);
  renameSync(`${path}.part`, path);
}

function realm() {
  const values = {
    CLIENT_SECRET: secrets.clientSecret,
    KEYCLOAK_PASSWORD: secrets.keycloakPassword,
    PUBLIC_URL,
  };
  const template = readFileSync(join(import.meta.dirname, 'keycloak-realm.json'), 'utf8');
  return template.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]);
}

/** 192 random bits, of characters that no format has to escape. */
function password() {
  return randomBytes(24).toString('base64url');
}

/** As the server takes one. */
function token() {
  return `cpam_${text(12)}_${text(52)}`;
}

function text(length) {
  return [...randomBytes(length)].map((byte) => ALPHABET[byte % 32]).join('');
}
