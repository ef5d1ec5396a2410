import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import {
  AnsweredBefore,
  write,
  type Actor,
  type Change,
  type AccessScope,
  type Since,
} from '@cloudpam/audit';
import { AccessError, type LiveSession, type Principal } from '@cloudpam/identity';
import { PoolError } from '@cloudpam/pools';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { visibleStorage, type VisibleStorage } from '../limits/visible-stores';
import { ScopedWrite, type WriteTargets } from '../limits/scoped-write';
import type { Storage } from '../storage/storage';
import { GoneSince, type Answer } from './answer';
import { changeReason } from './change-reason';
import { ClientGone } from './client-gone';
import { sinceOf } from './positions';
import { SchemaError } from './schema';

/** A request that the guard let pass. */
export interface AuthenticatedRequest extends FastifyRequest {
  principal?: Principal;
  /** SHA-256 of the body, in hexadecimal; undefined without one or without an `Idempotency-Key`. */
  bodyHash?: string;
  /** Of someone with limits. */
  accessScope?: AccessScope;
  /** Only when it came with a cookie and without a token. */
  session?: LiveSession;
  /** The code of the problem that was answered. */
  problem?: string;
}

interface WriteOptions<T> {
  readonly versioned?: boolean;
  readonly kept?: (result: T) => Answer | null;
  readonly isGone?: (body: unknown) => Promise<boolean>;
}

/** Who asks, under which circumstances; and how a write is answered. */
export class RequestContext {
  /** What its reads must show. */
  private readonly since: Since | undefined;

  /** @throws SchemaError for a position that is none, whether the route reads or not */
  constructor(
    private readonly request: AuthenticatedRequest,
    readonly reply: FastifyReply,
  ) {
    this.since = sinceOf(request, request.accessScope);
  }

  get principal(): Principal {
    if (!this.request.principal) throw new Error('the route has no guard');
    return this.request.principal;
  }

  /** The session of the request; undefined when it came with a token. */
  get session(): LiveSession | undefined {
    return this.request.session;
  }

  get requestId(): string {
    return this.request.id;
  }

  get actor(): Actor {
    return this.principal.actor;
  }

  /** What the caller is limited to; undefined for no limits. */
  get accessScope(): AccessScope | undefined {
    return this.request.accessScope;
  }

  /** The storage as far as the caller sees it. */
  visible(storage: Storage): VisibleStorage {
    return visibleStorage(storage, this.accessScope, this.since);
  }

  /** A query of the domain over the storage as far as the caller sees it. */
  query<T extends object, Rest extends readonly unknown[]>(
    Query: new (storage: VisibleStorage, ...rest: Rest) => T,
    storage: Storage,
    ...rest: Rest
  ): T {
    return this.traced(new Query(this.visible(storage), ...rest));
  }

  /** A use case whose calls are spans, where the request is traced. */
  traced<T extends object>(useCase: T): T {
    return this.request.trace?.useCase(useCase) ?? useCase;
  }

  /**
   * What was answered to the same `Idempotency-Key`; for work that sends what cannot be taken back, before it does.
   * Whoever sends and dies before the answer is kept may send again.
   * @throws KeyReused
   */
  async answeredBefore<Body>({ unitOfWork }: Storage): Promise<Body | undefined> {
    if (!this.hasKey) return undefined;
    return this.write(
      (change) => write(unitOfWork, change, async () => {}),
      (): Answer<Body | undefined> => ({ status: 200, body: undefined }),
      undefined,
      { kept: () => null },
    );
  }

  /** Whether the request can be asked again under the same `Idempotency-Key`. */
  get hasKey(): boolean {
    return this.request.headers['idempotency-key'] !== undefined;
  }

  /** Aborted when the client has closed the connection before it had its answer. */
  get gone(): AbortSignal {
    const controller = new AbortController();
    const { raw } = this.reply;
    const note = (): void => {
      if (!raw.writableFinished) controller.abort(new ClientGone());
    };
    if (raw.destroyed) note();
    else raw.once('close', note);
    return controller.signal;
  }

