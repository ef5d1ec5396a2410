import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExtension } from '@nestjs/swagger';
import { AccessError, type Permission } from '@cloudpam/identity';
import type { AuthenticatedRequest } from './request-context';

const REQUIREMENT = 'cloudpam:requirement';

/** What a route asks of who calls it. */
export interface Requirement {
  /** `public` for the few routes that answer anyone. */
  readonly permission: Permission | 'public';
  /**
   * The route answers who is limited to some accounts or pools, and keeps to those; any other
   * refuses them.
   */
  readonly withinLimits: boolean;
}

/** The permission that a route asks for. Every route declares one. */
export const Requires = (
  permission: Permission | 'public',
  accessScope: 'within limits' | 'whole server' = 'whole server',
): MethodDecorator => {
  const requirement: Requirement = { permission, withinLimits: accessScope === 'within limits' };
  return applyDecorators(
    SetMetadata(REQUIREMENT, requirement),
    RouteConfig({ requirement }),
    ApiExtension('x-requirement', requirement),
  );
};

/**
 * The second lock: admission decides before the body is read, and this guard lets nobody pass whom
 * it has not admitted, on a route that declares nothing least of all.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws AccessError `forbidden` */
  canActivate(context: ExecutionContext): boolean {
    const requirement = this.reflector.get<Requirement | undefined>(
      REQUIREMENT,
      context.getHandler(),
    );
    if (requirement?.permission === 'public') return true;
    if (requirement && context.switchToHttp().getRequest<AuthenticatedRequest>().principal)
      return true;
    throw new AccessError(
      'forbidden',
      requirement
        ? 'Nobody was let in who may ask this.'
        : 'This route does not say which permission it needs.',
    );
  }
}
