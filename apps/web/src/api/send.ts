import { ApiProblem, problemOf } from './api-problem';
import { isUnattended } from './attention';
import { renewSession } from './renew-session';
import { session } from './session';

const READS = ['GET', 'HEAD'];

/**
 * Makes a request as whoever is here, unless it shows a token of its own: one on trial. When
 * another tab has changed the session it is made once more.
 * @throws ApiProblem for every answer that is not a success
 */
export async function send(request: Request): Promise<Response> {
  if (request.headers.has('authorization')) return successOf(await fetch(request));
  const token = session.token();
  if (token === null) return sendByCookie(request);
  request.headers.set('authorization', `Bearer ${token}`);
  try {
    return await successOf(await fetch(request));
  } catch (error) {
    // A rejected token ends here, wherever the call came from; one that was rotated meanwhile is no
    // longer ours.
    if (isStatus(error, 401) && token === session.token()) session.close();
    throw error;
  }
}

async function sendByCookie(request: Request): Promise<Response> {
  const person = session.person();
  const again = request.clone();
  try {
    return await successOf(await fetch(withProof(request)));
  } catch (error) {
    if (!isAboutSession(error) || !(await renewSession())) throw error;
    // Whatever the person who was here asked for is not done in the name of another.
    if (session.person() !== person && !isRead(request)) throw error;
    return successOf(await fetch(withProof(again)));
  }
}

/** A write by cookie shows its proof; a read that nobody waits for keeps no session alive. */
function withProof(request: Request): Request {
  if (!isRead(request)) request.headers.set('x-cloudpam-csrf', session.csrf() ?? '');
  else if (isUnattended()) request.headers.set('x-cloudpam-poll', '1');
  return request;
}

async function successOf(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw await problemOf(response);
}

/**
 * Whether another login in this browser may be why: it has another cookie, and another proof for
 * writes.
 */
function isAboutSession(error: unknown): boolean {
  return isStatus(error, 401) || (error instanceof ApiProblem && error.code === 'csrf_refused');
}

function isStatus(error: unknown, status: number): boolean {
  return error instanceof ApiProblem && error.status === status;
}

function isRead({ method }: Request): boolean {
  return READS.includes(method);
}
