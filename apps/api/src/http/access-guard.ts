import type { TLSSocket } from 'node:tls';
import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessError, allows, Authenticate, type Permission, type Token } from '@cloudpam/identity';
import type { Config } from '../config';
import { CONFIG } from '../config-token';
import type { AuthenticatedRequest } from './request-context';

const PERMISSION = 'cloudpam:permission';
const BEARER = /^bearer ([^ ]+)$/i;

/** The permission that a route asks for; `public` for the few that answer anyone. Every route declares one. */
export const Requires = (permission: Permission | 'public'): MethodDecorator => SetMetadata(PERMISSION, permission);

/** No route is open: a bearer token that has the route's permission, or 401 and 403. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector, private readonly authenticate: Authenticate, @Inject(CONFIG) private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const permission = this.reflector.get<Permission | 'public' | undefined>(PERMISSION, context.getHandler());
    if (permission === 'public') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const text = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (text === undefined) throw new AccessError('unauthenticated', 'Send a token as Authorization: Bearer cpam_...');
    const now = new Date();
    const known = this.authenticate.remembered(text, now);
    const permit = (token: Token): true => permitted(request, token, permission, this.config.tls?.clientCa !== undefined);
    return known ? permit(known) : this.authenticate.execute(text, now).then(permit);
  }
}

/** @throws AccessError `forbidden` */
function permitted(request: AuthenticatedRequest, token: Token, permission: Permission | undefined, collectorsShowCertificates: boolean): true {
  if (collectorsShowCertificates && token.role === 'collector' && !(request.raw.socket as TLSSocket).authorized) { // the server speaks TLS only
    throw new AccessError('client_certificate_required', 'Collectors show a client certificate here, signed by the CA of this server: --tls-cert and --tls-key.');
  }
  if (!permission || !allows(token, permission)) {
    throw new AccessError('forbidden', `This needs the permission ${permission ?? 'of an undeclared route'}, which a ${token.readOnly ? 'read-only ' : ''}${token.role} token does not have.`);
  }
  request.token = token;
  return true;
}
