import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import { callerCredentials } from './credentials/caller-credentials';
import { agentsOf, trustOf } from './transport/agents';

/** A group of AWS regions with accounts of its own. */
export type AwsPartition = 'aws' | 'aws-us-gov' | 'aws-cn';

/** How to reach AWS. Everything is optional: credentials come from the SDK's default chain. */
export interface AwsConnectionOptions {
  /** Default `aws`. Decides the home region, and the role ARNs of an organization. */
  readonly partition?: AwsPartition;
  /**
   * The regions to cover. Default: every region that is enabled for the account, by
   * `ec2:DescribeRegions`.
   */
  readonly regions?: readonly string[];
  /** Of those, the ones that are not read: a policy denies them, or nobody uses them. */
  readonly excludedRegions?: readonly string[];
  /**
   * Where STS, DescribeRegions and Organizations are asked; must be of the partition. Default
   * us-east-1, us-gov-west-1 or cn-north-1.
   */
  readonly homeRegion?: string;
  readonly credentials?: EC2ClientConfig['credentials'];
  /** One address for all services and regions: a VPC endpoint or a test double. */
  readonly endpoint?: string;
  /** In place of the standard one with 8 attempts. */
  readonly retryStrategy?: EC2ClientConfig['retryStrategy'];
  /** How long the reading of one scope may take, in milliseconds. Default 120,000. */
  readonly scopeTimeoutMs?: number;
  /** Lists the addresses of interfaces and Elastic IPs too, with as much time again. */
  readonly interfaces?: boolean;
  /** The clock. */
  readonly now?: () => Date;
}

/** A way to credentials; `forceRefresh` asks for new ones even where the known ones look good. */
export type AwsCredentialSource = STSClient['config']['credentials'];

const HOME_REGIONS: { readonly [partition in AwsPartition]: string } = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
};
const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * Makes the clients of AWS services, all over one source of credentials, which is asked once for
 * all of them.
 */
export class AwsConnection {
  readonly partition: AwsPartition;
  readonly homeRegion: string;
  /** Enabled in every account of the partition, which the home region may not be. */
  readonly defaultRegion: string;
  /** Of the home region, with the caller's own credentials. Lives as long as the connection. */
  readonly sts: STSClient;
  /** The same of the default region, for accounts that have not enabled the home region. */
  readonly defaultSts: STSClient;

  private readonly trust = trustOf();

  /** @throws when AWS_CA_BUNDLE names a file that cannot be read */
  constructor(private readonly options: AwsConnectionOptions) {
    this.partition = options.partition ?? 'aws';
    this.defaultRegion = HOME_REGIONS[this.partition];
    this.homeRegion = options.homeRegion ?? this.defaultRegion;
    const credentials =
      options.credentials ??
      callerCredentials({ clientConfig: { requestHandler: this.requestHandler() } });
    this.sts = new STSClient({ ...this.clientConfig(), credentials, region: this.homeRegion });
    this.defaultSts =
      this.homeRegion === this.defaultRegion
        ? this.sts
        : new STSClient({
            ...this.clientConfig(),
            credentials: this.sts.config.credentials,
            region: this.defaultRegion,
          });
  }

  /** The caller's own. */
  get credentials(): AwsCredentialSource {
    return this.sts.config.credentials;
  }

  /** The caller destroys it. */
  ec2(region: string, credentials: AwsCredentialSource): EC2Client {
    return new EC2Client({ ...this.clientConfig(), credentials, region });
  }

  /** With the caller's own credentials. The caller destroys it. */
  organizations(): OrganizationsClient {
    return new OrganizationsClient({
      ...this.clientConfig(),
      credentials: this.credentials,
      region: this.homeRegion,
    });
  }

  private clientConfig(): Pick<
    EC2ClientConfig,
    'endpoint' | 'retryStrategy' | 'retryMode' | 'maxAttempts' | 'requestHandler'
  > {
    const { endpoint, retryStrategy } = this.options;
    return {
      ...(endpoint && { endpoint }),
      ...(retryStrategy ? { retryStrategy } : { retryMode: 'standard', maxAttempts: 8 }),
      requestHandler: this.requestHandler(),
    };
  }

  private requestHandler(): NonNullable<EC2ClientConfig['requestHandler']> {
    const limits = {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    };
    return { ...agentsOf(this.trust), ...limits };
  }
}
