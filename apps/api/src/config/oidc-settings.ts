import { readRoleMap, type RoleMap } from '@cloudpam/identity';
import { listed } from './listed';

/** An OpenID provider that people may log in with. */
export interface OidcProvider {
  /** As `OIDC_PROVIDERS` has it: lower case, in URLs. */
  readonly name: string;
  /** On the button. */
  readonly label: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /**
   * How the secret is sent; undefined: in the form where the provider takes that, as all the large
   * ones do.
   */
  readonly clientAuth: 'basic' | 'post' | undefined;
  readonly scopes: string;
  /** The claim with a person's groups: its name, or a path with dots. */
  readonly roleClaim: string;
  readonly roleMap: RoleMap;
  /** Sent along to the provider's login page, as `kc_idp_hint` or `acr_values`. */
  readonly authParams: Readonly<Record<string, string>>;
  /**
   * Whether the request goes to the provider itself and not through the browser (RFC 9126); `auto`:
   * where its metadata ask for that.
   */
  readonly par: 'auto' | 'always';
}

const FIELDS = [
  'ISSUER',
  'CLIENT_ID',
  'CLIENT_SECRET',
  'CLIENT_AUTH',
  'NAME',
  'SCOPES',
  'ROLE_CLAIM',
  'ROLE_MAP',
  'AUTH_PARAMS',
  'PAR',
] as const;
type Field = (typeof FIELDS)[number];
/** What the protocol itself sends, or what would send the answer elsewhere. */
const OWN_PARAMS = [
  'client_id',
  'client_secret',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
];

/**
 * The providers of the environment: one by `OIDC_ISSUER` etc., or several by `OIDC_PROVIDERS`. Adds
 * what is wrong to
 * `mistakes`.
 */
export function readOidc(env: NodeJS.ProcessEnv, mistakes: string[]): OidcProvider[] {
  const names = listed(env['OIDC_PROVIDERS']);
  for (const name of names) {
    if (!/^[a-z][a-z0-9]{0,30}$/.test(name))
      mistakes.push(
        `OIDC_PROVIDERS holds "${name}"; names are of a-z and 0-9 and begin with a letter`,
      );
  }
  const several = names.length > 0;
  const prefixes = several ? names.map((name) => `OIDC_${name.toUpperCase()}_`) : ['OIDC_'];
  const known = new Set([
    'OIDC_PROVIDERS',
    'OIDC_AUTO_LOGIN',
    ...(several ? ['OIDC_SCOPES', 'OIDC_ROLE_CLAIM'] : []),
    ...prefixes.flatMap((prefix) => FIELDS.map((field) => prefix + field)),
  ]);
  const given = Object.keys(env).filter(
    (name) => name.startsWith('OIDC_') && name !== 'OIDC_AUTO_LOGIN' && env[name],
  );
  for (const name of given.filter((each) => !known.has(each))) {
    mistakes.push(
      `${name} is not a setting${
        several
          ? ` while OIDC_PROVIDERS is ${names.join(',')}`
          : '; several providers are ' + 'named in ' + 'OIDC_PROVIDERS'
      }`,
    );
  }
  if (!several && given.length === 0) return [];
  return prefixes.map((prefix, at) => provider(env, prefix, names[at], mistakes));
}

function provider(
  env: NodeJS.ProcessEnv,
  prefix: string,
  name: string | undefined,
  mistakes: string[],
): OidcProvider {
  const field = (which: Field): string => env[prefix + which] || '';
  const needed = (which: Field, example: string): string => {
    if (field(which) === '') mistakes.push(`${prefix}${which} is needed, for example ${example}`);
    return field(which);
  };
  const issuer = needed('ISSUER', 'https://example.okta.com');
  if (issuer !== '' && !isSafeUrl(issuer))
    mistakes.push(
      `${prefix}ISSUER must be an https:// address (http:// only on this machine), not "${issuer}"`,
    );
  const roleMap = readRoleMap(needed('ROLE_MAP', 'netops=editor,*=viewer') || '*=viewer');
  if (typeof roleMap === 'string') mistakes.push(`${prefix}ROLE_MAP: ${roleMap}`);
  const clientAuth = (['basic', 'post'] as const).find((each) => each === field('CLIENT_AUTH'));
  if (field('CLIENT_AUTH') !== '' && !clientAuth)
    mistakes.push(`${prefix}CLIENT_AUTH must be basic or post, not "${field('CLIENT_AUTH')}"`);
  const scopes = field('SCOPES') || env['OIDC_SCOPES'] || 'openid profile email';
  if (!scopes.split(' ').includes('openid'))
    mistakes.push(`${prefix}SCOPES must hold openid, not only "${scopes}"`);
  const par = (['auto', 'always'] as const).find((each) => each === field('PAR'));
  if (field('PAR') !== '' && !par)
    mistakes.push(`${prefix}PAR must be auto or always, not "${field('PAR')}"`);
  const authParams = Object.fromEntries(new URLSearchParams(field('AUTH_PARAMS')));
  for (const each of Object.keys(authParams).filter((param) => OWN_PARAMS.includes(param))) {
    mistakes.push(
      `${prefix}AUTH_PARAMS cannot hold ${each}, which the login sets itself; it takes ` +
        'others, for example kc_idp_hint=google&acr_values=2',
    );
  }
  return {
    name: name ?? 'oidc',
    label: field('NAME') || (name === undefined ? 'single sign-on' : name),
    issuer,
    clientId: needed('CLIENT_ID', 'cloudpam'),
    clientSecret: field('CLIENT_SECRET') || undefined,
    clientAuth,
    scopes,
    roleClaim: field('ROLE_CLAIM') || env['OIDC_ROLE_CLAIM'] || 'groups',
    roleMap: typeof roleMap === 'string' ? [] : roleMap,
    authParams,
    par: par ?? 'auto',
  };
}

/** `OIDC_AUTO_LOGIN`: whether the login page sends people on to the only provider by itself. */
export function readAutoLogin(
  env: NodeJS.ProcessEnv,
  providers: readonly OidcProvider[],
  mistakes: string[],
): boolean {
  const text = env['OIDC_AUTO_LOGIN'] || 'false';
  if (text !== 'true' && text !== 'false')
    mistakes.push(`OIDC_AUTO_LOGIN must be true or false, not "${text}"`);
  if (text === 'true' && providers.length !== 1)
    mistakes.push(`OIDC_AUTO_LOGIN needs exactly one provider, and there are ${providers.length}`);
  return text === 'true';
}

/** `PUBLIC_URL`: where people find this server, without a path. */
export function readPublicUrl(env: NodeJS.ProcessEnv, mistakes: string[]): string | undefined {
  const text = env['PUBLIC_URL'] || undefined;
  if (text === undefined) return undefined;
  if (/^https?:\/\/[^/?#@\s]+\/?$/.test(text) && URL.canParse(text)) return new URL(text).origin;
  mistakes.push(`PUBLIC_URL must be like https://pam.example.com, without a path, not "${text}"`);
  return undefined;
}

function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, search, hash } = new URL(text);
  return (
    (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) &&
    username === '' &&
    search === '' &&
    hash === ''
  );
}

/** Whether a host name of a URL stands for this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
