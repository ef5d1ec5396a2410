import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  AccessError,
  AuthenticateSession,
  LimitLogins,
  LogIn,
  loginSecrets,
  LogOut,
  StartLogin,
  TakeLogin,
} from '@cloudpam/identity';
import { StoredConflict } from '@cloudpam/pools';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config/config';
import { Requires } from '../http/access-guard';
import { WholeListQuery } from '../http/common.dto';
import { pageOfAll } from '../http/list-page';
import { Operation } from '../http/operation';
import { addressOwner } from './address-owner';
import { LoginAnswerQuery, LoginProviderDto, LoginProvidersDto, LoginQuery } from './dto/login.dto';
import { FormerSession } from './former-session';
import { LoginRefusals, type LoginTrail } from './login-refusals';
import { NODE_SECRETS } from './node-secrets';
import { OidcClients } from './oidc-clients';
import { ReturnAddress } from './return-address';
import { returnPath } from './return-path';
import { SessionCookies } from './session-cookies';

/** Logins that are begun from one address: an office or a proxy has many people. */
const STARTS = { name: 'starts from', perMinute: 300 };
/** Answers from one address that belong to no login: whoever comes from a provider has one. */
const STRAYS = { name: 'strays from', perMinute: 30 };
const OF_PERSON = { name: 'logins of', perMinute: 10 };

/** Logging in with an OpenID provider. */
@ApiTags('access')
@Controller('api/v1/auth/oidc')
export class LoginController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clients: OidcClients,
    private readonly cookies: SessionCookies,
    private readonly address: ReturnAddress,
    private readonly limits: LimitLogins,
    private readonly refusals: LoginRefusals,
    private readonly former: FormerSession,
    private readonly startLogin: StartLogin,
    private readonly takeLogin: TakeLogin,
    private readonly logIn: LogIn,
    private readonly logOut: LogOut,
    private readonly sessions: AuthenticateSession,
  ) {}

  @Get('providers')
  @Requires('public')
  @Operation({
    id: 'listLoginProviders',
    summary: 'List the providers to log in with',
    description: 'Gives what a login page offers, and whether the browser has a session already.',
    answer: LoginProvidersDto,
  })
  async providers(
    @Req() request: FastifyRequest,
    @Query() query: WholeListQuery,
  ): Promise<LoginProvidersDto> {
    // The page cannot see its cookie; so it learns whether to ask who it belongs to.
    const signedIn = (await this.former.of(request)) !== undefined;
    const providers = this.clients.providers.map(LoginProviderDto.of);
    return {
      ...pageOfAll(providers, query, 'providers'),
      signed_in: signedIn,
      auto_login: this.config.oidcAutoLogin,
    };
  }

  @Get('login')
  @ApiResponse({ status: 303, description: 'To the login page, which tells the problem' })
  @Requires('public')
  @Operation({
    id: 'startLogin',
    summary: 'Begin a login',
    description:
      'Sends the browser to the provider. One that asks for a page is sent to the login page ' +
      'instead of a problem.',
    status: 302,
    problems: [
      'provider_not_found',
      'provider_unavailable',
      'provider_settings',
      'invalid_return_to',
      'public_url_needed',
      'rate_limited',
    ],
    headers: ['Location', 'Set-Cookie'],
  })
  async start(
    @Query() query: LoginQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const trail: LoginTrail = {};
    await this.refusals.forPeople(request, reply, trail, async () => {
      await this.limits.count(STARTS, addressOwner(request.ip), new Date());
      trail.returnTo = returnPath(query.return_to);
      const provider = (trail.provider = this.clients.provider(query.provider));
      const callback = this.address.callback(request);
      const { secret, maxAge } = await this.startLogin.execute(
        provider.name,
        trail.returnTo,
        new Date(),
      );
      const login = loginSecrets(NODE_SECRETS, secret);
      const url = await this.clients.loginUrl(
        provider,
        callback,
        login,
        query.prompt !== undefined,
      );
      this.cookies.setLogin(request, reply, login.state, secret, maxAge);
      void reply.header('cache-control', 'no-store').redirect(url.href, 302);
    });
  }

  @Get('callback')
  @Requires('public')
  @Operation({
    id: 'finishLogin',
    summary: 'Finish a login',
    description:
      'Where the provider sends the browser back to: begins a session and sends it on. One that ' +
      'asks for a page is sent to the login page instead of a problem.',
    status: 303,
    problems: [
      'invalid_login',
      'login_cancelled',
      'no_role',
      'user_inactive',
      'provider_not_found',
      'provider_unavailable',
      'provider_settings',
      'public_url_needed',
      'rate_limited',
    ],
    headers: ['Location', 'Set-Cookie'],
  })
  async finish(
    @Query() query: LoginAnswerQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const trail: LoginTrail = {};
    await this.refusals.forPeople(request, reply, trail, async () => {
      const state = query.state ?? '';
      const login = await this.takeLogin
        .execute(this.cookies.login(request, state) ?? '', state, new Date())
        .catch(async (error: unknown) => {
          if (error instanceof AccessError)
            await this.limits.count(STRAYS, addressOwner(request.ip), new Date());
          throw error;
        });
      trail.returnTo = login.returnTo;
      this.cookies.clearLogin(request, reply, state);
      const provider = (trail.provider = this.clients.provider(login.provider));
      const answer = new URL(this.address.callback(request));
      answer.search = new URL(request.url, 'http://own.invalid').search;
      const identity = await this.clients.identify(provider, answer, login);
      trail.person = identity.name;
      await this.limits.count(OF_PERSON, `${identity.issuer} ${identity.subject}`, new Date());
      const place = { userAgent: request.headers['user-agent'] ?? '', ip: request.ip };
      const enter = (): ReturnType<LogIn['execute']> =>
        this.logIn.execute(
          { at: new Date(), requestId: request.id },
          identity,
          provider.roleMap,
          place,
        );
      // Someone who first logs in in two tabs is made by one, and known to the other.
      const { secret, session, user } = await enter().catch((error: unknown) => {
        this.sessions.forget();
        if (error instanceof StoredConflict) return enter();
        throw error;
      });
      await this.endFormer(request);
      this.sessions.forget();
      request.log.info({ user: user.id, provider: provider.name }, 'logged in');
      this.cookies.setSession(
        request,
        reply,
        secret,
        Math.round((session.expiresAt.getTime() - session.createdAt.getTime()) / 1_000),
      );
      void reply.header('cache-control', 'no-store').redirect(login.returnTo, 303);
    });
  }

  /** A session that this browser had before is of no more use. */
  private async endFormer(request: FastifyRequest): Promise<void> {
    const former = await this.former.of(request);
    if (former)
      await this.logOut.execute(
        { actor: former.principal.actor, at: new Date(), requestId: request.id },
        former.session,
      );
  }
}
