import {
  addGcpNetworks,
  addGcpSubnets,
  asList,
  asObject,
  asText,
  type CloudFailure,
  type JsonObject,
  type Listing,
} from '@cloudpam/provider-shapes';
import type { CloudScope } from '@cloudpam/reconciliation';
import type { compute_v1 } from '@googleapis/compute';
import { answerPages, listIn } from './answer-pages';
import type { Send } from './gcp-access';
import { MalformedAnswer } from './gcp-failure';

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
  for await (const page of subnetworks) {
    const byRegion = asObject(page['items'] ?? {});
    if (!byRegion)
      throw new MalformedAnswer(`${SUBNETWORKS} was answered with items that are not by region`);
    for (const [region, answer] of Object.entries(byRegion)) {
      const regional = asObject(answer);
      const subnets = asList(regional?.['subnetworks']);
      if (!regional || !subnets) listing.addProblem(`${region} has malformed subnetworks`);
      else warnings.take(regional, region);
      addGcpSubnets(listing, scope, subnets ?? []);
    }
    warnings.take(page, 'all regions');
    await listing.relieve();
  }
  return warnings.failure();
}

/** What Google warns of in answers that it gives nevertheless. */
class Warnings {
  private code: string | undefined;
  private readonly messages = new Set<string>();

  take(answer: JsonObject, where: string): void {
    const warning = asObject(answer['warning']);
    // A page of an aggregated list says this of every region whose entries are on another page.
    if (warning && warning['code'] !== 'NO_RESULTS_ON_PAGE') {
      const code = asText(warning['code']) ?? 'warning';
      this.add(code, `${where}: ${asText(warning['message']) ?? code}`);
    }
    for (const unreachable of asList(answer['unreachables']) ?? [])
      this.add('UNREACHABLE', `${String(unreachable)} was not reached`);
  }

  failure(): CloudFailure | undefined {
    return this.code === undefined
      ? undefined
      : { code: this.code, message: [...this.messages].join('; ') };
  }

  private add(code: string, message: string): void {
    this.code ??= code;
    this.messages.add(message);
  }
}
