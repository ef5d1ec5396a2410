import { ROOT_CONTEXT, SpanStatusCode, trace, type Context, type Span } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_URL_PATH,
} from '@opentelemetry/semantic-conventions';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';

/** Where the caller's trace goes on: its ids and whether it is kept, and nothing else that a caller may say. */
export function callerOf({ traceparent }: IncomingHttpHeaders): Context {
  const caller = typeof traceparent === 'string' ? parseTraceParent(traceparent) : null;
  return caller ? trace.setSpanContext(ROOT_CONTEXT, { ...caller, isRemote: true }) : ROOT_CONTEXT;
}

/** Says of a request which route it is for, once that is known. */
export function tellRoute(span: Span, request: FastifyRequest): void {
  const { url: route } = request.routeOptions;
  span.setAttribute(ATTR_HTTP_REQUEST_METHOD, request.method);
  if (route === undefined) {
    span.updateName(request.method);
    return;
  }
  span.updateName(`${request.method} ${route}`);
  span.setAttribute(ATTR_HTTP_ROUTE, route);
  const path = pathOf(route, request.params);
  if (path !== undefined) span.setAttribute(ATTR_URL_PATH, path);
}

/** Ends the span of a request that was answered, or whose client has gone. */
export function endRequest(span: Span, reply: FastifyReply, problem: string | undefined): void {
  const isAnswered = reply.raw.writableFinished;
  if (isAnswered) span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, reply.statusCode);
  const error = problem ?? (isAnswered ? undefined : 'client_gone');
  if (error !== undefined) span.setAttribute(ATTR_ERROR_TYPE, error);
  if (isAnswered && reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** The path where it holds ids and nothing that somebody has thought up. */
function pathOf(route: string, params: unknown): string | undefined {
  const values = new Map(Object.entries((params ?? {}) as Record<string, string>));
  if (![...values.values()].every((each) => /^\d{1,15}$/.test(each))) return undefined;
  return route.replace(/:(\w+)/g, (whole, name: string) => values.get(name) ?? whole);
}
