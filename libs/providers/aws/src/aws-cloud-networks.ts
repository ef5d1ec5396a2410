import { EC2Client, DescribeRegionsCommand, paginateDescribeSubnets, paginateDescribeVpcs, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Listing, addAwsSubnets, addAwsVpcs } from '@cloudpam/provider-shapes';
import type { CloudAccount, CloudNetworks, CloudScope, ScopeSnapshot } from '@cloudpam/reconciliation';
import { MalformedAnswer, awsFailure } from './aws-failure';

/** How to reach AWS. Everything is optional: credentials come from the SDK's default chain. */
export interface AwsOptions {
  /** The 12-digit account. Default: asked with `sts:GetCallerIdentity`. */
  readonly accountId?: string;
  /** The regions to cover. Default: every region that is enabled for the account, by `ec2:DescribeRegions`. */
  readonly regions?: readonly string[];
  /** Where STS and DescribeRegions are asked; must be of the account's partition. Default us-east-1. */
  readonly homeRegion?: string;
  readonly credentials?: EC2ClientConfig['credentials'];
  /** One address for STS and EC2 of all regions: a VPC endpoint or a test double. */
  readonly endpoint?: string;
  /** In place of the adaptive one with 8 attempts. */
  readonly retryStrategy?: EC2ClientConfig['retryStrategy'];
  /** The clock. */
  readonly now?: () => Date;
}

// The largest page of DescribeVpcs and DescribeSubnets.
const PAGE_SIZE = 1_000;
const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** The VPCs and subnets of one AWS account, a scope for each region. Only reads: see docs/collectors/aws.md for its policy. */
export class AwsCloudNetworks implements CloudNetworks {
  readonly provider = 'aws';
  private readonly sts: STSClient;

  constructor(private readonly options: AwsOptions = {}) {
    this.sts = new STSClient({ ...this.clientConfig(), region: this.homeRegion() });
  }

  /** @throws the SDK's error when the account cannot be told */
  async accounts(signal?: AbortSignal): Promise<readonly CloudAccount[]> {
    return untilAborted(signal, async () => [{ id: this.options.accountId ?? (await this.callerAccount(signal)) }]);
  }

  async scopes(account: string, signal?: AbortSignal): Promise<readonly CloudScope[]> {
    return untilAborted(signal, async () => {
      const regions = this.options.regions ?? (await this.enabledRegions(signal));
      return regions.map((region) => ({ provider: this.provider, account, region }));
    });
  }

  async read(scope: CloudScope, signal?: AbortSignal): Promise<ScopeSnapshot> {
    return untilAborted(signal, async () => {
      const collectedAt = this.options.now?.() ?? new Date();
      const listing = new Listing();
      const client = this.ec2(scope.region);
      try {
        await list(client, scope, listing, signal);
        return listing.snapshot(scope, collectedAt);
      } catch (error) {
        return listing.snapshot(scope, collectedAt, awsFailure(error));
      } finally {
        client.destroy();
      }
    });
  }

  private async callerAccount(signal: AbortSignal | undefined): Promise<string> {
    const { Account } = await this.sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
    if (!Account) throw new MalformedAnswer('GetCallerIdentity was answered without an account');
    return Account;
  }

  private async enabledRegions(signal: AbortSignal | undefined): Promise<string[]> {
    const client = this.ec2(this.homeRegion());
    try {
      // AllRegions is off: regions that the account has not opted in to are not in the answer.
      const { Regions } = await client.send(new DescribeRegionsCommand({}), { abortSignal: signal });
      const names = (Regions ?? []).flatMap(({ RegionName, OptInStatus }) => (RegionName && OptInStatus !== 'not-opted-in' ? [RegionName] : []));
      if (names.length === 0) throw new MalformedAnswer('DescribeRegions was answered without a region');
      return names.sort();
    } finally {
      client.destroy();
    }
  }

  private homeRegion(): string {
    return this.options.homeRegion ?? 'us-east-1';
  }

  private ec2(region: string): EC2Client {
    // Shared, so that credentials are fetched once and not for each region.
    const credentials = this.options.credentials ?? this.sts.config.credentials;
    return new EC2Client({ ...this.clientConfig(), credentials, region });
  }

  private clientConfig(): Pick<EC2ClientConfig, 'credentials' | 'endpoint' | 'retryStrategy' | 'retryMode' | 'maxAttempts' | 'requestHandler'> {
    const { credentials, endpoint, retryStrategy } = this.options;
    return {
      ...(credentials && { credentials }),
      ...(endpoint && { endpoint }),
      ...(retryStrategy ? { retryStrategy } : { retryMode: 'adaptive', maxAttempts: 8 }),
      requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true },
    };
  }
}

async function list(client: EC2Client, scope: CloudScope, listing: Listing, signal: AbortSignal | undefined): Promise<void> {
  const paging = { client, pageSize: PAGE_SIZE };
  // An answer that is no answer of EC2 (a proxy's page with status 200) parses to an object without the list.
  for await (const page of paginateDescribeVpcs(paging, {}, { abortSignal: signal })) {
    if (!page.Vpcs) throw new MalformedAnswer('DescribeVpcs was answered without a list of VPCs');
    addAwsVpcs(listing, scope, page.Vpcs);
  }
  for await (const page of paginateDescribeSubnets(paging, {}, { abortSignal: signal })) {
    if (!page.Subnets) throw new MalformedAnswer('DescribeSubnets was answered without a list of subnets');
    addAwsSubnets(listing, scope, page.Subnets);
  }
}

/** Does the work, but rejects with the signal's reason as soon as it aborts, even while the SDK waits to retry. */
async function untilAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (!signal) return work();
  signal.throwIfAborted();
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
