import type { CloudScope } from '@cloudpam/reconciliation';
import { forOlderServer, UNKNOWN_FIELD } from './older-server';
import { refusedReport } from './refused-report';
import { postToServer, type ServerPost, type ServerReply } from '../server/post-to-server';
import type { TlsFiles } from '../server/tls-dispatcher';
import { retrying, type Patience, type Try } from '../server/retrying';
import type { Delivery, DeliveryCounts, Undelivered } from './delivery';

/** The server that snapshots go to. */
export interface DeliveryTarget {
  readonly server: string;
  readonly token: string;
  readonly dryRun: boolean;
  readonly tls?: TlsFiles;
}

/** What is posted: the gzipped body, and what names the delivery. */
export interface Posting {
  readonly runId: string;
  readonly sequence: number;
  readonly payload: Uint8Array<ArrayBuffer>;
  /**
   * It is a part before the last one: kept apart by the server for a day, and no change yet. So a
   * dry run posts it like any run.
   */
  readonly waits?: boolean;
}

const TIMEOUT_MS = 120_000;
/** All scopes of a run in one answer. Beyond five minutes the client would give up by itself. */
const TOGETHER_TIMEOUT_MS = 280_000;
const COUNTS = [
  'imported',
  'updated',
  'orphaned',
  'unchanged',
  'conflicts',
] as const satisfies readonly (keyof DeliveryCounts)[];

/** Something newer of the scope is there already; there is no such account. */
const NOTHING_TO_SHOW = ['stale_snapshot', 'account_not_found'];

const ZERO = Object.fromEntries(COUNTS.map((count) => [count, 0]));
const NOT_CLOUDPAM: Undelivered = {
  kind: 'undelivered',
  code: 'not_cloudpam',
  detail: 'what answers at this address is not a CloudPAM server',
  fatal: true,
  later: true,
};

/**
 * Posts one scope to `/api/v1/discovery`, gzipped. Tries again on 408, 429, 5xx and a lost
 * connection; the server takes a repeated try for the first by its Idempotency-Key, `<run
 * id>:<sequence>`. What the server refuses it is told of as a failed listing, with the reason:
 * nobody takes the scope for complete. Never rejects.
 */
export async function postSnapshot(
  posting: Posting,
  target: DeliveryTarget,
  patience: Patience,
  stop: AbortSignal,
): Promise<Delivery> {
  const { delivery, taken } = await postOrPlain(posting, target, patience, stop);
  // Of all else the server would go on showing what was before.
  if (delivery.kind === 'refused' && !NOTHING_TO_SHOW.includes(delivery.code) && !target.dryRun) {
    await post(
      await refusedReport(taken, delivery),
      target,
      { ...patience, attempts: 1 },
      stop,
      ':refused',
    );
  }
  return delivery;
}

/**
 * Posts a snapshot; to a server that does not know all of its fields without those that may be left out. Gives what
 * was posted last.
 */
async function postOrPlain(
  posting: Posting,
  target: DeliveryTarget,
  patience: Patience,
  stop: AbortSignal,
): Promise<{ readonly delivery: Delivery; readonly taken: Posting }> {
  const delivery = await post(posting, target, patience, stop);
  const isUnknown = delivery.kind === 'refused' && delivery.code === UNKNOWN_FIELD;
  const plain = isUnknown ? await forOlderServer(posting) : undefined;
  if (!plain) return { delivery, taken: posting };
  return { delivery: await post(plain, target, patience, stop, ':plain'), taken: plain };
}

/** What the server said to several scopes in one request. */
export type Judgement =
  | { readonly kind: 'judged'; of(scope: CloudScope): Delivery }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | Undelivered;

