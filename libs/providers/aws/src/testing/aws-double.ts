import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './double-answer';
import { callOf, type Call } from './double-call';
import { WEB_IDENTITY_TOKEN, answerWithData, type DoubleData } from './double-data';
import { faultsOf, type DoubleFaults } from './double-faults';
import { DoubleSessions, OWN_CREDENTIALS } from './double-sessions';

/** What the double has, and what goes wrong with it. */
export interface DoubleSettings extends DoubleData {
  readonly faults?: DoubleFaults;
  /**
   * Called before faults and data are looked at; an answer from here is given instead, none ever
   * for `hang`.
   */
  readonly interrupt?: (
    call: Call,
  ) => Answer | 'hang' | undefined | Promise<Answer | 'hang' | undefined>;
  /** False for a large organization: `calls` stays empty. Default true. */
  readonly keepCalls?: boolean;
}

/**
 * EC2, STS and Organizations of every region on one loopback port. Refuses calls that are not
 * signed with credentials of its own.
 */
export interface AwsDouble {
  readonly endpoint: string;
  /** Long-term ones of the caller's own account. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What AssumeRoleWithWebIdentity takes. */
  readonly webIdentityToken: string;
  /** Gives credentials of the caller's own account, as ECS does. */
  readonly containerCredentialsUrl: string;
  /**
   * The same, but asks for `podIdentityToken` in the header Authorization, as EKS Pod Identity
   * does.
   */
  readonly podIdentityUrl: string;
  readonly podIdentityToken: string;
  readonly calls: readonly Call[];
  /** The most calls that were open at a time with credentials of the account. */
  mostAtATime(account: string): number;
  close(): Promise<void>;
}

const CONTAINER_PATH = '/container-credentials';
const POD_PATH = '/pod-identity';
const POD_TOKEN = 'pod-identity-token-of-the-double';
const HOUR_MS = 3_600_000;

/** Starts a double; the caller closes it. */
export async function startAwsDouble(settings: DoubleSettings): Promise<AwsDouble> {
  const calls: Call[] = [];
  const sessions = new DoubleSessions(settings.account);
  const fault = faultsOf(settings.faults ?? {});
  const open = new Map<string, { now: number; most: number }>();

  async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET')
      return send(response, containerCredentials(request, sessions, settings.account));
    const reading = callOf(request, await bodyOf(request), sessions);
    if ('refusal' in reading) return send(response, reading.refusal);
    const { call } = reading;
    if (settings.keepCalls !== false) calls.push(call);
    const count = open.get(call.account) ?? { now: 0, most: 0 };
    open.set(call.account, count);
    count.most = Math.max(count.most, ++count.now);
    const answer =
      (await settings.interrupt?.(call)) ?? fault(call) ?? answerWithData(call, settings, sessions);
    if (answer === 'hang') return void response.once('close', () => count.now--);
    count.now--;
    send(response, answer);
  }

  // A request that breaks off, or an interrupt that throws, is a connection that breaks off.
  const server = createServer(
    (request, response) => void answerTo(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address and a port.
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    credentials: OWN_CREDENTIALS,
    webIdentityToken: WEB_IDENTITY_TOKEN,
    containerCredentialsUrl: `${endpoint}${CONTAINER_PATH}`,
    podIdentityUrl: `${endpoint}${POD_PATH}`,
    podIdentityToken: POD_TOKEN,
    calls,
    mostAtATime: (account) => open.get(account)?.most ?? 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, answer: Answer): void {
  response
    .writeHead(answer.status, {
      'content-type': answer.contentType ?? 'text/xml',
      ...answer.headers,
    })
    .end(answer.body);
}

function containerCredentials(
  { url, headers }: IncomingMessage,
  sessions: DoubleSessions,
  account: string,
): Answer {
  const allowed =
    url === CONTAINER_PATH || (url === POD_PATH && headers.authorization === POD_TOKEN);
  if (!allowed)
    return {
      status: 403,
      body: '{"Code":"AccessDenied","Message":"no such credentials"}',
      contentType: 'application/json',
    };
  const { accessKeyId, secretAccessKey, sessionToken } = sessions.handOut(account);
  const body = {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: new Date(Date.now() + HOUR_MS).toISOString(),
  };
  return { status: 200, body: JSON.stringify(body), contentType: 'application/json' };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set, so chunks are buffers
  return Buffer.concat(chunks).toString('utf8');
}
