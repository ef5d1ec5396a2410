import { isIP } from 'node:net';
import { compile } from '@fastify/proxy-addr';
import ms, { type StringValue } from 'ms';
import { tryParseCidr, type Cidr } from '@cloudpam/cidr';
import { DISCOVERY_POLICIES, type DiscoveryPolicy } from '@cloudpam/pools';
import { withSecretFiles } from '@cloudpam/settings';
import { FORWARD_FORMATS, readForwardTarget, type ForwardFormat } from './forward-target';
import { BOOTSTRAP_NAMES, readBootstrapTokens, type BootstrapTokens } from './bootstrap-tokens';
import { readReplicas } from './database-replicas';
import { listed } from './listed';
import { readAutoLogin, readOidc, readPublicUrl, type OidcProvider } from './oidc-settings';
import { SECRET_FILES } from './secret-files';
import { readMail, type MailSettings } from './mail-settings';
import { readSinks, type SinkSettings } from './sink-settings';
import { readTracing, type TracingSettings } from './tracing-settings';

/** Where Nest finds the settings. */
export const CONFIG = Symbol('Config');

/** The settings of a server, as `readConfig` found them. */
export interface Config {
  readonly port: number;
  /** Processes that answer requests on the port; 1: this one. */
  readonly workers: number;
  readonly host: string;
  /** `sqlite:PATH` | `postgres://...` | `memory:` */
  readonly databaseUrl: string;
  /** Streaming replicas of the PostgreSQL, which answer reads. */
  readonly databaseReplicas: readonly string[];
  /** How long PostgreSQL may take, in milliseconds. */
  readonly databaseLimits: {
    readonly connectMs: number;
    readonly statementMs: number;
    readonly lockMs: number;
  };
  readonly logLevel: string;
  /** Requests per second and IP; 0: no limit. */
  readonly rateLimit: number;
  readonly bootstrapTokens: BootstrapTokens;
  readonly sentryDsn: string | undefined;
  /** Undefined where nothing is traced. */
  readonly tracing: TracingSettings | undefined;
  /** Addresses or CIDRs whose X-Forwarded-* is believed. */
  readonly trustedProxies: readonly string[];
  readonly discoveryPolicy: DiscoveryPolicy;
  /** Seconds after which a discovery is overdue, where the account does not say; 0: never. */
  readonly discoveryInterval: number;
  /** Seconds until an orphan's space is free by itself; 0: never, a person releases it. */
  readonly orphanCooldown: number;
  /** Seconds before its end at which a pool is a finding; 0: never. */
  readonly exhaustsSoon: number;
  /** Seconds that days of usage are kept; 0: for good. */
  readonly usageKept: number;
  /** Seconds in which a request must have arrived, its body too. */
  readonly requestTimeout: number;
  /** Seconds after which a server that ends cuts the connections that wait for their client. */
  readonly shutdownTimeout: number;
  /** Undefined for plain HTTP. */
  readonly tls: TlsFiles | undefined;
  /** A folder that is watched for snapshot files. */
  readonly snapshotDir: string | undefined;
  /**
   * Where audit entries are forwarded to: `file:PATH`, `unix:PATH`, `tcp://HOST:PORT`,
   * `udp://HOST:PORT`.
   */
  readonly auditForward: string | undefined;
  /**
   * Keys that prove who wrote an entry of the audit log: the first one is used, the others are
   * known from before.
   */
  readonly auditKeys: readonly string[];
  readonly auditForwardFormat: ForwardFormat;
  /** The platforms that get the events of the log. */
  readonly sinks: SinkSettings;
  /** Undefined where no mail is sent. */
  readonly mail: MailSettings | undefined;
  /** Keys that secrets are kept with: the first one seals, all of them open. */
  readonly secretKeys: readonly string[];
  /** What webhooks may reach beside public addresses. */
  readonly webhookAllow: readonly Cidr[];
  /** Origin under which people use the server, such as `https://pam.example.com`. */
  readonly publicUrl: string | undefined;
  readonly oidc: readonly OidcProvider[];
  /** The life of a session, and how long it may go unused. */
  readonly sessionHours: number;
  readonly sessionIdleMinutes: number;
  /** After so many minutes the provider is asked again whether the role still holds; 0: never. */
  readonly sessionRecheckMinutes: number;
  /** The login page sends people on to the only provider. */
  readonly oidcAutoLogin: boolean;
}

/**
 * PEM files of the server's certificate; with `clientCa` collectors must show one that it has
 * signed.
 */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  readonly clientCa: string | undefined;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const OWN_NAMES = [...BOOTSTRAP_NAMES, 'CLOUDPAM_SECRET_KEY', 'CLOUDPAM_WORKERS'];
