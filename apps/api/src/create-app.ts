import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { maxHeaderSize } from 'node:http';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import { redacted } from '@cloudpam/audit';
import { BadRequestException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply } from 'fastify';
import pino, { type DestinationStream } from 'pino';
import { AppModule, type Composition } from './app.module';
import type { Config } from './config/config';
import { Admission } from './access/admission';
import { Outcomes } from './background/outcomes';
import { OpenStreams } from './events/open-streams';
import { BULK_BODY_LIMITS } from './http/body-limits';
import { readForms } from './http/form-body';
import { readBodiesAsJson } from './http/json-parser';
import { AllowedMethods } from './http/allowed-methods';
import { answerClientError } from './http/client-error';
import { isSecret, tagAnswers } from './http/entity-tags';
import { isLongLived } from './http/long-lived';
import { problemOf, problemText } from './http/problem';
import { tellPositions } from './http/positions';
import { readFiles } from './http/raw-body';
import { PublicAddress } from './http/public-address';
import { securityHeaders } from './http/security-headers';
import { Connections } from './http/shutdown';
import { RATE_WINDOW_MS, RateStore } from './http/request-rates';
import { readTls } from './http/tls';
import { WEB_ROOT } from './http/web-root';
import { openApiDocument } from './openapi-document';
import { observeAudit } from './operations/observe-audit';
import { observeEvents } from './operations/observe-events';
import { observeDiscovery } from './operations/observe-discovery';
import { observeSubscribers } from './operations/observe-subscribers';
import { observeUsage } from './operations/observe-usage';
import { observeReplicas } from './operations/observe-replicas';
import { observeRequests } from './operations/observe-requests';
import { STORAGE, type Storage } from './storage/storage';
import type { Tracing } from './tracing/tracing';

/** How often the server looks for connections whose time is over, in milliseconds. */
const HTTP = { connectionsCheckingInterval: 1_000 };
/** The one body that is no JSON: what providers send by back-channel logout. */
const FORM_ROUTES = ['/api/v1/auth/oidc/backchannel-logout'];

export interface AppOptions {
  /** Nobody is asked for a token: for measuring what the check costs. */
  readonly open?: boolean;
  readonly background?: Composition['background'];
  readonly tracing?: Tracing;
  /** Takes the log lines; stdout, when nothing is said. */
  readonly log?: DestinationStream;
}

/**
 * The whole server, ready to listen.
 * @param storage closed by whoever gives it; without one the server opens and closes that of the
 *   settings
 */
export async function createApp(
  config: Config,
  storage: Storage | undefined,
  { open = false, background, tracing, log = pino.destination(1) }: AppOptions = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    loggerInstance: pino(
      {
        level: config.logLevel,
        redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
        serializers: { req: requestLine },
      },
      { write: (line) => log.write(redacted(line)) },
    ),
    // Of what a client says that it will send; what it does send is counted where it is read.
    bodyLimit: BULK_BODY_LIMITS.bytes,
    trustProxy: config.trustedProxies.length > 0 && [...config.trustedProxies],
    genReqId: (request: { headers: Record<string, string | string[] | undefined> }) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' &&
        /^[\w.:-]{1,128}$/.test(given) &&
        redacted(given) === given
        ? given
        : randomUUID();
    },
    // The form resources/12:import stands for resources/12/import.
    rewriteUrl: (request: { url?: string }) =>
      (request.url ?? '/').replace(
        /^(\/api\/v1\/(?:discovery|collectors)\/[\w/-]+):([a-z]+)(?=\?|$)/,
        '$1/$2',
      ),
    // Whether an id is one, its route says, once it is known who asks.
    routerOptions: { maxParamLength: maxHeaderSize },
    // A path that cannot be decoded reaches no route and no filter.
    frameworkErrors: (error: Error, request: { id: string; url: string }, reply: FastifyReply) => {
      const answer = problemOf(error, request.url.split('?')[0] ?? '/', request.id);
      void reply
        .header('x-request-id', request.id)
        .status(answer.status)
        .type('application/problem+json')
        .send(problemText(answer));
    },
    forceCloseConnections: 'idle',
    requestTimeout: config.requestTimeout * 1_000,
    clientErrorHandler: answerClientError,
    // Whether a certificate is needed depends on who asks: people have none.
    ...(config.tls
      ? {
          https: {
            ...HTTP,
            headersTimeout: config.requestTimeout * 1_000,
            ...readTls(config.tls),
            requestCert: config.tls.clientCa !== undefined,
            rejectUnauthorized: false,
          },
        }
      : { http: { ...HTTP, headersTimeout: config.requestTimeout * 1_000 } }),
    // The plugins extend FastifyReply, the adapter's types do not know.
  } as unknown as ConstructorParameters<typeof FastifyAdapter>[0]);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.over(config, { storage, background, open, tracing }),
    adapter,
    { logger: ['error', 'warn'], abortOnError: false, bodyParser: false },
  );
  const server = adapter.getInstance() as unknown as FastifyInstance; // the adapter's own type lags behind Fastify's
  tracing?.follow(server);
  const address = app.get(PublicAddress);
  app.get(Connections).follow(server);
  app.get(AllowedMethods).follow(server);
  readBodiesAsJson(server);
  readFiles(server);
  readForms(server, FORM_ROUTES);
  await server.register(cookie);
  if (!open) app.get(Admission).guard(server);
  const safe = securityHeaders();
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(safe).header('x-request-id', request.id);
    if (hostsOf(request.raw.rawHeaders) > 1)
      return done(new BadRequestException('The request has several Host headers.'));
    if (isSecret(request)) void reply.header('cache-control', 'no-store');
    if (address.isHttps(request))
      void reply.header('strict-transport-security', 'max-age=31536000');
    done();
  });
  tagAnswers(server);
  observeRequests(server);
  observeEvents(app.get(OpenStreams));
  const stored = app.get<Storage>(STORAGE);
  tellPositions(server, stored);
  observeDiscovery(stored, config);
  observeAudit(stored, config);
  observeUsage(stored, config);
  observeSubscribers(stored, app.get(Outcomes));
  observeReplicas(stored);
  if (config.rateLimit > 0) {
    await server.register(rateLimit, {
      max: config.rateLimit,
      timeWindow: RATE_WINDOW_MS,
      store: RateStore,
    });
  }
  // Nothing is to be decompressed where no body is sent.
  server.addHook('onRoute', (route) => {
    if ([route.method].flat().every((method) => method === 'GET' || method === 'HEAD'))
      route.decompress = false;
    // What waits to be compressed together does not arrive.
    if (isLongLived(route.url)) route.compress = false;
  });
  await server.register(compress, { global: true, requestEncodings: ['gzip', 'identity'] });
  if (existsSync(WEB_ROOT)) {
    await server.register(fastifyStatic, {
      root: WEB_ROOT,
      wildcard: false,
      setHeaders: (reply, file) => {
        reply.header(
          'cache-control',
          /\/assets\//.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  }
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
  return app;
}

/**
 * How many Host headers came: two are read as two different ones by those on the way (RFC 9112).
 */
function hostsOf(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.toLowerCase() === 'host') hosts += 1;
  return hosts;
}

/** A request in the log; of a login without its query, which holds the code. */
function requestLine({
  method,
  url = '',
  host,
  ip,
}: {
  method?: string;
  url?: string;
  host?: string;
  ip?: string;
}): object {
  return {
    method,
    url: url.startsWith('/api/v1/auth/') ? url.split('?')[0] : url,
    host,
    remoteAddress: ip,
  };
}
