import {
  addGcpNetworks,
  addGcpSubnets,
  type CloudFailure,
  type Listing,
} from '@cloudpam/provider-shapes';
import type { CloudScope } from '@cloudpam/reconciliation';
import type { compute_v1 } from '@googleapis/compute';
import { answerPages, listIn } from './answer-pages';
import type { Send } from './gcp-access';
import { aggregated } from './aggregated-pages';
import { Warnings } from './warnings';

// The largest page of both lists.
const PAGE_SIZE = 500;
const NETWORKS = 'compute.networks.list';
const SUBNETWORKS = 'compute.subnetworks.aggregatedList';

/**
 * Fills the listing with the networks of a project and its subnetworks of all regions.
 * @returns what Google warns of, such as a region that it could not reach: the listing is not
 *   complete then
 * @throws what ended it early
 */
export async function addProjectNetworks(
  listing: Listing,
  scope: CloudScope,
  api: compute_v1.Compute,
  send: Send,
): Promise<CloudFailure | undefined> {
  const asked = { project: scope.account, maxResults: PAGE_SIZE, returnPartialSuccess: true };
  const warnings = new Warnings();
  const networks = answerPages(
    send,
    NETWORKS,
    (pageToken) => (options) => api.networks.list({ ...asked, pageToken }, options),
    'compute#networkList',
  );
  for await (const page of networks) {
    addGcpNetworks(listing, scope, listIn(page, 'items', NETWORKS));
    warnings.take(page, 'global');
    await listing.relieve();
  }
  const subnetworks = answerPages(
    send,
    SUBNETWORKS,
    (pageToken) => (options) =>
      api.subnetworks.aggregatedList({ ...asked, pageToken, views: ['WITH_UTILIZATION'] }, options),
    'compute#subnetworkAggregatedList',
  );
  for await (const subnets of aggregated(
    subnetworks,
    SUBNETWORKS,
    'subnetworks',
    warnings,
    (problem) => listing.addProblem(problem),
  )) {
    addGcpSubnets(listing, scope, subnets);
    await listing.relieve();
  }
  return warnings.failure();
}
