import type { Schemas } from '@cloudpam/api-client';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { accepted, GOOD_TOKEN, problem, type Reply } from './discovery-double';

/** A call of an agent. */
export interface AgentCall {
  /** After /api/v1/collectors/. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly [field: string]: unknown };
}

/** A job as the double keeps it. */
export interface DoubleJob {
  readonly id: number;
  readonly account: string;
  lease: string | undefined;
  expires: number;
  attempt: number;
  /** The result, when it is finished. */
  result: { readonly [field: string]: unknown } | undefined;
}

export const LEASE_SECONDS = 60;

/**
 * A loopback server with a queue of jobs: leases that expire by the given clock, long polls that
 * wait for a job, and snapshots that are accepted.
 */
export class JobsDouble {
  readonly calls: AgentCall[] = [];
  readonly jobs: DoubleJob[] = [];
  readonly scopes: Schemas['ScopeSnapshot'][] = [];
  url = '';
  /** Answers in place of the double. */
  reply: (call: AgentCall) => Reply | 'cut' | undefined = () => undefined;
  private readonly polls = new Set<() => void>();
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () =>
      this.answer(request.url ?? '', request.headers, Buffer.concat(chunks), response),
    );
  });

  constructor(private readonly now: () => Date) {}

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    // A server that listens on TCP has an address and a port.
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /** Puts a job into the queue, as a person does who triggers it. */
  queue(account: string): DoubleJob {
    const job: DoubleJob = {
      id: this.jobs.length + 1,
      account,
      lease: undefined,
      expires: 0,
      attempt: 0,
      result: undefined,
    };
    this.jobs.push(job);
    this.endPolls();
    return job;
  }

  /** Ends every long poll that goes on, as their time is up. */
  endPolls(): void {
    for (const end of [...this.polls]) end();
  }

  /** Long polls that go on. */
  get polling(): number {
    return this.polls.size;
  }

  callsOf(path: RegExp): AgentCall[] {
    return this.calls.filter((call) => path.test(call.path));
  }

  private answer(
    url: string,
    headers: IncomingHttpHeaders,
    bytes: Buffer,
    response: ServerResponse,
  ): void {
    const send = ({ status, headers: more, body }: Reply): void =>
      void response
        .writeHead(status, { 'content-type': 'application/json', ...more })
        .end(JSON.stringify(body));
    if (headers.authorization !== `Bearer ${GOOD_TOKEN}`)
      return send(problem(401, 'unauthenticated', 'the token is not known'));
    if (url.startsWith('/api/v1/discovery')) {
      // What the collector posts; the double trusts its shape.
      const { scopes } = JSON.parse(gunzipSync(bytes).toString()) as Schemas['Snapshot'];
      this.scopes.push(...scopes);
      return send(accepted(...scopes));
    }
    const call: AgentCall = {
      path: url.replace('/api/v1/collectors/', ''),
      headers,
      body: JSON.parse(bytes.toString()) as AgentCall['body'],
    }; // an object, or the test fails
    this.calls.push(call);
    const other = this.reply(call);
    if (other === 'cut') response.destroy();
    else if (other) send(other);
    else if (call.path === 'jobs:claim') this.claim(send, response);
    else send(this.handled(call));
  }

  private handled({ path, body }: AgentCall): Reply {
    if (path === 'heartbeat')
      return { status: 200, body: { lease_seconds: LEASE_SECONDS, heartbeat_seconds: 30 } };
    if (path === 'jobs:schedule') {
      const accounts = (body['accounts'] as string[]).filter(
        (account) => !this.jobs.some((job) => job.account === account && !job.result),
      ); // as the agent sends it
      for (const account of accounts) this.queue(account);
      return { status: 200, body: { queued: accounts.length } };
    }
    const [, id, verb] = /^jobs\/([^:]+):(\w+)$/.exec(path) ?? [];
    const job = this.jobs.find((each) => each.id === Number(id));
    if (!job || job.lease !== body['lease'] || job.result)
      return problem(409, 'lease_lost', 'the job is not yours');
    if (verb === 'progress') {
      job.expires = this.now().getTime() + LEASE_SECONDS * 1_000;
      return { status: 200, body: { lease_expires_at: new Date(job.expires).toISOString() } };
    }
    job.lease = undefined;
    if (body['status'] !== 'handed_back') job.result = body;
    else this.endPolls();
    return { status: 200, body: {} };
  }

  private claim(send: (reply: Reply) => void, response: ServerResponse): void {
    const job = this.jobs.find(
      (each) => !each.result && (each.lease === undefined || each.expires <= this.now().getTime()),
    );
    if (job) return this.give(job, send);
    const end = (): void => {
      if (!this.polls.delete(end)) return;
      const late = this.jobs.find((each) => !each.result && each.lease === undefined);
      if (late) this.give(late, send);
      else send({ status: 200, body: { job: null } });
    };
    this.polls.add(end);
    response.on('close', () => this.polls.delete(end));
  }

  private give(job: DoubleJob, send: (reply: Reply) => void): void {
    job.attempt++;
    job.lease = `lease-${job.id}-${job.attempt}`;
    job.expires = this.now().getTime() + LEASE_SECONDS * 1_000;
    const claimed: Schemas['ClaimedJob'] = {
      id: job.id,
      account: job.account,
      lease: job.lease,
      lease_expires_at: new Date(job.expires).toISOString(),
      requested_at: this.now().toISOString(),
      attempt: job.attempt,
    };
    send({ status: 200, body: { job: claimed } });
  }
}
