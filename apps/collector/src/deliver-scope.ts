import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ScopeSnapshot } from '@cloudpam/reconciliation';
import { discoveryBody } from './discovery-body';
import { retryAfterMs, retrying, type Patience, type Try } from './retrying';

/** What the server did with a scope, in resources. */
export interface DeliveryCounts {
  readonly imported: number;
  readonly updated: number;
  readonly orphaned: number;
  readonly unchanged: number;
  readonly conflicts: number;
}

/** How the delivery of one scope ended. */
export type Delivery =
  | { readonly kind: 'accepted'; readonly counts: DeliveryCounts }
  /** The server understood and said no to this scope. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  /** The server could not be asked, or did not let us. `hopeless`: no other scope will fare better now. */
  | { readonly kind: 'undelivered'; readonly code: string; readonly detail: string; readonly hopeless: boolean };

export interface DeliveryTarget {
  readonly server: string;
  readonly token: string;
  readonly dryRun: boolean;
  readonly runId: string;
}

const TIMEOUT_MS = 120_000;
const COUNTS = ['imported', 'updated', 'orphaned', 'unchanged', 'conflicts'] as const satisfies readonly (keyof DeliveryCounts)[];

/**
 * Posts one scope to `/api/v1/discovery`, gzipped. Tries again on 429, 5xx and a lost connection; the server takes a
 * repeated try for the first by its Idempotency-Key. Never rejects.
 */
export async function deliverScope(snapshot: ScopeSnapshot, target: DeliveryTarget, patience: Patience, stop: AbortSignal): Promise<Delivery> {
  const body = await promisify(gzip)(JSON.stringify(discoveryBody(target.runId, snapshot)));
  return retrying(() => post(body, snapshot, target), patience, stop);
}

async function post(body: Buffer<ArrayBuffer>, { provider, account, region }: ScopeSnapshot, target: DeliveryTarget): Promise<Try<Delivery>> {
  try {
    const response = await fetch(`${target.server}/api/v1/discovery${target.dryRun ? '?dry_run=true' : ''}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${target.token}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        accept: 'application/json, application/problem+json',
        'idempotency-key': [target.runId, provider, account, region].map(encodeURIComponent).join(':'),
      },
      body,
      // Following one would turn the POST into a GET.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return answered(response, await response.text());
  } catch (error) {
    const code = codeOf(error);
    return { again: { kind: 'undelivered', code, detail: `${target.server} cannot be reached: ${code}`, hopeless: true } };
  }
}

function answered(response: Response, text: string): Try<Delivery> {
  const { status } = response;
  const answer = jsonObject(text);
  if (status === 200) return { done: acceptedOr(answer) };
  const code = typeof answer?.['code'] === 'string' ? answer['code'] : `http_${status}`;
  const detail = [answer?.['detail'], answer?.['title']].find((part) => typeof part === 'string' && part !== '') ?? `the server answered with status ${status}`;
  const no = { code, detail: String(detail) };
  if (status === 429 || status >= 500) {
    const hopeless = status >= 502 && status <= 504;
    return { again: { kind: 'undelivered', ...no, hopeless }, afterMs: retryAfterMs(response.headers.get('retry-after'), new Date()) };
  }
  if (status === 401 || status === 403) return { done: { kind: 'undelivered', ...no, hopeless: status === 401 } };
  if (status >= 300 && status < 400) {
    return { done: { kind: 'undelivered', code, detail: `the server sends to ${response.headers.get('location') ?? 'another address'}; use that one`, hopeless: true } };
  }
  return { done: { kind: 'refused', ...no } };
}

/** A scope that the server named in `errors` was refused, though the request was not. */
function acceptedOr(answer: { readonly [field: string]: unknown } | undefined): Delivery {
  if (!answer || !COUNTS.every((count) => typeof answer[count] === 'number')) {
    return { kind: 'undelivered', code: 'not_cloudpam', detail: 'what answers at this address is not a CloudPAM server', hopeless: true };
  }
  const [error] = Array.isArray(answer['errors']) ? (answer['errors'] as unknown[]) : [];
  if (error !== undefined) {
    const { code, detail } = typeof error === 'object' && error !== null ? (error as { code?: unknown; detail?: unknown }) : {};
    return { kind: 'refused', code: String(code ?? 'refused'), detail: String(detail ?? 'the server gave no detail') };
  }
  const counts = Object.fromEntries(COUNTS.map((count) => [count, answer[count]]));
  return { kind: 'accepted', counts: counts as unknown as DeliveryCounts }; // each was seen to be a number above
}

function jsonObject(text: string): { readonly [field: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as { readonly [field: string]: unknown }) : undefined;
  } catch {
    return undefined;
  }
}

/** fetch says `fetch failed` and hides the system's code in the cause. */
function codeOf(error: unknown): string {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } }; // whatever it is, reading fields of it is safe
  return String(cause?.code ?? name ?? 'unknown');
}
