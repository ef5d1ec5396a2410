import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccessError, AuthenticateSession, LogIn, loginSecrets, LogOut, StartLogin, TakeLogin, type LiveSession } from '@cloudpam/identity';
import { StoredConflict } from '@cloudpam/pools';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '../http/access-guard';
import { PublicAddress } from '../http/public-address';
import { Context, RequestContext } from '../http/request-context';
import { bool, Described, list, nullable, object, QueryOf, ref, text, type Schema } from '../http/schema';
import { addressOwner, AttemptLimit } from './attempt-limit';
import { NODE_SECRETS } from './node-secrets';
import { OidcClients } from './oidc-clients';
import { returnPath } from './return-path';
import { SessionCookies } from './session-cookies';

const LOGIN = object({ provider: text(100), return_to: text(4_000) }, []);
// Providers may send more than they must; what counts is read from the address itself.
const ANSWER: Schema = { ...object({ code: text(), state: text(200), iss: text(), error: text(), error_description: text() }, []), additionalProperties: true };
const CALLBACK = '/api/v1/auth/oidc/callback';
const PER_ADDRESS = 30;
const PER_SUBJECT = 10;

export const LOGIN_COMPONENTS: Record<string, Schema> = {
  LoginProvider: object({ name: text(), label: text(), login_url: text() }),
  LoginProviders: object({ items: list(ref('LoginProvider')), signed_in: bool }),
  LoggedOut: object({ logout_url: nullable(text()) }),
};

/** Logging in with an OpenID provider, and out. */
@ApiTags('access')
@Controller('api/v1/auth')
export class LoginController {
  private readonly byAddress = new AttemptLimit(PER_ADDRESS);
  private readonly bySubject = new AttemptLimit(PER_SUBJECT);

  constructor(
    private readonly clients: OidcClients, private readonly cookies: SessionCookies,
    private readonly address: PublicAddress, private readonly startLogin: StartLogin, private readonly takeLogin: TakeLogin, private readonly logIn: LogIn,
    private readonly logOut: LogOut, private readonly sessions: AuthenticateSession,
  ) {}

  @Get('oidc/providers') @Requires('public') @Described({ answer: ref('LoginProviders') })
  async providers(@Req() request: FastifyRequest): Promise<unknown> {
    // The page cannot see its cookie; so it learns whether to ask who it belongs to.
    const signedIn = await this.former(request) !== undefined;
    return { signed_in: signedIn, items: this.clients.providers.map(({ name, label }) => ({ name, label, login_url: `/api/v1/auth/oidc/login?provider=${name}` })) };
  }

  @Get('oidc/login') @Requires('public') @Described({ query: LOGIN, status: 302, answer: { type: 'null' } })
  async start(@QueryOf(LOGIN) query: { provider?: string; return_to?: string }, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forPeople(request, reply, async () => {
      this.byAddress.count(addressOwner(request.ip), Date.now());
      const returnTo = returnPath(query.return_to);
      const provider = this.clients.provider(query.provider);
      const { secret, maxAge } = await this.startLogin.execute(provider.name, returnTo, new Date());
      const login = loginSecrets(NODE_SECRETS, secret);
      const url = await this.clients.loginUrl(provider, this.callbackOf(request), login);
      this.cookies.setLogin(request, reply, login.state, secret, maxAge);
      void reply.header('cache-control', 'no-store').redirect(url.href, 302);
    });
  }

  @Get('oidc/callback') @Requires('public') @Described({ query: ANSWER, status: 303, answer: { type: 'null' } })
  async finish(@QueryOf(ANSWER) query: { state?: string }, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forPeople(request, reply, async () => {
      this.byAddress.count(addressOwner(request.ip), Date.now());
      const state = query.state ?? '';
      const login = await this.takeLogin.execute(this.cookies.login(request, state) ?? '', state, new Date());
      this.cookies.clearLogin(request, reply, state);
      const provider = this.clients.provider(login.provider);
      const answer = new URL(this.callbackOf(request));
      answer.search = new URL(request.url, 'http://own.invalid').search;
      const identity = await this.clients.identify(provider, answer, login);
      this.bySubject.count(`${identity.issuer} ${identity.subject}`, Date.now());
      const place = { userAgent: request.headers['user-agent'] ?? '', ip: request.ip };
      const enter = (): ReturnType<LogIn['execute']> => this.logIn.execute({ at: new Date(), requestId: request.id }, identity, provider.roleMap, place);
      // Someone who first logs in in two tabs is made by one, and known to the other.
      const { secret, session, user } = await enter().catch((error: unknown) => {
        if (error instanceof StoredConflict) return enter();
        throw error;
      });
      await this.endFormer(request);
      this.sessions.forget();
      request.log.info({ user: user.id, provider: provider.name }, 'logged in');
      this.cookies.setSession(request, reply, secret, Math.round((session.expiresAt.getTime() - session.createdAt.getTime()) / 1_000));
      void reply.header('cache-control', 'no-store').redirect(login.returnTo, 303);
    });
  }

  @Post('logout') @HttpCode(200) @Requires('self:read', 'within limits') @Described({ answer: ref('LoggedOut') })
  async end(@Context() context: RequestContext, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const live = context.session;
    if (!live) return { logout_url: null };
    return context.write(async (change) => {
      await this.logOut.execute({ ...change, once: undefined, dryRun: false }, live.session);
      this.sessions.forget();
      this.cookies.clearSession(request, reply);
      const home = this.address.of(request);
      return this.clients.logoutUrl(live.session.provider, live.session.idToken, home === undefined ? undefined : `${home}/login`);
    }, (url) => ({ status: 200, body: { logout_url: url ?? null } }));
  }

  /** @throws AccessError `public_url_needed`: a host that only the client claims is no place to send a login to */
  private callbackOf(request: FastifyRequest): string {
    const home = this.address.of(request);
    if (home === undefined) throw new AccessError('public_url_needed', 'The server does not know under which address people use it. Its PUBLIC_URL must be set.');
    return `${home}${CALLBACK}`;
  }

  /** A session that this browser had before is of no more use. */
  private async endFormer(request: FastifyRequest): Promise<void> {
    const former = await this.former(request);
    if (former) await this.logOut.execute({ actor: former.principal.actor, at: new Date(), requestId: request.id }, former.session);
  }

  private former(request: FastifyRequest): Promise<LiveSession | undefined> {
    return this.sessions.execute(this.cookies.session(request) ?? '', new Date()).catch((error: unknown) => {
      if (error instanceof AccessError) return undefined;
      throw error;
    });
  }

  /** A browser that asks for a page is shown the login page with the reason; any other client gets the problem. */
  private async forPeople(request: FastifyRequest, reply: FastifyReply, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof AccessError) request.log.warn({ code: error.code, ip: request.ip, cause: reasonOf(error) }, 'login refused');
      if (!(error instanceof AccessError) || !(request.headers.accept ?? '').includes('text/html')) throw error;
      void reply.header('cache-control', 'no-store').redirect(`/login?problem=${error.code}`, 303);
    }
  }
}

/** Why, for the log: messages of the library name claims, not tokens. */
function reasonOf(error: AccessError): string | undefined {
  return error.cause instanceof Error ? [error.cause.message, error.cause.cause instanceof Error ? error.cause.cause.message : undefined].filter(Boolean).join(': ') : undefined;
}