  get dryRun(): boolean {
    const { dry_run: dryRun } = this.request.query as { dry_run?: unknown };
    return dryRun === true || dryRun === 'true';
  }

  /**
   * The version that `If-Match` asks for. @throws PoolError `version_mismatch` for a tag that is
   * none of ours
   */
  get expectedVersion(): number | undefined {
    const tag = this.request.headers['if-match'];
    if (tag === undefined || tag === '*') return undefined;
    const match = /^"(\d{1,15})(?:-[\w-]{16})?"$/.exec(tag);
    if (!match)
      throw new PoolError(
        'version_mismatch',
        'If-Match is not an ETag that was given for this. Read it again and repeat.',
      );
    return Number(match[1]);
  }

  /**
   * Runs a use case once per `Idempotency-Key`, and answers.
   * @param targets what the write names, for callers with limits; without it they may not do it
   * @param options `versioned`: the work heeds `If-Match`, which is refused elsewhere; `kept`: what
   *   is answered to the same key again,
   *   in place of the same answer, or null where the key stays free; `isGone`: says of a kept
   * answer whether what it tells of is there no more
   */
  async write<T, Body>(
    work: (change: Change) => Promise<T>,
    present: (result: T) => Answer<Body>,
    targets?: WriteTargets,
    options: WriteOptions<T> = {},
  ): Promise<Body> {
    const { versioned = false, kept = present, isGone } = options;
    const { 'if-match': tag } = this.request.headers;
    if (!versioned && tag !== undefined && tag !== '*') {
      throw new SchemaError([
        {
          field: 'If-Match',
          code: 'invalid_field',
          detail: 'is not heeded by this request: leave it out',
        },
      ]);
    }
    let answer: Answer<Body>;
    try {
      answer = present(
        await work(
          this.change((result: T) => {
            const text = kept(result);
            return text === null ? null : JSON.stringify(text);
          }, targets),
        ),
      );
    } catch (error) {
      if (!(error instanceof AnsweredBefore)) throw error;
      answer = JSON.parse(error.answer) as Answer<Body>; // written by `encode` above
      if (await isGone?.(answer.body)) throw new GoneSince();
      void this.reply.header('idempotency-replayed', 'true');
    }
    // A dry run has made nothing that could be found somewhere.
    if (this.dryRun) void this.reply.status(answer.status === 201 ? 200 : answer.status);
    else void this.reply.status(answer.status).headers(answer.headers ?? {});
    return answer.body;
  }

  private change<T>(
    encode: (result: T) => string | null,
    targets: WriteTargets | undefined,
  ): Change {
    if (this.accessScope && !targets)
      throw new AccessError(
        'forbidden',
        'This cannot be done by someone who is limited to some accounts or pools.',
      );
    const reason = changeReason(this.request.headers);
    const key =
      this.request.method === 'POST' ? this.request.headers['idempotency-key'] : undefined;
    if (key !== undefined && (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))) {
      throw new SchemaError([
        {
          field: 'Idempotency-Key',
          code: 'invalid_field',
          detail: 'must be 1 to 255 visible ASCII characters',
        },
      ]);
    }
    return {
      actor: this.actor,
      at: new Date(),
      requestId: this.request.id,
      dryRun: this.dryRun,
      ...(this.accessScope && targets ? { limit: new ScopedWrite(this.accessScope, targets) } : {}),
      ...(reason === undefined ? {} : { reason }),
      ...(typeof key === 'string'
        ? { idempotency: { key, fingerprint: this.fingerprint(), encode } }
        : {}),
    };
  }

  private fingerprint(): string {
    return createHash('sha256')
      .update(`${this.request.method} ${this.request.url}\n${this.request.bodyHash ?? ''}`)
      .digest('hex');
  }
}

export const Context = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const http = context.switchToHttp();
  return new RequestContext(
    http.getRequest<AuthenticatedRequest>(),
    http.getResponse<FastifyReply>(),
  );
});
