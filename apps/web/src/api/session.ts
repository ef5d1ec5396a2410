const KEY = 'cloudpam.token';

type Listener = () => void;
const listeners = new Set<Listener>();

/**
 * The bearer token of this browser. It lives in sessionStorage, or in localStorage when the person asked to stay
 * signed in on this computer. Listeners are told about every change.
 */
export const session = {
  token(): string | null {
    return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
  },
  open(token: string, keep: boolean): void {
    (keep ? localStorage : sessionStorage).setItem(KEY, token);
    notify();
  },
  close(): void {
    sessionStorage.removeItem(KEY);
    localStorage.removeItem(KEY);
    notify();
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function notify(): void {
  for (const listener of listeners) listener();
}
