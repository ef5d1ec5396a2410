import { CloudError, untilStopped } from '@cloudpam/provider-shapes';
import type {
  CloudAccount,
  CloudNetworks,
  CloudScope,
  ScopeSnapshot,
  TakePart,
} from '@cloudpam/reconciliation';
import { AwsConnection, type AwsConnectionOptions } from './aws-connection';
import { awsFailure } from './aws-failure';
import { AwsScopes } from './aws-scopes';
import { callerSession } from './aws-session';
import { callerAccount } from './caller-account';

/** One account, read with the credentials of the caller. */
export interface AwsOptions extends AwsConnectionOptions {
  /** The 12-digit account. Default: asked with `sts:GetCallerIdentity`. */
  readonly accountId?: string;
}

/**
 * The VPCs and subnets of one AWS account, a scope for each region. Only reads: see
 * docs/collectors/aws.md for its policy.
 */
export class AwsCloudNetworks implements CloudNetworks {
  readonly provider = 'aws';
  private readonly connection: AwsConnection;
  private readonly lists: AwsScopes;

  constructor(private readonly options: AwsOptions = {}) {
    this.connection = new AwsConnection(options);
    const session = callerSession(this.connection);
    this.lists = new AwsScopes(
      this.connection,
      { use: (_account, _signal, work) => work(session) },
      options,
    );
  }

  /** @throws a CloudError when the account cannot be told */
  async accounts(signal?: AbortSignal): Promise<readonly CloudAccount[]> {
    return untilStopped({ signal }, async (stop) => [
      { id: this.options.accountId ?? (await this.ownAccount(stop)) },
    ]);
  }

  async scopes(account: string, signal?: AbortSignal): Promise<readonly CloudScope[]> {
    return this.lists.scopes(account, signal);
  }

  async read(scope: CloudScope, signal?: AbortSignal, take?: TakePart): Promise<ScopeSnapshot> {
    return this.lists.read(scope, signal, take);
  }

  private ownAccount(stop: AbortSignal): Promise<string> {
    return callerAccount(this.connection.sts, stop).catch((error: unknown) => {
      stop.throwIfAborted();
      throw new CloudError(awsFailure(error), error);
    });
  }
}
