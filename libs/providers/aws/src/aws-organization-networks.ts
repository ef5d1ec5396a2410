import { paginateListAccounts, type OrganizationsClient } from '@aws-sdk/client-organizations';
import { CloudError, untilStopped, type CloudFailure } from '@cloudpam/provider-shapes';
import type {
  CloudAccount,
  CloudNetworks,
  CloudScope,
  ScopeSnapshot,
  TakePart,
} from '@cloudpam/reconciliation';
import { AwsConnection, type AwsConnectionOptions } from './aws-connection';
import { MalformedAnswer, awsFailure } from './aws-failure';
import { AwsScopes } from './aws-scopes';
import { callerSession, renewingOnce } from './aws-session';
import { MemberSessions, type MemberRole } from './member-sessions';

/**
 * Many accounts, each read with a role in it that the caller may assume; the caller's own account
 * without.
 */
export interface AwsOrganizationOptions extends AwsConnectionOptions, MemberRole {
  /**
   * The 12-digit accounts to cover. Default: every active one of the organization, by
   * `organizations:ListAccounts`.
   */
  readonly accounts?: readonly string[];
}

// The largest page of ListAccounts.
const PAGE_SIZE = 20;

/**
 * The VPCs and subnets of the accounts of an AWS organization, a scope for each account and region.
 * Only reads.
 */
export class AwsOrganizationNetworks implements CloudNetworks {
  readonly provider = 'aws';
  private readonly connection: AwsConnection;
  private readonly sessions: MemberSessions;
  private readonly lists: AwsScopes;
  private readonly names = new Map<string, string>();

  constructor(private readonly options: AwsOrganizationOptions) {
    this.connection = new AwsConnection(options);
    this.sessions = new MemberSessions(this.connection, options);
    this.lists = new AwsScopes(this.connection, this.sessions, options);
  }

  /**
   * @throws a CloudError when the organization does not let itself be listed, or the credentials
   * are bad
   */
  async accounts(signal?: AbortSignal): Promise<readonly CloudAccount[]> {
    return untilStopped({ signal }, (stop) =>
      this.told(stop).catch((error: unknown) => {
        stop.throwIfAborted();
        throw new CloudError(awsFailure(error), error);
      }),
    );
  }

  async scopes(account: string, signal?: AbortSignal): Promise<readonly CloudScope[]> {
    return this.lists.scopes(account, signal);
  }

  /** The account's name is told when `accounts` has listed it. */
  async read(scope: CloudScope, signal?: AbortSignal, take?: TakePart): Promise<ScopeSnapshot> {
    const snapshot = await this.lists.read(scope, signal, take);
    const accountName = this.names.get(scope.account);
    const accountUnproven = this.isUnproven(scope.account);
    return {
      ...snapshot,
      ...(accountName !== undefined && { accountName }),
      ...(accountUnproven && { accountUnproven }),
    };
  }

  async doubtOf(account: string, signal?: AbortSignal): Promise<CloudFailure | undefined> {
    if (!this.isUnproven(account)) return undefined;
    return untilStopped({ signal }, async (stop) => {
      try {
        await this.sessions.use(account, stop, (session) => session.credentials());
        return undefined;
      } catch (error) {
        stop.throwIfAborted();
        return awsFailure(error);
      }
    });
  }

  private isUnproven(account: string): boolean {
    return this.options.accounts !== undefined && !this.sessions.hasEntered(account);
  }

  private async told(stop: AbortSignal): Promise<readonly CloudAccount[]> {
    if (this.options.accounts) {
      // Bad credentials are to be found here, and not once for each account.
      await this.sessions.callerAccount();
      return [...new Set(this.options.accounts)].map((id) => ({ id, unproven: true }));
    }
    const accounts = await renewingOnce(callerSession(this.connection), () =>
      this.activeAccounts(stop),
    );
    for (const { id, name } of accounts) if (name) this.names.set(id, name);
    return accounts;
  }

  private async activeAccounts(signal: AbortSignal): Promise<readonly CloudAccount[]> {
    const client = this.connection.organizations();
    try {
      return await activeAccounts(client, signal);
    } finally {
      client.destroy();
    }
  }
}

async function activeAccounts(
  client: OrganizationsClient,
  signal: AbortSignal,
): Promise<readonly CloudAccount[]> {
  const accounts = new Map<string, CloudAccount>();
  for await (const page of paginateListAccounts(
    { client, pageSize: PAGE_SIZE },
    {},
    { abortSignal: signal },
  )) {
    // A page may be empty and still carry a token; one with neither is no answer of Organizations.
    if (!page.Accounts && !page.NextToken)
      throw new MalformedAnswer('ListAccounts was answered without a list of accounts');
    for (const { Id: id, Name: name, State, Status } of page.Accounts ?? []) {
      if (!id) throw new MalformedAnswer('ListAccounts was answered with an account without an id');
      if ((State ?? Status) === 'ACTIVE') accounts.set(id, { id, ...(name && { name }) });
    }
  }
  if (accounts.size === 0)
    throw new MalformedAnswer('ListAccounts was answered without an active account');
  return [...accounts.values()];
}