/** What the collector reads: it may run from the same shell. */
const COLLECTOR_NAMES = [
  'ACCOUNTS',
  'ACCOUNT_CONCURRENCY',
  'ATTEMPTS',
  'CONCURRENCY',
  'DRY_RUN',
  'EXCLUDE_REGIONS',
  'EXTERNAL_ID',
  'HEALTH_FILE',
  'INTERFACES',
  'INTERVAL',
  'JSON',
  'NAME',
  'ORGANIZATION',
  'PARENT',
  'PARTITION',
  'PATH',
  'PROJECTS',
  'PROJECT_QUERY',
  'PROVIDER',
  'REGIONS',
  'ROLE_NAME',
  'SCOPE_TIMEOUT',
  'SERVER',
  'SESSION_SECONDS',
  'SINK',
  'SPOOL',
  'SPOOL_LIMIT',
  'TLS_CA',
  'TLS_CERT',
  'TLS_KEY',
  'TOKEN',
  'TOKEN_FILE',
].map((name) => `CLOUDPAM_${name}`);
/** What Kubernetes sets by itself where there is a service named cloudpam. */
const SERVICE_LINKS = /^CLOUDPAM_(SERVICE_(HOST|PORT)|PORT)(_|$)/;

/** Reads the settings from the environment. @throws Error that names every mistake at once */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const mistakes: string[] = [];
  const env = withSecretFiles(environment, SECRET_FILES, mistakes);
  const number = (name: string, standard: number, max: number, min = 0): number => {
    const text = env[name] ?? '';
    if (text === '') return standard;
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    mistakes.push(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
    return standard;
  };
  const oneOf = <T extends string>(name: string, values: readonly T[], standard: T): T => {
    const text = env[name] ?? '';
    const found = values.find((value) => value === text);
    if (text !== '' && found === undefined)
      mistakes.push(`${name} must be one of ${values.join(', ')}, not "${text}"`);
    return found ?? standard;
  };
  const duration = (name: string, standard: number): number => {
    const text = env[name] ?? '';
    if (text === '') return standard;
    // What the expression lets pass is one of them.
    if (/^\d{1,6}[smhd]$/.test(text)) return ms(text as StringValue) / 1_000;
    if (text !== '0')
      mistakes.push(`${name} must be a duration such as 90m, 24h or 7d, or 0, not "${text}"`);
    return 0;
  };
  /** A duration that is not without end. */
  const seconds = (name: string, standard: number, max: number): number => {
    const value = duration(name, standard);
    if (value < 1 || value > max) mistakes.push(`${name} must be from 1s to ${max}s`);
    return value;
  };
  const databaseUrl = env['DATABASE_URL'] || 'sqlite:data/cloudpam.sqlite';
  if (!/^(sqlite:.+|postgres(ql)?:\/\/.+|memory:)$/.test(databaseUrl))
    mistakes.push('DATABASE_URL must be sqlite:PATH, postgres://... or memory:');
  const databaseReplicas = readReplicas(env, databaseUrl, mistakes);
  const workers = number('CLOUDPAM_WORKERS', 1, 64, 1);
  if (workers > 1 && /^(sqlite:)?:?memory:$/.test(databaseUrl))
    mistakes.push(
      `CLOUDPAM_WORKERS: several workers need a database that they share, not ${databaseUrl}`,
    );
  /** The first one is used, the others are known from before. */
  const keys = (name: string): string[] => {
    const found = listed(env[name]);
    if (found.some((each) => each.length < 32))
      mistakes.push(
        `${name} must be random text of 32 characters and more, or several with commas between them`,
      );
    return found;
  };
  const webhookAllow = listed(env['WEBHOOK_ALLOW']).flatMap((each) => {
    const cidr = tryParseCidr(each);
    if (!cidr) mistakes.push(`WEBHOOK_ALLOW: "${each}" is not a CIDR`);
    return cidr ?? [];
  });
  const auditForward = env['AUDIT_FORWARD'] || undefined;
  if (auditForward !== undefined && !readForwardTarget(auditForward))
    mistakes.push(
      `AUDIT_FORWARD must be file:PATH, unix:PATH, tcp://HOST:PORT or udp://HOST:PORT, not "${auditForward}"`,
    );
  for (const name of Object.keys(env)) {
    if (
      name.startsWith('CLOUDPAM_') &&
      ![...OWN_NAMES, ...COLLECTOR_NAMES].includes(name) &&
      !SERVICE_LINKS.test(name)
    )
      mistakes.push(`${name} is not a setting; known are ${OWN_NAMES.join(', ')}`);
  }
  const [cert, key, clientCa] = ['TLS_CERT', 'TLS_KEY', 'TLS_CLIENT_CA'].map(
    (name) => env[name] || undefined,
  );
  if ((cert === undefined) !== (key === undefined))
    mistakes.push('TLS_CERT and TLS_KEY go together');
  if (clientCa !== undefined && cert === undefined)
    mistakes.push('TLS_CLIENT_CA needs TLS_CERT and TLS_KEY');
  const trustedProxies = listed(env['TRUSTED_PROXIES']);
  for (const each of trustedProxies) {
    if (!isProxy(each))
      mistakes.push(
        `TRUSTED_PROXIES: "${each}" is not an address, a CIDR, or one of loopback, linklocal, uniquelocal`,
      );
  }
  const oidc = readOidc(env, mistakes);
  const config: Config = {
    port: number('PORT', 8080, 65_535),
    workers,
    host: env['HOST'] || '127.0.0.1',
    databaseUrl,
    databaseReplicas,
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    rateLimit: number('RATE_LIMIT_RPS', 0, 1_000_000),
    bootstrapTokens: readBootstrapTokens(env, mistakes),
    sentryDsn: env['SENTRY_DSN'] || undefined,
    tracing: readTracing(env, mistakes),
    trustedProxies: trustedProxies.flatMap(halves),
    publicUrl: readPublicUrl(env, mistakes),
    oidc,
    oidcAutoLogin: readAutoLogin(env, oidc, mistakes),
    sessionHours: number('SESSION_HOURS', 12, 720, 1),
    sessionIdleMinutes: number('SESSION_IDLE_MINUTES', 60, 43_200, 1),
    sessionRecheckMinutes: number('SESSION_RECHECK_MINUTES', 15, 1_440),
    discoveryPolicy: oneOf('DISCOVERY_POLICY', DISCOVERY_POLICIES, 'auto'),
    discoveryInterval: duration('DISCOVERY_INTERVAL', 86_400),
    orphanCooldown: duration('ORPHAN_COOLDOWN', 0),
    exhaustsSoon: duration('EXHAUSTS_SOON', 90 * 86_400),
    usageKept: duration('USAGE_KEPT', 5 * 365 * 86_400),
    snapshotDir: env['SNAPSHOT_DIR'] || undefined,
    databaseLimits: {
      connectMs: 1_000 * seconds('DATABASE_CONNECT_TIMEOUT', 10, 300),
      statementMs: 1_000 * seconds('DATABASE_STATEMENT_TIMEOUT', 30, 3_600),
      lockMs: 1_000 * seconds('DATABASE_LOCK_TIMEOUT', 10, 600),
    },
    requestTimeout: seconds('REQUEST_TIMEOUT', 60, 3_600),
    shutdownTimeout: seconds('SHUTDOWN_TIMEOUT', 10, 600),
    tls: cert !== undefined && key !== undefined ? { cert, key, clientCa } : undefined,
    mail: readMail(env, mistakes),
    auditKeys: keys('AUDIT_KEY'),
    secretKeys: keys('CLOUDPAM_SECRET_KEY'),
    webhookAllow,
    auditForward,
    auditForwardFormat: oneOf('AUDIT_FORWARD_FORMAT', FORWARD_FORMATS, 'jsonl'),
    sinks: readSinks(env, mistakes, 1_000 * seconds('EVENTS_S3_INTERVAL', 60, 3_600)),
  };
  if (mistakes.length > 0)
    throw new Error(`Wrong settings:\n${mistakes.map((each) => `  - ${each}`).join('\n')}`);
  return config;
}

const PROXY_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/**
 * Whether a text names proxies. Addresses are read strictly: what trusts them would take `10.1` and
 * `012.0.0.1` for 10.0.0.1.
 */
function isProxy(text: string): boolean {
  if (PROXY_NETWORKS.includes(text)) return true;
  const [address = '', length, ...rest] = text.split('/');
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1;
  if (bits < 0 || rest.length > 0) return false;
  if (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits)) return true;
  // A netmask, as 255.0.0.0.
  try {
    return isIP(length) === 4 && compile([text]) !== undefined;
  } catch {
    return false;
  }
}

/** All addresses of a family are two halves to what trusts them, which knows no length of 0. */
function halves(proxies: string): readonly string[] {
  if (proxies.endsWith('/0'))
    return proxies.includes(':') ? ['::/1', '8000::/1'] : ['0.0.0.0/1', '128.0.0.0/1'];
  return [proxies];
}
