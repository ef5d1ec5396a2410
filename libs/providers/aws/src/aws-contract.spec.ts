import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import {
  ACCOUNT,
  AWS_ESTATE,
  cloudNetworksContract,
  entriesUntilError,
  type Reachability,
  type RecordedEstate,
} from '@cloudpam/provider-contract';
import type { CloudNetworks } from '@cloudpam/reconciliation';
import { AwsCloudNetworks } from './aws-cloud-networks';
import { AwsOrganizationNetworks } from './aws-organization-networks';
import type { AwsConnectionOptions } from './aws-connection';
import {
  ec2Error,
  startAwsDouble,
  writtenEstate,
  type Answer,
  type AwsDouble,
  type Call,
} from './testing';

const MANAGEMENT = '999900001111';
const ROLE = { name: 'CloudPAMCollector', externalId: 'an external id' };

/**
 * The entries of a region, with one more when an error follows them: so that the double has another
 * page to be asked for.
 */
function regionOf({ networks, subnets }: RecordedEstate['scopes']['whole']) {
  const [vpcs, subnetEntries] = [networks, subnets].map((pages) => {
    const { entries, error } = entriesUntilError(pages);
    return error ? [...entries, {}] : entries;
  });
  return { vpcs: vpcs ?? [], subnets: subnetEntries ?? [] };
}

/** The recorded error, once everything before it was listed. The double's tokens are indexes. */
function recordedError(
  estate: RecordedEstate,
  { action, region, parameters }: Call,
): Answer | undefined {
  const recorded = Object.values(estate.scopes).find(({ scope }) => scope.region === region);
  if (!recorded || !['DescribeVpcs', 'DescribeSubnets'].includes(action)) return undefined;
  const { entries, error } = entriesUntilError(
    action === 'DescribeVpcs' ? recorded.networks : recorded.subnets,
  );
  const listed = Number(parameters.get('NextToken') ?? '0');
  return error && listed >= entries.length
    ? ec2Error(error.status, error.code, error.message)
    : undefined;
}

function startRecorded(
  estate: RecordedEstate,
  reachability: Reachability,
  account: string,
): Promise<AwsDouble> {
  const regions = Object.fromEntries(
    Object.values(estate.scopes).map((recorded) => [recorded.scope.region, regionOf(recorded)]),
  );
  return startAwsDouble({
    account,
    role: ROLE,
    pageSize: 1,
    estate: writtenEstate({
      ...(account === ACCOUNT ? {} : { [account]: { state: 'SUSPENDED', regions: {} } }),
      [ACCOUNT]: { regions },
    }),
    interrupt: (call) =>
      reachability === 'hangs' && call.action === 'DescribeSubnets'
        ? 'hang'
        : recordedError(estate, call),
  });
}

function contractOf(
  name: string,
  account: string,
  over: (options: AwsConnectionOptions) => CloudNetworks,
): void {
  cloudNetworksContract(
    name,
    AWS_ESTATE,
    async (estate, reachability) => {
      const double = await startRecorded(estate, reachability, account);
      const cloud = over({
        endpoint: double.endpoint,
        credentials: double.credentials,
        retryStrategy: new ConfiguredRetryStrategy(2, 1),
        ...(reachability === 'hangs' ? { scopeTimeoutMs: 1_500 } : {}),
      });
      return { cloud, close: () => double.close() };
    },
    { tellsCloudErrors: true, keepsTimeLimit: true },
  );
}

contractOf('AwsCloudNetworks', ACCOUNT, (options) => new AwsCloudNetworks(options));
contractOf(
  'AwsOrganizationNetworks',
  MANAGEMENT,
  (options) =>
    new AwsOrganizationNetworks({ ...options, roleName: ROLE.name, externalId: ROLE.externalId }),
);
