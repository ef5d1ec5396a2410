const KEY = 'cloudpam.token';

type Listener = () => void;
const listeners = new Set<Listener>();
/** CSRF token of the login by cookie; null: there is none; undefined: not asked yet. */
let csrf: string | null | undefined;
/**
 * Id of the person whom the cookie stands for, and the name of the provider that vouches for them.
 */
let cookiePerson: string | undefined;
let cookieProvider: string | undefined;
/** The provider of a login that has ended here by itself: it may go on there. */
let formerProvider: string | undefined;

/**
 * Who this browser is: an API token, or a person who logged in with a provider and whose cookie
 * script cannot see. A token lives in sessionStorage, or in localStorage when the person asked to
 * stay signed in on this computer; it counts before the cookie. Listeners are told about every
 * change.
 */
export const session = {
  token(): string | null {
    return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
  },
  /** What writes by cookie must show; nothing when a token is used. */
  csrf(): string | undefined {
    return session.token() === null ? (csrf ?? undefined) : undefined;
  },
  /**
   * Differs for different callers; null for nobody; undefined while the server was not asked about
   * the cookie.
   */
  caller(): string | null | undefined {
    return session.token() ?? csrf;
  },
  /** The same for all logins and secrets of one person or token; undefined for nobody. */
  person(): string | undefined {
    const token = session.token();
    return token === null ? cookiePerson : publicIdOf(token);
  },
  open(token: string, keep: boolean): void {
    (keep ? localStorage : sessionStorage).setItem(KEY, token);
    notify();
  },
  /**
   * A token was rotated, and this is its new text: when it is the one in use here, this browser
   * goes on with it.
   */
  rotated(text: string): void {
    for (const storage of [sessionStorage, localStorage]) {
      if (publicIdOf(storage.getItem(KEY)) === publicIdOf(text)) storage.setItem(KEY, text);
    }
    notify();
  },
  /** The provider that the person logged in with; undefined for a token. */
  provider(): string | undefined {
    return session.token() === null ? cookieProvider : undefined;
  },
  /**
   * The provider where a login may go on that has ended here; undefined when there was none, or it
   * was logged out there too.
   */
  formerProvider(): string | undefined {
    return formerProvider;
  },
  /** The cookie is good and stands for this person, or with null there is none. */
  byCookie(token: string | null, person?: string, provider?: string): void {
    csrf = token;
    cookiePerson = token === null ? undefined : person;
    cookieProvider = token === null ? undefined : provider;
    if (token !== null) formerProvider = undefined;
    notify();
  },
  /** @param isAtProvider the login ends at the provider too */
  close(isAtProvider = false): void {
    formerProvider = isAtProvider ? undefined : cookieProvider;
    cookieProvider = undefined;
    sessionStorage.removeItem(KEY);
    localStorage.removeItem(KEY);
    csrf = null;
    cookiePerson = undefined;
    notify();
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Of `cpam_ID_SECRET` the ID, which stays when the secret changes. */
function publicIdOf(token: string | null): string | undefined {
  return token?.split('_')[1];
}

function notify(): void {
  for (const listener of listeners) listener();
}
