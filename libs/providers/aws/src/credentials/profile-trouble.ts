import type { CloudFailure } from '@cloudpam/provider-shapes';
import { codeOf, isExhausted, messageOf, webIdentityTrouble } from './chain-end';
import { withoutSecrets } from './without-secrets';

type Profile = { readonly [setting: string]: string | undefined };

/** As the SDK reads them from the shared files. */
export type Profiles = { readonly [name: string]: Profile | undefined };

/** What is known about a profile that gave no credentials. */
export interface ProfileSearch {
  readonly error: unknown;
  readonly profiles: Profiles;
  readonly said: readonly string[];
  readonly files: readonly string[];
  /** The variable that names the profile; undefined for the default one. */
  readonly chosenBy: string | undefined;
}

const SHOWN_PROFILES = 10;
const SESSION_ENDED = /sso session|sso login|unauthorized|expired/i;

/**
 * Why a profile gave no credentials: its own fault, or that of the profile whose credentials it
 * takes.
 */
export function profileTrouble(name: string, search: ProfileSearch): CloudFailure | undefined {
  const { error, profiles, said, chosenBy } = search;
  const lineage = lineageOf(name, profiles);
  const missing = lineage.find((each) => !profiles[each]);
  if (missing !== undefined) return missingProfile(missing, lineage, search);
  const has = (setting: string): string | undefined =>
    lineage.find((each) => profiles[each]?.[setting] !== undefined);

  const asksForCode = has('mfa_serial');
  if (asksForCode && /multi-factor/.test(messageOf(error))) {
    const serial = profiles[asksForCode]?.['mfa_serial'];
    return {
      code: 'mfa_required',
      message:
        `the profile ${asksForCode} asks for a code of ${serial} (mfa_serial), which nobody can type here: ` +
        'use a role without it, or credentials of a session that has the code',
    };
  }
  const runs = has('credential_process');
  const ended = said.find((text) =>
    /^Command failed: |credential_process returned|credential_process did not return/.test(text),
  );
  if (runs && isExhausted(error) && ended !== undefined) {
    return {
      code: 'credential_process_failed',
      message: `credential_process of the profile ${runs} ${processTrouble(ended, profiles[runs])}`,
    };
  }
  const signsIn = lineage.find((each) =>
    Object.keys(profiles[each] ?? {}).some((setting) => setting.startsWith('sso_')),
  );
  if (signsIn && !isExhausted(error)) return signInTrouble(signsIn, messageOf(error));
  const exchanges = lineage.find(
    (each) => profiles[each]?.['web_identity_token_file'] !== undefined,
  );
  if (exchanges && !isExhausted(error)) {
    const { web_identity_token_file: file = '', role_arn: role = '' } = profiles[exchanges] ?? {};
    return webIdentityTrouble(error, file, role);
  }
  if (isExhausted(error))
    return chosenBy || lineage.length > 1
      ? {
          code: 'profile_empty',
          message: `the profile ${lineage.at(-1)} has neither credentials nor a way to get them`,
        }
      : undefined;
  const role = profiles[name]?.['role_arn'];
  return role
    ? {
        code: codeOf(error),
        message: `the profile ${name} did not get the role ${role}: ${messageOf(error)}`,
      }
    : undefined;
}

/** The profile, the one whose credentials it takes, and so on. */
function lineageOf(name: string, profiles: Profiles): string[] {
  const lineage: string[] = [];
  for (
    let next: string | undefined = name;
    next !== undefined && !lineage.includes(next);
    next = profiles[next]?.['source_profile']
  )
    lineage.push(next);
  return lineage;
}

function signInTrouble(profile: string, said: string): CloudFailure {
  // All else is of the way to SSO, not of the session.
  const nothing = {
    code: 'sso_failed',
    message: `the profile ${profile} got nothing from SSO: ${said}`,
  };
  if (!SESSION_ENDED.test(said)) return nothing;
  return {
    code: 'sso_session_ended',
    message:
      `the SSO session of the profile ${profile} has ended, or there is none (${said}): ` +
      `run aws sso login --profile ${profile}; where nobody can, use a role in its place`,
  };
}

function missingProfile(
  missing: string,
  lineage: readonly string[],
  { profiles, files, chosenBy }: ProfileSearch,
): CloudFailure {
  const wanted =
    lineage.length > 1
      ? `the profile ${lineage.at(-2)} takes its credentials from the profile ${missing}`
      : `${chosenBy} names the profile ${missing}`;
  const names = Object.keys(profiles).filter((each) => !each.includes('.'));
  const more = names.length > SHOWN_PROFILES ? ', ...' : '';
  const there =
    names.length > 0
      ? `they have ${names.slice(0, SHOWN_PROFILES).join(', ')}${more}`
      : 'there are none in them';
  return {
    code: 'profile_missing',
    message: `${wanted}, which is neither in ${files.join(' nor in ')}; ${there}`,
  };
}

/** Without the command line, which may hold secrets. */
function processTrouble(ended: string, profile: Profile | undefined): string {
  const command = profile?.['credential_process'] ?? '';
  if (!ended.startsWith('Command failed: '))
    return ended.replace(/^Profile \S+ credential_process /, '').replace(/\.$/, '');
  const line = ended.slice('Command failed: '.length);
  const words = withoutSecrets(
    (line.startsWith(command) ? line.slice(command.length) : line.replace(/^.*/, ''))
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return words === ''
    ? 'ended with an error, and said nothing on stderr'
    : `ended with an error: ${words}`;
}
