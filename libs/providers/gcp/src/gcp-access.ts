import {
  cloudresourcemanager,
  type cloudresourcemanager_v3,
} from '@googleapis/cloudresourcemanager';
import { compute, type compute_v1 } from '@googleapis/compute';
import { GoogleAuth, JWT, type AuthClient } from 'google-auth-library';
import { setTimeout as sleep } from 'node:timers/promises';
import { NoAccessToken, remedyFor } from './gcp-failure';
import { waitAfter, type RetryPolicy } from './retry-policy';
import { within } from './time-limit';

/** Enough for all that is asked, and too little to change anything. */
const SCOPES = [
  'https://www.googleapis.com/auth/compute.readonly',
  'https://www.googleapis.com/auth/cloud-platform.read-only',
];
const LONGEST_ATTEMPT_MS = 60_000;

/** Makes one call with the options that it is given, and gives the body of its answer. */
export type Call = (options: {
  readonly signal: AbortSignal;
}) => Promise<{ readonly data: unknown }>;

/** Makes a call as often as is needed and sensible. */
export type Send = (call: Call) => Promise<unknown>;

export interface AccessOptions {
  readonly auth: AuthClient | GoogleAuth<AuthClient> | undefined;
  readonly rootUrl: string | undefined;
  readonly retry: RetryPolicy;
  readonly quotaRetry: RetryPolicy;
}

/** The two APIs with their credentials, and how their calls are repeated. */
export class GcpAccess {
  readonly compute: compute_v1.Compute;
  readonly resourceManager: cloudresourcemanager_v3.Cloudresourcemanager;
  private readonly auth: GoogleAuth<AuthClient>;

  constructor(private readonly options: AccessOptions) {
    const { auth, rootUrl } = options;
    this.auth =
      auth instanceof GoogleAuth
        ? auth
        : new GoogleAuth<AuthClient>(auth ? { authClient: auth } : { scopes: SCOPES });
    // The client's own retries are off: they would go on with the access token of the first try.
    const shared = { auth: this.auth, retry: false, ...(rootUrl && { rootUrl }) };
    this.compute = compute({ version: 'v1', ...shared });
    this.resourceManager = cloudresourcemanager({ version: 'v3', ...shared });
  }

  /**
   * Makes a call, again and again while its failure is one that passes.
   * @param onTrouble is told each failure that is followed by another try
   * @throws what the last try failed with, or the signal's reason
   */
  async send(
    call: Call,
    signal: AbortSignal,
    onTrouble: (error: unknown) => void,
  ): Promise<unknown> {
    const failures = { next_minute: 0, try_again: 0, new_token: 0 };
    for (;;) {
      try {
        return await within(LONGEST_ATTEMPT_MS, signal, (attempt) => this.attempt(call, attempt));
      } catch (error) {
        signal.throwIfAborted();
        const remedy = remedyFor(error);
        if (remedy === 'none') throw error;
        const waitMs = this.waitAfter(remedy, ++failures[remedy]);
        if (waitMs === undefined) throw error;
        onTrouble(error);
        if (remedy === 'new_token') await this.forgetToken();
        await sleep(waitMs, undefined, { signal });
      }
    }
  }

  private async attempt(call: Call, signal: AbortSignal): Promise<unknown> {
    // Asked for ahead of the call, so that what fails here is known to be about credentials. The
    // client keeps the token.
    await this.authenticate().catch((error: unknown) => {
      throw new NoAccessToken(error);
    });
    return (await call({ signal })).data;
  }

  private async authenticate(): Promise<void> {
    const client = await this.auth.getClient();
    // A key signs its own tokens (RFC 7523, AIP-4111): one endpoint less to reach, and to fail.
    if (client instanceof JWT) client.useJWTAccessWithScope = true;
    await client.getRequestHeaders();
  }

  /**
   * After a 401 the token has ended before its time; marked as expired it is renewed by the next
   * call.
   */
  private async forgetToken(): Promise<void> {
    const client = await this.auth.getClient();
    client.setCredentials({ ...client.credentials, expiry_date: 1 });
  }

  private waitAfter(
    remedy: 'next_minute' | 'try_again' | 'new_token',
    failures: number,
  ): number | undefined {
    if (remedy === 'new_token') return failures === 1 ? 0 : undefined;
    return waitAfter(
      remedy === 'next_minute' ? this.options.quotaRetry : this.options.retry,
      failures,
    );
  }
}
