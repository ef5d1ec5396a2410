import { GLOBAL_REGION } from '@cloudpam/clouds';
import {
  asObject,
  asText,
  CloudError,
  Listing,
  TimeOver,
  type CloudFailure,
} from '@cloudpam/provider-shapes';
import type {
  CloudAccount,
  CloudNetworks,
  CloudScope,
  ScopeSnapshot,
  TakePart,
} from '@cloudpam/reconciliation';
import type { AuthClient, GoogleAuth } from 'google-auth-library';
import { activeProjects, type ProjectChoice } from './active-projects';
import { GcpAccess, type Send } from './gcp-access';
import { gcpFailure, MalformedAnswer } from './gcp-failure';
import { addProjectInterfaces } from './project-interfaces';
import { addProjectNetworks } from './project-networks';
import { DEFAULT_QUOTA_RETRY, DEFAULT_RETRY, type RetryPolicy } from './retry-policy';
import { within } from './time-limit';

/** Which projects to cover and how to reach them. Everything is optional. */
export interface GcpOptions extends ProjectChoice {
  /**
   * Ids of the projects to cover; nobody is asked for others then, and `parent` and `query` are not
   * looked at.
   */
  readonly projects?: readonly string[];
  /** Default: application default credentials, with read-only scopes. */
  readonly auth?: AuthClient | GoogleAuth<AuthClient>;
  /**
   * One address for both APIs, such as `https://compute-cloudpam.p.googleapis.com/`: a private
   * endpoint or a test double.
   */
  readonly rootUrl?: string;
  /**
   * Milliseconds that reading a scope may take, waiting for a quota too; past it its error is
   * `timeout`. Default 120,000.
   */
  readonly scopeTimeoutMs?: number;
  /** Against HTTP 5xx and lost connections. */
  readonly retry?: RetryPolicy;
  /** Against quotas, which are refilled by the minute. */
  readonly quotaRetry?: RetryPolicy;
  /** Lists the addresses of instances and reserved ones too, with as much time again. */
  readonly interfaces?: boolean;
  /** The clock. */
  readonly now?: () => Date;
}

const SCOPE_TIMEOUT_MS = 120_000;
// A large organization has thousands of folders to go through.
const ACCOUNTS_TIMEOUT_MS = 900_000;

/**
 * The networks and subnetworks of Google Cloud projects, one scope for each project. Only reads:
 * see docs/collectors/gcp/custom-role.yaml for the permissions it uses. A Shared VPC is listed by
 * its host project; the owner of everything is the project in its self-link.
 */
export class GcpCloudNetworks implements CloudNetworks {
  readonly provider = 'gcp';
  private readonly access: GcpAccess;
  /** Projects that Google has answered about. */
  private readonly proven = new Set<string>();

  constructor(private readonly options: GcpOptions = {}) {
    const { auth, rootUrl, retry = DEFAULT_RETRY, quotaRetry = DEFAULT_QUOTA_RETRY } = options;
    this.access = new GcpAccess({ auth, rootUrl, retry, quotaRetry });
  }

  /**
   * @throws a CloudError with Google's own message when the projects cannot be told, or there is
   * none
   */
  async accounts(signal?: AbortSignal): Promise<readonly CloudAccount[]> {
    signal?.throwIfAborted();
    const { projects, parent, query } = this.options;
    if (projects) return [...new Set(projects)].map((id) => ({ id, unproven: true }));
    return within(ACCOUNTS_TIMEOUT_MS, signal, (limited) =>
      activeProjects(this.access.resourceManager, this.sending(limited), { parent, query }),
    ).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw new CloudError(gcpFailure(error), error);
    });
  }

  async scopes(account: string, signal?: AbortSignal): Promise<readonly CloudScope[]> {
    signal?.throwIfAborted();
    return [{ provider: this.provider, account, region: GLOBAL_REGION }];
  }

  async read(scope: CloudScope, signal?: AbortSignal, take?: TakePart): Promise<ScopeSnapshot> {
    const collectedAt = this.options.now?.() ?? new Date();
    const listing = new Listing(take);
    const reading = (how: typeof addProjectNetworks) => this.listed(scope, listing, how, signal);
    const networks = await reading(addProjectNetworks);
    if (this.options.interfaces) {
      // What Google warns of did not end the listing.
      const ended = networks.ended ? networks : await reading(addProjectInterfaces);
      listing.endInterfaces(ended.failure);
    }
    return this.told(listing.snapshot(scope, collectedAt, networks.failure));
  }

  /** Reads some of a scope, with a limit of time of its own. */
  private async listed(
    scope: CloudScope,
    listing: Listing,
    how: typeof addProjectNetworks,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly failure?: CloudFailure; readonly ended: boolean }> {
    let trouble: unknown;
    const list = (limited: AbortSignal) => {
      const send = this.sending(limited, (error) => (trouble = error));
      return how(listing, scope, this.access.compute, this.proving(scope.account, send));
    };
    try {
      const warned = await within(this.options.scopeTimeoutMs ?? SCOPE_TIMEOUT_MS, signal, list);
      return { ...(warned && { failure: warned }), ended: false };
    } catch (error) {
      signal?.throwIfAborted();
      const { code, message } = gcpFailure(error);
      const waitedFor =
        error instanceof TimeOver && trouble !== undefined
          ? ` (before that ${messageOf(trouble)})`
          : '';
      return { failure: { code, message: message + waitedFor }, ended: true };
    }
  }

  async doubtOf(project: string, signal?: AbortSignal): Promise<CloudFailure | undefined> {
    if (!this.isUnproven(project)) return undefined;
    const { networks } = this.access.compute;
    const ask = (limited: AbortSignal) =>
      this.proving(
        project,
        this.sending(limited),
      )((options) => networks.list({ project, maxResults: 1 }, options));
    try {
      await within(this.options.scopeTimeoutMs ?? SCOPE_TIMEOUT_MS, signal, ask);
      const foreign = new MalformedAnswer(
        'compute.networks.list was answered with something else than networks',
      );
      return this.isUnproven(project) ? gcpFailure(foreign) : undefined;
    } catch (error) {
      signal?.throwIfAborted();
      return gcpFailure(error);
    }
  }

  private isUnproven(project: string): boolean {
    return this.options.projects !== undefined && !this.proven.has(project);
  }

  private told(snapshot: ScopeSnapshot): ScopeSnapshot {
    return this.isUnproven(snapshot.account) ? { ...snapshot, accountUnproven: true } : snapshot;
  }

  /** An answer of a project shows that there is one. */
  private proving(project: string, send: Send): Send {
    return async (call) => {
      const answer = await send(call);
      // A proxy's page has no kind.
      if (asText(asObject(answer)?.['kind'])) this.proven.add(project);
      return answer;
    };
  }

  private sending(
    signal: AbortSignal,
    onTrouble: (error: unknown) => void = () => undefined,
  ): Send {
    return (call) => this.access.send(call, signal, onTrouble);
  }
}

function messageOf(error: unknown): string {
  const { code, message } = gcpFailure(error);
  return `${code}: ${message}`;
}
