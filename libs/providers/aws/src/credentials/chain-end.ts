import type { CloudFailure } from '@cloudpam/provider-shapes';

const EXHAUSTED = /^Could not load credentials from any providers/;

/** The chain went through to its end; otherwise the source that the error is of has ended it. */
export function isExhausted(error: unknown): boolean {
  return EXHAUSTED.test(messageOf(error));
}

export function codeOf(error: unknown): string {
  const { name, code } = error as { name?: unknown; code?: unknown }; // reading fields of whatever was thrown is safe
  return typeof code === 'string' ? code : String(name ?? 'no_credentials');
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The error is that of this file. */
export function unreadable(error: unknown, file: string): boolean {
  const { code, path } = error as { code?: unknown; path?: unknown }; // reading fields of whatever was thrown is safe
  return path === file && typeof code === 'string';
}

/** Of a token in a file that STS exchanges for credentials of a role. */
export function webIdentityTrouble(error: unknown, file: string, role: string): CloudFailure {
  if (unreadable(error, file)) {
    return {
      code: 'web_identity_token_missing',
      message:
        `the web identity token ${file} cannot be read (${codeOf(error)}): ` +
        'mount it, or correct AWS_WEB_IDENTITY_TOKEN_FILE',
    };
  }
  const expired = /Expired/.test(codeOf(error))
    ? '; the token has ended, and whatever writes the file has to renew it'
    : '';
  return {
    code: codeOf(error),
    message: `the web identity token ${file} was not taken for ${role}: ${messageOf(error)}${expired}`,
  };
}
