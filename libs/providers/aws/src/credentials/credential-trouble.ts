import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CloudFailure } from '@cloudpam/provider-shapes';
import { codeOf, isExhausted, messageOf, unreadable, webIdentityTrouble } from './chain-end';
import { profileTrouble, type Profiles } from './profile-trouble';

/** What is known about a chain of sources that gave no credentials. */
export interface Search {
  readonly env: NodeJS.ProcessEnv;
  readonly profiles: Profiles;
  /** What the SDK said of the sources that it went through. */
  readonly said: readonly string[];
}

/** One source that was configured. */
type Source = (error: unknown, search: Search) => CloudFailure | undefined;

// In the order in which the SDK goes through them.
const SOURCES: readonly Source[] = [halfAKey, profileOf, webIdentity, container];

/**
 * Why there are no credentials: the sources that were configured, each with what is wrong with it.
 */
export function credentialTrouble(error: unknown, search: Search): CloudFailure {
  const troubles = SOURCES.flatMap((source) => source(error, search) ?? []);
  const [first] = troubles;
  if (!first)
    return isExhausted(error)
      ? nothingConfigured(search)
      : { code: codeOf(error), message: `no AWS credentials: ${messageOf(error)}` };
  return { code: first.code, message: troubles.map(({ message }) => message).join('; and ') };
}

function halfAKey(error: unknown, { env }: Search): CloudFailure | undefined {
  const [id, secret] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']];
  if (!isExhausted(error) || Boolean(id) === Boolean(secret)) return undefined;
  const [there, missing] = id
    ? ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']
    : ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'];
  return { code: 'no_credentials', message: `${there} is set without ${missing}` };
}

function profileOf(error: unknown, search: Search): CloudFailure | undefined {
  const { env, profiles, said } = search;
  const named = env['AWS_PROFILE'];
  const name = named || 'default';
  if (!named && !profiles[name]) return undefined;
  const home = env['HOME'] ?? homedir();
  const files = [
    env['AWS_CONFIG_FILE'] ?? join(home, '.aws/config'),
    env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home, '.aws/credentials'),
  ];
  return profileTrouble(name, {
    error,
    profiles,
    said,
    files,
    chosenBy: named ? 'AWS_PROFILE' : undefined,
  });
}

function webIdentity(error: unknown, { env, profiles }: Search): CloudFailure | undefined {
  const [file, role] = [env['AWS_WEB_IDENTITY_TOKEN_FILE'], env['AWS_ROLE_ARN']];
  if (!file) return undefined;
  if (!role)
    return isExhausted(error)
      ? {
          code: 'no_credentials',
          message: 'AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN',
        }
      : undefined;
  // A profile ends the search before its turn.
  if (isExhausted(error) || profiles[env['AWS_PROFILE'] || 'default']?.['role_arn'])
    return undefined;
  return webIdentityTrouble(error, file, role);
}

function container(error: unknown, { env, said }: Search): CloudFailure | undefined {
  const [relative, full] = [
    env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'],
    env['AWS_CONTAINER_CREDENTIALS_FULL_URI'],
  ];
  // Without a query: it may be a secret.
  const address = (relative ? `http://169.254.170.2${relative}` : full)?.split('?')[0];
  if (!address) return undefined;
  const tokenFile = env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];
  if (tokenFile && unreadable(error, tokenFile)) {
    return {
      code: 'container_token_missing',
      message: `the token ${tokenFile} for the container credentials cannot be read (${codeOf(error)}): mount it`,
    };
  }
  if (!isExhausted(error)) return undefined;
  const failed = said
    .map((text) => /^\w*Error: (.*)/.exec(text)?.[1])
    .find((text) => text !== undefined);
  const refused = said
    .find((text) => /^(URL not accepted|HTTP credential provider response)/.test(text))
    ?.split('\n')[0];
  const why = failed
    ? `cannot be reached (${failed})`
    : refused
      ? `gave none (${refused})`
      : 'was reached, but refused: it has no role for this container, or asks for another token';
  return {
    code: 'container_credentials',
    message: `the container's endpoint of credentials ${address} ${why}`,
  };
}

function nothingConfigured({ env }: Search): CloudFailure {
  const off = env['AWS_EC2_METADATA_DISABLED'] === 'true';
  const instance = off
    ? 'the metadata of the instance are switched off by AWS_EC2_METADATA_DISABLED'
    : 'no metadata service of an instance gave a role';
  return {
    code: 'no_credentials',
    message:
      'no AWS credentials: neither AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, nor AWS_PROFILE, ' +
      `nor a role of a container is set, and ${instance}`,
  };
}
