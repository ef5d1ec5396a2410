import { GCP_GLOBAL, Listing, TimeOver } from '@cloudpam/provider-shapes';
import type { CloudAccount, CloudNetworks, CloudScope, ScopeSnapshot, TakePart } from '@cloudpam/reconciliation';
import type { AuthClient, GoogleAuth } from 'google-auth-library';
import { activeProjects, type ProjectChoice } from './active-projects';
import { GcpAccess, type Send } from './gcp-access';
import { gcpFailure } from './gcp-failure';
import { addProjectNetworks } from './project-networks';
import { DEFAULT_QUOTA_RETRY, DEFAULT_RETRY, type RetryPolicy } from './retry-policy';
import { within } from './time-limit';

/** Which projects to cover and how to reach them. Everything is optional. */
export interface GcpOptions extends ProjectChoice {
  /** Ids of the projects to cover; nobody is asked for others then, and `parent` and `query` are not looked at. */
  readonly projects?: readonly string[];
  /** Default: application default credentials, with read-only scopes. */
  readonly auth?: AuthClient | GoogleAuth<AuthClient>;
  /** One address for both APIs, such as `https://compute-cloudpam.p.googleapis.com/`: a private endpoint or a test double. */
  readonly rootUrl?: string;
  /** Milliseconds that reading a scope may take, waiting for a quota too; past it its error is `timeout`. Default 120,000. */
  readonly scopeTimeoutMs?: number;
  /** Against HTTP 5xx and lost connections. */
  readonly retry?: RetryPolicy;
  /** Against quotas, which are refilled by the minute. */
  readonly quotaRetry?: RetryPolicy;
  /** The clock. */
  readonly now?: () => Date;
}

const SCOPE_TIMEOUT_MS = 120_000;
// A large organization has thousands of folders to go through.
const ACCOUNTS_TIMEOUT_MS = 900_000;

/**
 * The networks and subnetworks of Google Cloud projects, one scope for each project. Only reads: see
 * docs/collectors/gcp/custom-role.yaml for the permissions it uses. A Shared VPC is listed by its host project; the owner
 * of everything is the project in its self-link.
 */
export class GcpCloudNetworks implements CloudNetworks {
  readonly provider = 'gcp';
  private readonly access: GcpAccess;

  constructor(private readonly options: GcpOptions = {}) {
    const { auth, rootUrl, retry = DEFAULT_RETRY, quotaRetry = DEFAULT_QUOTA_RETRY } = options;
    this.access = new GcpAccess({ auth, rootUrl, retry, quotaRetry });
  }

  /** @throws an Error with Google's own message when the projects cannot be told, or there is none */
  async accounts(signal?: AbortSignal): Promise<readonly CloudAccount[]> {
    signal?.throwIfAborted();
    const { projects, parent, query } = this.options;
    if (projects) return [...new Set(projects)].map((id) => ({ id }));
    return within(ACCOUNTS_TIMEOUT_MS, signal, (limited) => activeProjects(this.access.resourceManager, this.sending(limited), { parent, query })).catch((error: unknown) => {
      signal?.throwIfAborted();
      const { code, message } = gcpFailure(error);
      throw new Error(code === 'Error' ? message : `${code}: ${message}`, { cause: error });
    });
  }

  async scopes(account: string, signal?: AbortSignal): Promise<readonly CloudScope[]> {
    signal?.throwIfAborted();
    return [{ provider: this.provider, account, region: GCP_GLOBAL }];
  }

  async read(scope: CloudScope, signal?: AbortSignal, take?: TakePart): Promise<ScopeSnapshot> {
    const collectedAt = this.options.now?.() ?? new Date();
    const listing = new Listing(take);
    let trouble: unknown;
    const list = (limited: AbortSignal) => addProjectNetworks(listing, scope, this.access.compute, this.sending(limited, (error) => (trouble = error)));
    try {
      const warned = await within(this.options.scopeTimeoutMs ?? SCOPE_TIMEOUT_MS, signal, list);
      return listing.snapshot(scope, collectedAt, warned);
    } catch (error) {
      signal?.throwIfAborted();
      const failure = gcpFailure(error);
      const waitedFor = error instanceof TimeOver && trouble !== undefined ? ` (before that ${messageOf(trouble)})` : '';
      return listing.snapshot(scope, collectedAt, { code: failure.code, message: failure.message + waitedFor });
    }
  }

  private sending(signal: AbortSignal, onTrouble: (error: unknown) => void = () => undefined): Send {
    return (call) => this.access.send(call, signal, onTrouble);
  }
}

function messageOf(error: unknown): string {
  const { code, message } = gcpFailure(error);
  return `${code}: ${message}`;
}
