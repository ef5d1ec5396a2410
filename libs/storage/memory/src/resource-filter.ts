import { isInScope } from '@cloudpam/audit';
import { contains } from '@cloudpam/cidr';
import { isMeant } from '@cloudpam/pools';
import { findingsOf, type DiscoveredResource, type ResourceFilter } from '@cloudpam/reconciliation';
import { byAddress } from './address-index';

/** Tells which resources a list shows. */
export function resourceFilter(filter: ResourceFilter): (resource: DiscoveredResource) => boolean {
  const { finding, typed, within } = filter;
  return (resource) =>
    (filter.accountId === undefined || resource.accountId === filter.accountId) &&
    (filter.vrfId === undefined || resource.vrfId === filter.vrfId) &&
    (filter.networkId === undefined || resource.networkId === filter.networkId) &&
    (filter.region === undefined || resource.region === filter.region) &&
    (filter.kind === undefined || resource.kind === filter.kind) &&
    (filter.management === undefined || resource.management === filter.management) &&
    (filter.overlap === undefined || resource.overlap === filter.overlap) &&
    (filter.sync === undefined || resource.sync === filter.sync) &&
    (filter.poolId === undefined || resource.poolId === filter.poolId) &&
    (filter.name === undefined || resource.name === filter.name) &&
    (finding === undefined ||
      findingsOf(resource).some(
        ({ type, status }) =>
          (finding === 'any' || type === finding) &&
          (filter.findingStatus === undefined || status === filter.findingStatus),
      )) &&
    (!typed ||
      isMeant(typed, {
        cidr: resource.cidr,
        tags: resource.tags,
        names: [resource.name, resource.externalId],
      })) &&
    (filter.unpooled !== true || resource.poolId === null) &&
    (within === undefined || contains(within, resource.cidr)) &&
    (!filter.accessScope || isInScope(filter.accessScope, resource)) &&
    (!filter.after || byAddress(filter.after, resource) < 0);
}
