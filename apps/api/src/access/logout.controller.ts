import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { AccessError, AuthenticateSession, EndAtProvider, LogOut } from '@cloudpam/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '../http/access-guard';
import { Context, RequestContext } from '../http/request-context';
import { BodyOf, Described, object, QueryOf, ref, text, type Schema } from '../http/schema';
import { OidcClients } from './oidc-clients';
import { AFTER_LOGOUT_PATH, ReturnAddress } from './return-address';
import { SessionCookies } from './session-cookies';

const QUERY = object({ provider: text(100) }, []);
/** The form that a provider sends; it may hold more in time to come. */
const LOGOUT: Schema = { ...object({ logout_token: text(20_000) }), additionalProperties: true };

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
  @HttpCode(200)
  @Requires('self:read', 'within limits')
  @Described({ answer: ref('LoggedOut') })
  async end(
    @Context() context: RequestContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const live = context.session;
    if (!live) return { logout_url: null };
    return context.write(
      async (change) => {
        await this.logOut.execute({ ...change, once: undefined, dryRun: false }, live.session);
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
  @Described({ query: QUERY, status: 303, answer: { type: 'null' } })
  async atProvider(
    @QueryOf(QUERY) query: { provider?: string },
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
  @HttpCode(200)
  @Requires('public')
  @Described({ body: LOGOUT, answer: { type: 'null' } })
  async byProvider(
    @BodyOf(LOGOUT) body: { logout_token: string },
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
