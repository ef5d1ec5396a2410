import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { SpanKind, type Tracer } from '@opentelemetry/api';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { FastifyInstance } from 'fastify';
import type { TracingSettings } from '../config/tracing-settings';
import { VERSION } from '../config/version';
import { exporterOf } from './exporter';
import { callerOf, endRequest, tellRoute } from './request-spans';
import { SpanPoint } from './span-point';
import { endSpan } from './span-end';
import type { Tracing } from './tracing';

/**
 * Traces by the SDK of OpenTelemetry, which reads its settings from the environment. It is known to nobody else in the
 * process: what other libraries would trace by it is not traced.
 * @param tell is told when traces cannot be sent
 */
export function startTracing(settings: TracingSettings, tell: (line: string) => void): Tracing {
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(
        resourceFromAttributes({
          [ATTR_SERVICE_NAME]: 'cloudpam',
          [ATTR_SERVICE_VERSION]: VERSION,
        }),
      )
      .merge(detectResources({ detectors: [serviceInstanceIdDetector, envDetector] })),
    spanProcessors: [new BatchSpanProcessor(exporterOf(settings, tell))],
  });
  return new OpenTelemetryTracing(provider, provider.getTracer('cloudpam', VERSION));
}

class OpenTelemetryTracing implements Tracing {
  private readonly current = new AsyncLocalStorage<SpanPoint>();
  /** Until the hooks of a request begin, which is after its first log line. */
  private readonly begun = new WeakMap<IncomingMessage, SpanPoint>();

  constructor(
    private readonly provider: BasicTracerProvider,
    private readonly tracer: Tracer,
  ) {}

  /** What goes on when its request has ended, as a loop that it began, belongs to no trace. */
  readonly points = (): SpanPoint | undefined => {
    const point = this.current.getStore();
    return point?.span.isRecording() ? point : undefined;
  };

  follow(server: FastifyInstance): void {
    server.setChildLoggerFactory((logger, bindings, options, raw) => {
      const span = this.tracer.startSpan(
        'request',
        { kind: SpanKind.SERVER },
        callerOf(raw.headers),
      );
      if (!span.isRecording()) return logger.child(bindings, options);
      this.begun.set(raw, new SpanPoint(this.tracer, span));
      return logger.child({ ...bindings, trace_id: span.spanContext().traceId }, options);
    });
    server.addHook('onRequest', (request, reply, done) => {
      const point = this.begun.get(request.raw);
      if (!point) return done();
      let problem: string | undefined;
      request.trace = {
        problem: (code) => (problem = code),
        useCase: (each) => this.useCase(each),
      };
      tellRoute(point.span, request);
      reply.raw.once('close', () => endRequest(point.span, reply, problem));
      this.current.run(point, done);
    });
    // What is heard of a body belongs to its connection, and not to its request.
    server.addHook('preValidation', (request, _reply, done) => {
      const point = this.begun.get(request.raw);
      if (point) this.current.run(point, done);
      else done();
    });
  }

  useCase<T extends object>(useCase: T): T {
    return new Proxy(useCase, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function' || key === 'constructor') return value;
        const suffix = key === 'execute' ? '' : `.${String(key)}`;
        const name = `${target.constructor.name}${suffix}`;
        return (...args: unknown[]): unknown =>
          this.inSpan(name, () => Reflect.apply(value, target, args) as unknown);
      },
    });
  }

  async end(withinMs: number): Promise<void> {
    const late = new AbortController();
    await Promise.race([
      this.provider.shutdown().catch(() => undefined), // was told by the exporter
      sleep(withinMs, undefined, { signal: late.signal, ref: false }).catch(() => undefined),
    ]);
    late.abort();
  }

  /** Work that takes time is a span; one that never ends is not sent. */
  private inSpan(name: string, work: () => unknown): unknown {
    const span = this.points()?.begin(name);
    if (!span) return work();
    const result = this.current.run(new SpanPoint(this.tracer, span), work);
    if (!(result instanceof Promise)) return result;
    return result.then(
      (value: unknown) => {
        endSpan(span);
        return value;
      },
      (error: unknown) => {
        endSpan(span, error);
        throw error;
      },
    );
  }
}
