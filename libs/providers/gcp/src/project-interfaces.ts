import {
  addGcpAddresses,
  addGcpInstances,
  type CloudFailure,
  type Listing,
} from '@cloudpam/provider-shapes';
import type { CloudScope } from '@cloudpam/reconciliation';
import type { compute_v1 } from '@googleapis/compute';
import { aggregated } from './aggregated-pages';
import { answerPages } from './answer-pages';
import type { Send } from './gcp-access';
import { Warnings } from './warnings';

// The largest page of both lists.
const PAGE_SIZE = 500;
const INSTANCES = 'compute.instances.aggregatedList';
const ADDRESSES = 'compute.addresses.aggregatedList';
const OF_LIST = 'kind,nextPageToken,unreachables,warning';
// Instances have disks, metadata and much more that nobody asks for here.
const INSTANCE_FIELDS =
  `${OF_LIST},items/*/warning,items/*/instances(selfLink,name,zone,networkInterfaces(name,network,subnetwork,` +
  'networkIP,ipv6Address,internalIpv6PrefixLength,aliasIpRanges,accessConfigs/natIP,' +
  'ipv6AccessConfigs(externalIpv6,externalIpv6PrefixLength)))';
const ADDRESS_FIELDS =
  `${OF_LIST},items/*/warning,items/*/addresses(selfLink,name,region,address,prefixLength,` +
  'network,subnetwork,users)';

/**
 * Fills the listing with the addresses of a project: those of instances, and those that are reserved.
 * @returns what Google warns of: the listing is not complete then
 * @throws what ended it early
 */
export async function addProjectInterfaces(
  listing: Listing,
  { account: project }: CloudScope,
  api: compute_v1.Compute,
  send: Send,
): Promise<CloudFailure | undefined> {
  const asked = { project, maxResults: PAGE_SIZE, returnPartialSuccess: true };
  const warnings = new Warnings();
  const problem = (text: string): void => listing.addInterfaceProblem(text);
  const ofInstances = answerPages(
    send,
    INSTANCES,
    (pageToken) => (options) =>
      api.instances.aggregatedList({ ...asked, pageToken, fields: INSTANCE_FIELDS }, options),
    'compute#instanceAggregatedList',
  );
  for await (const some of aggregated(ofInstances, INSTANCES, 'instances', warnings, problem)) {
    addGcpInstances(listing, some);
    await listing.relieve();
  }
  const reserved = answerPages(
    send,
    ADDRESSES,
    (pageToken) => (options) =>
      api.addresses.aggregatedList({ ...asked, pageToken, fields: ADDRESS_FIELDS }, options),
    'compute#addressAggregatedList',
  );
  for await (const some of aggregated(reserved, ADDRESSES, 'addresses', warnings, problem)) {
    addGcpAddresses(listing, some);
    await listing.relieve();
  }
  return warnings.failure();
}
