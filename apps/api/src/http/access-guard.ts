import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessError, allows, Authenticate, type Permission } from '@cloudpam/identity';
import type { AuthenticatedRequest } from './request-context';

const PERMISSION = 'cloudpam:permission';

/** The permission that a route asks for; `public` for the few that answer anyone. Every route declares one. */
export const Requires = (permission: Permission | 'public'): MethodDecorator => SetMetadata(PERMISSION, permission);

/** No route is open: a bearer token that has the route's permission, or 401 and 403. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector, private readonly authenticate: Authenticate) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const permission = this.reflector.get<Permission | 'public' | undefined>(PERMISSION, context.getHandler());
    if (permission === 'public') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const [scheme, text, ...more] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !text || more.length > 0) {
      throw new AccessError('unauthenticated', 'Send a token as Authorization: Bearer cpam_...');
    }
    const token = await this.authenticate.execute(text, new Date());
    if (!permission || !allows(token, permission)) {
      throw new AccessError('forbidden', `This needs the permission ${permission ?? 'of an undeclared route'}, which a ${token.readOnly ? 'read-only ' : ''}${token.role} token does not have.`);
    }
    request.token = token;
    return true;
  }
}
