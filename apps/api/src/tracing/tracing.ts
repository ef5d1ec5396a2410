import type { TracePoints } from '@cloudpam/storage-typeorm';
import type { FastifyInstance } from 'fastify';

/** Where Nest finds what traces; undefined without an endpoint for traces. */
export const TRACING = Symbol('Tracing');

/**
 * Traces of the requests of a server: each has a span of its own, of its use cases, and of their transactions and
 * statements. Work beside the requests has none.
 */
export interface Tracing {
  /** Where the storage is called. */
  readonly points: TracePoints;
  /** Has every request of the server traced. */
  follow(server: FastifyInstance): void;
  /** A use case whose calls are spans. */
  useCase<T extends object>(useCase: T): T;
  /** Sends what is left, within so many milliseconds. */
  end(withinMs: number): Promise<void>;
}

/** What a request says of itself while it is traced. */
export interface RequestTrace {
  /** It ends with a problem of this code. */
  problem(code: string): void;
  /** A use case whose calls are spans. */
  useCase<T extends object>(useCase: T): T;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined where the request is not traced. */
    trace?: RequestTrace;
  }
}
