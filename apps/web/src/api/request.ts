import { ApiProblem } from './api-problem';
import { isUnattended } from './attention';
import type { ProblemBody } from './api-problem';
import { renewSession } from './renew-session';
import { session } from './session';

export type QueryValue = string | number | boolean | null | undefined | readonly string[];
export type Query = Readonly<Record<string, QueryValue>>;

/** Parts of a request beyond method and path. */
export interface RequestParts {
  readonly query?: Query;
  readonly body?: unknown;
  /** Version the change is based on; a newer one on the server makes it 412. */
  readonly version?: number;
  /** The same key and body again give the same answer and no second effect. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Token to use instead of the session's: to try one before signing in. */
  readonly token?: string;
}

/** A dry run gives the same answer and writes nothing; a real write carries an idempotency key. */
export type Write =
  { readonly dryRun: true; readonly signal?: AbortSignal } | { readonly idempotencyKey: string };

const BASE = '/api/v1';
const READS = ['GET', 'HEAD'];

/**
 * One call of the API.
 * @throws ApiProblem for every answer that is not a success; the browser's TypeError when no answer
 *   came
 */
export async function request<T>(
  method: string,
  path: string,
  parts: RequestParts = {},
): Promise<T> {
  const response = await send(method, path, parts);
  if (response.status === 204) return undefined as T; // The caller of a 204 route asks for void.
  return (await response.json()) as T; // The wire types are the contract; the server checks them in its own tests.
}

/** As {@link request}, for an answer that is a file. */
export async function requestFile(path: string, query: Query): Promise<Blob> {
  return (await send('GET', path, { query })).blob();
}

/** Query text with a leading `?`, or nothing. Empty values are left out, lists are repeated. */
export function queryText(query: Query | undefined): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === '') continue;
    if (typeof value === 'object') value.forEach((one) => params.append(name, one));
    else params.append(name, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The parts of a request that make it a dry run or a real write. */
export function writeParts(write: Write, query: Query = {}): RequestParts {
  return 'dryRun' in write
    ? { query: { ...query, dry_run: true }, signal: write.signal }
    : { query, idempotencyKey: write.idempotencyKey };
}

async function send(method: string, path: string, parts: RequestParts): Promise<Response> {
  const token = parts.token ?? session.token();
  const person = session.person();
  const response = await sendOnce(method, path, parts, token);
  if (response.ok) return response;
  const problem = new ApiProblem(response.status, await problemBody(response));
  if (token === null && isAboutSession(problem) && (await renewSession())) {
    // Whatever the person who was here asked for is not done in the name of another.
    if (session.person() !== person && !READS.includes(method)) throw problem;
    const again = await sendOnce(method, path, parts, token);
    if (again.ok) return again;
    throw new ApiProblem(again.status, await problemBody(again));
  }
  // A rejected token ends here, wherever the call came from; one on trial is the login page's own
  // business, and one that was rotated meanwhile is no longer ours.
  if (
    problem.status === 401 &&
    parts.token === undefined &&
    token !== null &&
    token === session.token()
  )
    session.close();
  throw problem;
}

/**
 * Whether another login in this browser may be why: it has another cookie, and another proof for
 * writes.
 */
function isAboutSession({ status, code }: ApiProblem): boolean {
  return status === 401 || code === 'csrf_refused';
}

async function sendOnce(
  method: string,
  path: string,
  parts: RequestParts,
  token: string | null,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  else if (!READS.includes(method)) headers['x-cloudpam-csrf'] = session.csrf() ?? '';
  else if (isUnattended()) headers['x-cloudpam-poll'] = '1';
  if (parts.body !== undefined) headers['content-type'] = 'application/json';
  if (parts.version !== undefined) headers['if-match'] = `"${parts.version}"`;
  if (parts.idempotencyKey !== undefined) headers['idempotency-key'] = parts.idempotencyKey;
  return fetch(`${BASE}${path}${queryText(parts.query)}`, {
    method,
    headers,
    credentials: 'same-origin',
    ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
    ...(parts.signal === undefined ? {} : { signal: parts.signal }),
  });
}

async function problemBody(response: Response): Promise<ProblemBody> {
  try {
    return (await response.json()) as ProblemBody; // Every field of a problem is optional.
  } catch {
    return { title: `${response.status} ${response.statusText}`.trim(), code: 'no_problem_body' };
  }
}
