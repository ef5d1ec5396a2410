import type { AnswerOf, BodyOf, Schemas } from '@cloudpam/api-client';
import type { TlsFiles } from '../server/tls-dispatcher';
import { postToServer, type ServerReply } from '../server/post-to-server';

/** A job that this agent holds. */
export type Job = Pick<Schemas['ClaimedJob'], 'id' | 'account' | 'lease' | 'attempt'>;

/** What is said of a job besides the proof that it is ours. */
export type JobProgress = Omit<Schemas['Progress'], 'lease'>;
export type JobResult = Omit<Schemas['Finish'], 'lease'>;

type Call = 'sendHeartbeat' | 'scheduleDiscoveries' | 'claimJob' | 'reportProgress' | 'finishJob';

/** An answer of what may be no CloudPAM server: nothing in it is sure. */
type Unsure<T> = { readonly [Field in keyof T]?: unknown };

/**
 * Why the server did not do what was asked. `away`: ask later. `denied`: the token may not. `lost`:
 * the job is not ours any more. `refused`: asking again will not help.
 */
export class CollectorsApiError extends Error {
  override readonly name = 'CollectorsApiError';

  constructor(
    readonly kind: 'away' | 'denied' | 'lost' | 'refused',
    readonly code: string,
    detail: string,
    readonly afterMs?: number,
  ) {
    super(`${code}: ${detail}`);
  }
}

const TIMEOUT_MS = 30_000;
const ROOT = '/api/v1/collectors';

/** The part of the API that agents use. Each call @throws CollectorsApiError. */
export class CollectorsApi {
  constructor(
    private readonly target: {
      readonly server: string;
      readonly token: string;
      readonly tls?: TlsFiles;
    },
  ) {}

  /**
   * Says that the agent lives. Gives the seconds of a lease, and those until the next heartbeat is
   * due.
   */
  async heartbeat(
    heartbeat: Schemas['Heartbeat'],
  ): Promise<{ leaseSeconds: number; heartbeatSeconds: number }> {
    const answer = await this.post<'sendHeartbeat'>('/heartbeat', heartbeat);
    return {
      leaseSeconds: positive(answer.lease_seconds, 60),
      heartbeatSeconds: positive(answer.heartbeat_seconds, 30),
    };
  }

  /**
   * Asks for jobs of the accounts whose last run is older. Gives the number of jobs that were
   * queued.
   */
  async schedule(wish: Schemas['Schedule'], key: string): Promise<number> {
    const answer = await this.post<'scheduleDiscoveries'>('/jobs:schedule', wish, { key });
    return Number(answer.queued ?? 0);
  }

  /** Waits for a job; undefined when there was none. The signal ends the waiting. */
  async claim(
    instance: string,
    waitSeconds: number,
    signal: AbortSignal,
  ): Promise<Job | undefined> {
    const answer = await this.post<'claimJob'>(
      '/jobs:claim',
      { instance, wait_seconds: waitSeconds },
      { signal, timeoutMs: waitSeconds * 1_000 + TIMEOUT_MS },
    );
    return jobOf(answer.job);
  }

  /** Tells how far a job is, and renews its lease. */
  async progress({ id, lease }: Job, progress: JobProgress): Promise<void> {
    await this.post<'reportProgress'>(`/jobs/${id}:progress`, { lease, ...progress });
  }

  /** Ends a job. */
  async finish({ id, lease, attempt }: Job, result: JobResult): Promise<void> {
    await this.post<'finishJob'>(
      `/jobs/${id}:finish`,
      { lease, ...result },
      { key: `finish:${id}:${attempt}` },
    );
  }

  private async post<Id extends Call>(
    path: string,
    body: BodyOf<Id>,
    how: { key?: string; signal?: AbortSignal; timeoutMs?: number } = {},
  ): Promise<Unsure<AnswerOf<Id>>> {
    const { server, token, tls } = this.target;
    const reply = await postToServer({
      server,
      token,
      ...(tls && { tls }),
      path: `${ROOT}${path}`,
      headers: how.key === undefined ? {} : { 'idempotency-key': how.key },
      body: JSON.stringify(body),
      timeoutMs: how.timeoutMs ?? TIMEOUT_MS,
      ...(how.signal && { signal: how.signal }),
    });
    return bodyOf(reply) as Unsure<AnswerOf<Id>>; // any object can be asked for fields
  }
}

function bodyOf(reply: ServerReply): { readonly [field: string]: unknown } {
  const error = (kind: CollectorsApiError['kind']): CollectorsApiError =>
    new CollectorsApiError(
      kind,
      reply.code,
      reply.detail,
      reply.kind === 'answer' ? reply.retryAfterMs : undefined,
    );
  if (reply.kind === 'unreachable') throw error('away');
  const { status, isProblem, code } = reply;
  if (status === 200 && reply.body) return reply.body;
  if (status === 200)
    throw new CollectorsApiError(
      'away',
      'not_cloudpam',
      'what answers at this address is not a CloudPAM server',
    );
  if (status === 408 || status === 429 || status >= 500 || !isProblem) throw error('away');
  if (status === 401 || status === 403) throw error('denied');
  if (status === 409 && (code === 'lease_lost' || code === 'job_cancelled')) throw error('lost');
  throw error('refused');
}

function jobOf(value: unknown): Job | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, account, lease, attempt } = value as Unsure<Job>; // any object can be asked for fields
  if (typeof id !== 'number' || typeof account !== 'string' || typeof lease !== 'string') {
    throw new CollectorsApiError(
      'away',
      'not_cloudpam',
      'the server gave a job that cannot be understood',
    );
  }
  return { id, account, lease, attempt: positive(attempt, 1) };
}

function positive(value: unknown, fallback: number): number {
  return typeof value === 'number' && value > 0 ? value : fallback;
}
