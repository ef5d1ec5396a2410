/** As much of a browser as a login needs: it keeps cookies by host and follows what it is sent to. */
export class Browser {
  private readonly cookies = new Map<string, Map<string, string>>();

  /** One request, with the cookies of the address, which keeps those of the answer. */
  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const { host } = new URL(url);
    const kept = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, kept);
    const answer = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        cookie: [...kept].map(([name, value]) => `${name}=${value}`).join('; '),
        ...init.headers,
      },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      kept.set(name, value.join('='));
    }
    return answer;
  }

  /** Has at another server what it was given by one, as if both were behind one address. */
  share(from: string, to: string): void {
    this.cookies.set(new URL(to).host, this.cookies.get(new URL(from).host) ?? new Map());
  }

  /** Follows redirects until one leads to an address that begins so; gives that address. */
  async follow(answer: Response, from: string, until: string): Promise<string> {
    for (let [at, last] = [from, answer]; ;) {
      const location = last.headers.get('location');
      if (location === null)
        throw new Error(`${at} leads nowhere: ${last.status} ${await last.text()}`);
      at = new URL(location, at).href;
      if (at.startsWith(until)) return at;
      last = await this.ask(at);
    }
  }
}

/**
 * Logs in as one of the people of the provider.
 * @param begin the server that begins the login
 * @param end the server that finishes it
 * @param address where the provider believes both of them to be
 * @returns a browser that has the session
 */
export async function logIn(
  name: string,
  begin: string,
  end: string,
  address: string,
): Promise<Browser> {
  const browser = new Browser();
  const begun = await browser.ask(`${begin}/api/v1/auth/oidc/login`);
  const provider = new URL(begun.headers.get('location') ?? '').origin;
  const form = await browser.follow(begun, begin, `${provider}/interaction/`);
  await browser.ask(form);
  const given = await browser.ask(form, {
    method: 'POST',
    body: new URLSearchParams({ prompt: 'login', login: name, password: 'any' }),
  });
  const callback = new URL(await browser.follow(given, form, address));
  browser.share(begin, end);
  const done = await browser.ask(`${end}${callback.pathname}${callback.search}`);
  if (done.status !== 303) throw new Error(`no login: ${done.status} ${await done.text()}`);
  return browser;
}
