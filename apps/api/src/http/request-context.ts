import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  createParamDecorator,
  type ExecutionContext,
  type ParamDecoratorEnhancer,
} from '@nestjs/common';
import { ApiParam, type ApiParamOptions } from '@nestjs/swagger';
import {
  AnsweredBefore,
  isStorableText,
  type Actor,
  type Change,
  type AccessScope,
} from '@cloudpam/audit';
import { AccessError, type LiveSession, type Principal } from '@cloudpam/identity';
import { PoolError } from '@cloudpam/pools';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { visibleStorage, type VisibleStorage } from '../limits/visible-stores';
import { ScopedWrite, type WriteTargets } from '../limits/scoped-write';
import type { Storage } from '../storage/storage';
import { ClientGone } from './client-gone';
import { LARGEST_RECORD_ID, SchemaError, UNSTORABLE } from './schema';

/** A request that the guard let pass. */
export interface AuthenticatedRequest extends FastifyRequest {
  principal?: Principal;
  /** SHA-256 of the body, in hexadecimal; undefined without one. */
  bodyHash?: string;
  /** Of someone with limits. */
  accessScope?: AccessScope;
  /** Only when it came with a cookie and without a token. */
  session?: LiveSession;
}

export interface Answer<Body = unknown> {
  readonly status: number;
  readonly body: Body;
  readonly headers?: Record<string, string>;
}

/** What the same key asks for was made, and was deleted since. */
export class GoneSince extends Error {
  constructor() {
    super('What this key made was deleted since. Use a fresh key to make it again.');
    this.name = 'GoneSince';
  }
}

interface WriteOptions<T> {
  readonly versioned?: boolean;
  readonly kept?: (result: T) => Answer | null;
  readonly isGone?: (body: unknown) => Promise<boolean>;
}

/** Who asks, under which circumstances; and how a write is answered. */
export class RequestContext {
  constructor(
    private readonly request: AuthenticatedRequest,
    readonly reply: FastifyReply,
  ) {}

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
  seen(storage: Storage): VisibleStorage {
    return visibleStorage(storage, this.accessScope);
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
    const match = /^"(\d{1,15})"$/.exec(tag);
    if (!match)
      throw new PoolError(
        'version_mismatch',
        'If-Match is not an ETag that was given for this. Read it again and repeat.',
      );
    return Number(match[1]);
  }

  /**
   * Runs a use case once per `Idempotency-Key`, and answers.
   * @param touched what the write names, for callers with limits; without it they may not do it
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

const REASON_LENGTH = 1_000;

/**
 * Why a change is made, cut at 1,000 characters: from `X-Change-Reason`, whose bytes are UTF-8, or
 * from `X-Change-Reason*`, which carries any text in ASCII (RFC 8187: `UTF-8''` and percent-encoded
 * bytes) and goes first.
 * @throws SchemaError for what is neither
 */
function changeReason(headers: FastifyRequest['headers']): string | undefined {
  const refuse = (field: string, detail: string): SchemaError =>
    new SchemaError([{ field, code: 'invalid_field', detail }]);
  const extended = headers['x-change-reason*'];
  let text: string;
  if (typeof extended === 'string') {
    const [, value] =
      /^utf-8'[a-z0-9-]*'((?:[\w!#$&+.^`|~-]|%[0-9a-f]{2})*)$/i.exec(extended) ?? [];
    if (value === undefined)
      throw refuse(
        'X-Change-Reason*',
        "must be written as UTF-8'' and percent-encoded bytes (RFC 8187)",
      );
    try {
      text = decodeURIComponent(value);
    } catch {
      throw refuse('X-Change-Reason*', 'must be UTF-8');
    }
  } else {
    const plain = headers['x-change-reason'];
    if (typeof plain !== 'string') return undefined;
    // Node gives the bytes of a header as Latin-1.
    const bytes = Buffer.from(plain, 'latin1');
    if (!isUtf8(bytes)) throw refuse('X-Change-Reason', 'must be UTF-8');
    text = bytes.toString('utf8');
  }
  if (!isStorableText(text)) throw refuse('X-Change-Reason', UNSTORABLE);
  return text.length > REASON_LENGTH ? [...text].slice(0, REASON_LENGTH).join('') : text;
}

export const Context = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const http = context.switchToHttp();
  return new RequestContext(
    http.getRequest<AuthenticatedRequest>(),
    http.getResponse<FastifyReply>(),
  );
});

/** Describes a path parameter where its method takes it. */
const describedAs =
  (parameter: ApiParamOptions): ParamDecoratorEnhancer =>
  (target, name = '') =>
    void ApiParam(parameter)(target, name, Object.getOwnPropertyDescriptor(target, name) ?? {});

const idUpTo = (max: number): (() => ParameterDecorator) =>
  createParamDecorator(
    (_: unknown, context: ExecutionContext): number => {
      const { id = '' } = context.switchToHttp().getRequest<FastifyRequest>().params as {
        id?: string;
      }; // a route with this parameter
      if (!/^[1-9]\d{0,15}$/.test(id) || Number(id) > max)
        throw new SchemaError([
          { field: 'id', code: 'invalid_field', detail: `must be a whole number from 1 to ${max}` },
        ]);
      return Number(id);
    },
    [
      describedAs({
        name: 'id',
        description: 'The id',
        schema: { type: 'integer', format: 'int64', minimum: 1, maximum: max },
      }),
    ],
  );

/** The path parameter `id` of a pool or a discovered resource. */
export const PathId = idUpTo(Number.MAX_SAFE_INTEGER);
/**
 * The path parameter `id` of an account, VRF, VLAN, token or user: storages keep these in 32 bits.
 */
export const PathRecordId = idUpTo(LARGEST_RECORD_ID);

/** The answer with something that has versions: its version is the ETag. */
export function versionedAnswer<Body extends { readonly version: number }>(
  body: Body,
): Answer<Body> {
  return { status: 200, headers: { etag: `"${body.version}"` }, body };
}

/** The answer with something that was just made, and where it is. @param list the path of all of its kind */
export function createdAnswer<Body extends { readonly id: number; readonly version: number }>(
  body: Body,
  list: string,
): Answer<Body> {
  const { headers } = versionedAnswer(body);
  return { status: 201, headers: { ...headers, location: `${list}/${body.id}` }, body };
}
