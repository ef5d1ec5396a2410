import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { FastifyRequest } from 'fastify';
import { SchemaError, unknownField } from './schema';

/**
 * Refuses a body, and parameters, where a route takes none: what is not read must not seem to be
 * heeded.
 */
@Injectable()
export class NoExtras implements CanActivate {
  /** @throws SchemaError `unknown_field` */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!request.url.startsWith('/api/')) return true;
    const taken = argumentsOf(context);
    if (request.body !== undefined && !taken.has(RouteParamtypes.BODY)) {
      throw new SchemaError([
        {
          field: 'body',
          code: 'unknown_field',
          detail: 'is not taken by this request: leave it out',
        },
      ]);
    }
    // Fastify always parses it into an object.
    const names = taken.has(RouteParamtypes.QUERY) ? [] : Object.keys(request.query as object);
    if (names.length > 0) {
      throw new SchemaError(names.map(unknownField));
    }
    return true;
  }
}

/** What each method takes, read once. */
const TAKEN = new WeakMap<object, ReadonlySet<RouteParamtypes>>();

/**
 * The kinds of the arguments that the route's method takes; Nest keeps them by `<kind>:<index>`.
 */
function argumentsOf(context: ExecutionContext): ReadonlySet<RouteParamtypes> {
  const handler = context.getHandler();
  const known = TAKEN.get(handler);
  if (known) return known;
  const kept = (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) ??
    {}) as object;
  const taken = new Set(Object.keys(kept).map((key) => Number(key.split(':')[0])));
  TAKEN.set(handler, taken);
  return taken;
}
