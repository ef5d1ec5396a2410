import { storableText } from '@cloudpam/audit';
import type { Attempt } from '@cloudpam/events';
import { Agent, type Dispatcher } from 'undici';
import { RefusedTarget, type TargetGuard } from './target-guard';

/** How long a receiver may take to answer, in milliseconds. */
export const ANSWER_TIMEOUT_MS = 10_000;
/** How long what it says beside its status is listened to. */
const BODY_TIMEOUT_MS = 1_000;
/** So much of an answer is kept, and no more is read. */
const ANSWER_BYTES = 1_024;
/** Characters that are kept of why an attempt has failed. */
const REASON_LENGTH = 1_024;

/** Posts bodies to receivers that the guard lets pass. No proxy is used, and no redirect followed. */
export class PostEvent {
  private readonly agent: Agent;

  constructor(
    private readonly guard: TargetGuard,
    private readonly now: () => Date,
    private readonly timeoutMs = ANSWER_TIMEOUT_MS,
  ) {
    // Webhooks of one receiver do not wait for each other's connections: each has few requests under way.
    this.agent = new Agent({
      connect: guard.connector(timeoutMs),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /** Posts once. It never rejects: what went wrong is part of the attempt. */
  async post(
    to: string,
    headers: { readonly [name: string]: string },
    body: string,
  ): Promise<Attempt> {
    const at = this.now();
    const began = performance.now();
    const attempt = (
      httpStatus: number | null,
      answer: string | null,
      error: string | null,
    ): Attempt => ({
      at,
      ms: Math.round(performance.now() - began),
      httpStatus,
      answer,
      error,
    });
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), this.timeoutMs);
    try {
      const url = this.guard.checkUrl(to);
      const answer = await this.agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'POST',
        headers: { 'user-agent': 'CloudPAM', ...headers },
        body,
        signal: over.signal,
      });
      const text = await beginningOf(answer.body);
      return attempt(answer.statusCode, text, failureOf(answer.statusCode));
    } catch (error) {
      return attempt(null, null, over.signal.aborted ? this.tooLate() : reasonOf(error));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes the connections. */
  close(): Promise<void> {
    return this.agent.destroy();
  }

  private tooLate(): string {
    return `no answer within ${this.timeoutMs / 1_000} s`;
  }
}

/** What stands in the first kilobyte. An answer without end costs nothing: its connection is closed. */
async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  body.on('error', () => undefined); // that it is cut off is our own doing
  const timer = setTimeout(() => body.destroy(), BODY_TIMEOUT_MS);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, ANSWER_BYTES - size));
      size += chunk.length;
      if (size >= ANSWER_BYTES) break;
    }
  } catch {
    // What came until then is what there is.
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
  return storableText(Buffer.concat(chunks).toString('utf8'));
}

function failureOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400
    ? `HTTP ${status}: redirects are not followed`
    : `HTTP ${status}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof RefusedTarget) return error.message;
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const reason = error instanceof Error ? error.message : String(error);
  return storableText(reason.slice(0, REASON_LENGTH));
}
