const TEXTS: Readonly<Record<string, string>> = {
  no_role: 'You are known to your provider, but none of your groups has a role here. Ask an admin to map one of them, or to add you to one that is mapped.',
  user_inactive: 'Your user is deactivated. Ask an admin to reactivate it.',
  invalid_login: 'The login was not completed: it took too long, was used before, or its answer was not valid. Log in again.',
  provider_unavailable: 'The provider does not answer. Try again later, or sign in with a token.',
  provider_not_found: 'There is no such login provider.',
  public_url_needed: 'The server does not know under which address people use it. Its PUBLIC_URL must be set.',
};

/** Why a login failed, for the code that the server sent the browser back with; undefined for none. */
export function loginProblem(code: string | null): string | undefined {
  return code === null ? undefined : (TEXTS[code] ?? 'The login failed. Log in again.');
}
