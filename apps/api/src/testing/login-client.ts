import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Forgery, ForgingProvider } from './forging-provider';

type Answer = Awaited<ReturnType<NestFastifyApplication['inject']>>;
type Headers = Record<string, string>;

/** A login under way in a browser: where it was sent, and the cookies it holds. */
export interface Begun {
  readonly url: URL;
  readonly cookie: string;
  readonly state: string;
  readonly headers: Headers;
}

let people = 0;
/** Someone who has not logged in before. */
export const someone = (): string => `person-${++people}`;

/** Every login from an address of its own, so that the limit for one address is not met. */
export const elsewhere = (): Headers => ({
  host: 'localhost',
  'x-forwarded-for': `198.51.${Math.floor(++people / 250)}.${people % 250}`,
});

export async function begin(
  app: NestFastifyApplication,
  query = '',
  headers: Headers = elsewhere(),
): Promise<Begun> {
  const answer = await app.inject({ url: `/api/v1/auth/oidc/login${query}`, headers });
  if (answer.statusCode !== 302) throw new Error(`the login was not begun: ${answer.body}`);
  const url = new URL(String(answer.headers.location));
  return { url, cookie: cookiesOf(answer), state: url.searchParams.get('state') ?? '', headers };
}

/** The browser comes back with the answer of the provider. */
export function comeBack(
  app: NestFastifyApplication,
  { state, cookie, headers }: Begun,
  code: string,
  issuer: string,
  more: Headers = {},
): Promise<Answer> {
  const query = new URLSearchParams({ code, state, iss: issuer, ...more });
  return app.inject({
    url: `/api/v1/auth/oidc/callback?${query.toString()}`,
    headers: { ...headers, ...(cookie === '' ? {} : { cookie }) },
  });
}

/** A whole login. */
export async function logIn(
  app: NestFastifyApplication,
  provider: ForgingProvider,
  person: { sub: string; groups?: string[]; name?: string },
  forgery?: Forgery,
): Promise<Answer> {
  const begun = await begin(app);
  return comeBack(
    app,
    begun,
    provider.code(
      begun.url,
      { email: `${person.sub}@example.com`, name: person.sub, ...person },
      forgery,
    ),
    provider.issuer,
  );
}

/** The cookies that an answer sets, as a browser sends them back. */
export function cookiesOf({ headers }: Answer): string {
  return [headers['set-cookie'] ?? []]
    .flat()
    .map((each) => each.split(';')[0] ?? '')
    .filter((each) => !each.endsWith('='))
    .join('; ');
}