/** Posts several scopes in one request. Never rejects. */
export async function postTogether(
  posting: Posting,
  target: DeliveryTarget,
  patience: Patience,
  stop: AbortSignal,
): Promise<Judgement> {
  const request = { ...requestOf(posting, target), timeoutMs: TOGETHER_TIMEOUT_MS };
  return retrying(
    async (): Promise<Try<Judgement>> => {
      const reply = await postToServer(request);
      if (reply.kind === 'answer' && reply.status === 200 && Array.isArray(reply.body?.['scopes']))
        return { done: judgementOf(reply.body) };
      const no = judged(reply);
      // Whatever else is accepted is no answer of ours.
      const isNo = (delivery: Delivery): delivery is Exclude<Judgement, { kind: 'judged' }> =>
        delivery.kind === 'refused' || delivery.kind === 'undelivered';
      const delivery = 'done' in no ? no.done : no.again;
      const told: Judgement = isNo(delivery) ? delivery : NOT_CLOUDPAM;
      return 'done' in no ? { done: told } : { again: told, afterMs: no.afterMs };
    },
    patience,
    stop,
  );
}

function judgementOf(body: { readonly [field: string]: unknown }): Judgement {
  const byPlace = new Map<string, Delivery>();
  for (const field of ['errors', 'scopes']) {
    for (const each of Array.isArray(body[field]) ? (body[field] as unknown[]) : []) {
      // Any value but null can be asked for fields.
      const answer = (each ?? {}) as { readonly [field: string]: unknown };
      byPlace.set(
        `${String(answer['account'])} ${String(answer['region'])}`,
        acceptedOr(field === 'errors' ? { ...ZERO, errors: [answer] } : answer),
      );
    }
  }
  return {
    kind: 'judged',
    of: ({ account, region }) => byPlace.get(`${account} ${region}`) ?? NOT_CLOUDPAM,
  };
}

function post(
  posting: Posting,
  target: DeliveryTarget,
  patience: Patience,
  stop: AbortSignal,
  mark = '',
): Promise<Delivery> {
  const request = requestOf(posting, target, mark);
  return retrying(async () => judged(await postToServer(request)), patience, stop);
}

function requestOf(posting: Posting, target: DeliveryTarget, mark = ''): ServerPost {
  return {
    server: target.server,
    token: target.token,
    ...(target.tls && { tls: target.tls }),
    path: `/api/v1/discovery${target.dryRun && !posting.waits ? '?dry_run=true' : ''}`,
    headers: {
      'content-encoding': 'gzip',
      'idempotency-key': `${posting.runId}:${posting.sequence}${mark}`,
    },
    body: posting.payload,
    timeoutMs: TIMEOUT_MS,
  };
}

function judged(reply: ServerReply): Try<Delivery> {
  const no = { code: reply.code, detail: reply.detail };
  if (reply.kind === 'unreachable')
    return { again: { kind: 'undelivered', ...no, fatal: true, later: true } };
  const { status } = reply;
  // Parts of a listing are kept with 202 until the last one is there.
  if (status === 200 || status === 202) return { done: acceptedOr(reply.body) };
  if (status === 408 || status === 429 || status >= 500) {
    const fatal = status >= 502 && status <= 504;
    return {
      again: { kind: 'undelivered', ...no, fatal, later: true },
      afterMs: reply.retryAfterMs,
    };
  }
  if (status === 401) return { done: { kind: 'undelivered', ...no, fatal: true, later: true } };
  if (status === 403) return { done: { kind: 'undelivered', ...no, fatal: false, later: false } };
  // A proxy in front may say that a body is too large; any other no that is not a problem is not
  // the server's word.
  if (reply.isProblem || status === 413) return { done: { kind: 'refused', ...no } };
  return { done: { kind: 'undelivered', ...no, fatal: true, later: true } };
}

/** A scope that the server named in `errors` was refused, though the request was not. */
function acceptedOr(answer: { readonly [field: string]: unknown } | undefined): Delivery {
  if (!answer || !COUNTS.every((count) => typeof answer[count] === 'number')) {
    return NOT_CLOUDPAM;
  }
  const [error] = Array.isArray(answer['errors']) ? (answer['errors'] as unknown[]) : [];
  if (error !== undefined) {
    const { code, detail } =
      typeof error === 'object' && error !== null
        ? (error as { code?: unknown; detail?: unknown })
        : {};
    return {
      kind: 'refused',
      code: String(code ?? 'refused'),
      detail: String(detail ?? 'the server gave no detail'),
    };
  }
  const counts = Object.fromEntries(COUNTS.map((count) => [count, answer[count]]));
  return { kind: 'accepted', counts: counts as unknown as DeliveryCounts }; // each was seen to be a number above
}
