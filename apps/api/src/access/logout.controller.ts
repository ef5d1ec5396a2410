import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { AccessError, AuthenticateSession, EndAtProvider, LogOut } from '@cloudpam/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '../http/access-guard';
import { Operation } from '../http/operation';
import { Context, RequestContext } from '../http/request-context';
import { BackchannelLogoutDto, LoggedOutDto, LogoutQuery } from './dto/login.dto';
import { OidcClients } from './oidc-clients';
import { AFTER_LOGOUT_PATH, ReturnAddress } from './return-address';
import { SessionCookies } from './session-cookies';

/** Logging out: here, at the provider, and here because of the provider. */
@ApiTags('access')
@Controller('api/v1/auth')
export class LogoutController {
  constructor(
    private readonly clients: OidcClients,
    private readonly cookies: SessionCookies,
    private readonly address: ReturnAddress,
    private readonly logOut: LogOut,
    private readonly endAtProvider: EndAtProvider,
    private readonly sessions: AuthenticateSession,
  ) {}

  @Post('logout')
  @Requires('self:read', 'within limits')
  @Operation({
    id: 'logOut',
    summary: 'Log out',
    description: 'Ends the session of the request, and says where that at the provider is ended.',
    answer: LoggedOutDto,
    headers: ['Set-Cookie'],
  })
  async end(
    @Context() context: RequestContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoggedOutDto> {
    const live = context.session;
    if (!live) return { logout_url: null };
    return context.write(
      async (change) => {
        await this.logOut.execute(
          { ...change, idempotency: undefined, dryRun: false },
          live.session,
        );
        this.sessions.forget();
        this.cookies.clearSession(request, reply);
        return this.clients.logoutUrl(live.session, this.address.afterLogout(request));
      },
      (url) => ({
        status: 200,
        headers: { 'cache-control': 'no-store' },
        body: { logout_url: url ?? null },
      }),
    );
  }

  /**
   * For who has no session here any more, and may have one at the provider. Nothing ends here, so
   * anybody may ask.
   */
  @Get('oidc/logout')
  @Requires('public')
  @Operation({
    id: 'logOutAtProvider',
    summary: 'Log out at the provider',
    description: 'Sends the browser to where the provider ends its session. Nothing ends here.',
    status: 303,
    problems: [
      'provider_not_found',
      'provider_unavailable',
      'provider_settings',
      'public_url_needed',
    ],
    headers: ['Location'],
  })
  async atProvider(
    @Query() query: LogoutQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { name } = this.clients.provider(query.provider);
    const url = await this.clients.logoutUrl(
      { provider: name, idToken: null, logoutHint: null },
      this.address.afterLogout(request),
    );
    void reply.header('cache-control', 'no-store').redirect(url ?? AFTER_LOGOUT_PATH, 303);
  }

  /**
   * OpenID Connect Back-Channel Logout 1.0: the provider tells that someone has logged out, or was
   * logged out, there.
   */
  @Post('oidc/backchannel-logout')
  @ApiConsumes('application/x-www-form-urlencoded')
  @Requires('public')
  @Operation({
    id: 'logOutByProvider',
    summary: 'Be told of a logout',
    description: 'Ends the sessions that a provider names in a logout token which it has signed.',
    problems: ['invalid_logout_token', 'provider_unavailable'],
  })
  async byProvider(
    @Body() body: BackchannelLogoutDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    void reply.header('cache-control', 'no-store');
    try {
      const token = await this.clients.logoutToken(body.logout_token, new Date());
      const actor = { type: 'system', id: 'system', name: token.issuer.slice(0, 200) } as const;
      const sessions = await this.endAtProvider.execute(
        { actor, at: new Date(), requestId: request.id },
        token,
      );
      this.sessions.forget();
      request.log.info({ issuer: token.issuer, sessions }, 'logged out by the provider');
    } catch (error) {
      if (error instanceof AccessError)
        request.log.warn({ why: error.message, ip: request.ip }, 'logout by a provider refused');
      throw error;
    }
  }
}
