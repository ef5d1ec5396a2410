/** What a login page says about a login that failed. */
export interface LoginProblem {
  readonly title: string;
  readonly text: string;
  /** Whether someone else may have more luck: the person is offered to choose who they are. */
  readonly isAboutPerson: boolean;
}

const PROBLEMS: Readonly<Record<string, readonly [title: string, text: string]>> = {
  login_cancelled: [
    'Login cancelled',
    'The login at the provider was cancelled. Log in again when you like.',
  ],
  no_role: [
    'Not allowed in',
    'None of your groups has a role here. Ask an admin to map one of them, or to add you to one that is mapped.',
  ],
  user_inactive: ['Not allowed in', 'Your user is deactivated. Ask an admin to reactivate it.'],
  invalid_login: [
    'Login not completed',
    'It took too long, was used before, or its answer was not valid. Log in again.',
  ],
  provider_unavailable: [
    'Provider unavailable',
    'The provider does not answer. Try again later, or sign in with a token.',
  ],
  provider_settings: [
    'Wrong settings',
    'The provider and this server are not set up for each other. Ask an admin: the log of the ' +
      'server says what is wrong.',
  ],
  provider_not_found: ['Wrong settings', 'There is no such login provider any more.'],
  public_url_needed: [
    'Wrong settings',
    'The server does not know under which address people use it. Its PUBLIC_URL must be set.',
  ],
  rate_limited: ['Too many logins', 'There were too many logins in the last minute.'],
};
const ABOUT_THE_PERSON = ['no_role', 'user_inactive'];

/**
 * Why a login failed, for the code that the server sent the browser back with; undefined for none.
 * @param person as whom the provider knows them
 * @param wait seconds after which to try again
 */
export function loginProblem(
  code: string | null,
  person?: string,
  wait?: string | null,
): LoginProblem | undefined {
  if (code === null) return undefined;
  // The code stands in the address, where anyone can write anything.
  const known = Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code] : undefined;
  const [title, text] = known ?? ['Login failed', 'The login failed. Log in again.'];
  const isAboutPerson = ABOUT_THE_PERSON.includes(code);
  const who =
    isAboutPerson && person !== undefined ? `You are logged in at the provider as ${person}. ` : '';
  const again =
    code === 'rate_limited'
      ? ` Try again in ${/^[0-9]{1,4}$/.test(wait ?? '') ? `${wait ?? ''} seconds` : 'a minute'}.`
      : '';
  return { title, text: `${who}${text}${again}`, isAboutPerson };
}
