import type { TLSSocket } from 'node:tls';
import { applyDecorators, type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessError, allows, Authenticate, AuthenticateSession, isLimited, principalOfToken, type Permission, type Principal, type Token } from '@cloudpam/identity';
import { NODE_SECRETS } from '../access/node-secrets';
import { SessionCookies } from '../access/session-cookies';
import type { Config } from '../config';
import { CONFIG } from '../config-token';
import { reachOf } from '../limits/reach-of';
import { STORAGE, type Storage } from '../storage';
import { PublicAddress } from './public-address';
import type { AuthenticatedRequest } from './request-context';

const PERMISSION = 'cloudpam:permission';
const WITHIN_LIMITS = 'cloudpam:within-limits';
const BEARER = /^bearer ([^ ]+)$/i;
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * The permission that a route asks for; `public` for the few that answer anyone. Every route declares one.
 * `within limits`: it answers who is limited to some accounts or pools, and keeps to those; any other refuses them.
 */
export const Requires = (permission: Permission | 'public', reach: 'within limits' | 'whole server' = 'whole server'): MethodDecorator => applyDecorators(
  SetMetadata(PERMISSION, permission), SetMetadata(WITHIN_LIMITS, reach === 'within limits'));

/**
 * No route is open: a bearer token or a session that has the route's permission, or 401 and 403. Of a request with both
 * the token counts. A write by session must come from our own page.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector, private readonly authenticate: Authenticate, private readonly sessions: AuthenticateSession,
    private readonly cookies: SessionCookies, private readonly address: PublicAddress, @Inject(CONFIG) private readonly config: Config, @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const permission = this.reflector.get<Permission | 'public' | undefined>(PERMISSION, context.getHandler());
    if (permission === 'public') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const { authorization } = request.headers;
    const admit = (principal: Principal): boolean | Promise<boolean> => this.admitted(request, principal, permission, context.getHandler());
    if (authorization === undefined) return this.bySession(request, admit);
    const text = BEARER.exec(authorization)?.[1];
    if (text === undefined) throw new AccessError('unauthenticated', 'Send a token as Authorization: Bearer cpam_...');
    const now = new Date();
    const known = this.authenticate.remembered(text, now);
    const permit = (token: Token): boolean | Promise<boolean> => {
      this.checkCertificate(request, token);
      return admit(principalOfToken(token));
    };
    return known ? permit(known) : this.authenticate.execute(text, now).then(permit);
  }

  private async bySession(request: AuthenticatedRequest, admit: (principal: Principal) => boolean | Promise<boolean>): Promise<boolean> {
    const secret = this.cookies.session(request);
    if (secret === undefined) throw new AccessError('unauthenticated', 'Send a token as Authorization: Bearer cpam_..., or log in.');
    const live = await this.sessions.execute(secret, new Date());
    if (!SAFE_METHODS.includes(request.method)) this.checkOwnPage(request, live.csrf);
    request.session = live;
    return admit(live.principal);
  }

  /** @throws AccessError `forbidden` without the permission, or with limits where the route is about the whole server */
  private admitted(request: AuthenticatedRequest, principal: Principal, permission: Permission | undefined, route: ReturnType<ExecutionContext['getHandler']>): boolean | Promise<boolean> {
    permitted(request, principal, permission);
    // What a collector posts is held against the accounts of its token where it is read.
    if (!isLimited(principal) || permission === 'discovery:post') return true;
    if (!this.reflector.get<boolean | undefined>(WITHIN_LIMITS, route)) throw new AccessError('forbidden', 'This is about the whole server, and you are limited to some accounts or pools.');
    return reachOf(this.storage, principal).then((reach) => {
      request.reach = reach;
      return true;
    });
  }

  /** @throws AccessError `client_certificate_required` for a collector without one, where they are asked for */
  private checkCertificate(request: AuthenticatedRequest, token: Token): void {
    if (this.config.tls?.clientCa === undefined || token.role !== 'collector' || (request.raw.socket as TLSSocket).authorized) return; // the server speaks TLS only
    throw new AccessError('client_certificate_required', 'Collectors show a client certificate here, signed by the CA of this server: --tls-cert and --tls-key.');
  }

  /** @throws AccessError `csrf_refused` unless the write comes from our own page, which knows the session's CSRF token */
  private checkOwnPage(request: AuthenticatedRequest, csrf: string): void {
    const { headers } = request;
    const isOwn = headers.origin === undefined ? headers['sec-fetch-site'] === 'same-origin' : headers.origin === this.address.originOf(request);
    const given = headers['x-cloudpam-csrf'];
    if (isOwn && typeof given === 'string' && NODE_SECRETS.equal(NODE_SECRETS.hash(given), NODE_SECRETS.hash(csrf))) return;
    throw new AccessError('csrf_refused', isOwn
      ? 'A write with a session needs the header X-CloudPAM-CSRF with the csrf_token that GET /api/v1/me gives.'
      : 'This write does not come from the page of this server. If it does, PUBLIC_URL or TRUSTED_PROXIES is not set right.');
  }
}

/** @throws AccessError `forbidden` */
function permitted(request: AuthenticatedRequest, principal: Principal, permission: Permission | undefined): void {
  if (!permission || !allows(principal, permission)) {
    const who = principal.actor.type === 'user' ? `a user of the role ${principal.role}` : `a ${principal.readOnly ? 'read-only ' : ''}${principal.role} token`;
    throw new AccessError('forbidden', `This needs the permission ${permission ?? 'of an undeclared route'}, which ${who} does not have.`);
  }
  request.principal = principal;
}
