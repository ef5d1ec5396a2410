import { GLOBAL_REGION } from '@cloudpam/clouds';
import { linkIn, lastPart, projectOf } from './gcp-links';
import { asList, asObject, asText, isNothing } from './json-reading';
import type { AddressSighting, Listing } from './listing';

/**
 * Adds the instances of one zone in an `instances.aggregatedList` answer: of each network interface its addresses
 * (of IPv6 the block that it has), its alias ranges as blocks, and its external addresses.
 */
export function addGcpInstances(listing: Listing, instances: readonly unknown[]): void {
  for (const entry of instances) {
    const instance = asObject(entry);
    const selfLink = linkIn(instance, 'selfLink');
    const zone = asText(instance?.['zone']);
    const interfaces = asList(instance?.['networkInterfaces']);
    if (!instance || !selfLink || !zone || !interfaces) {
      listing.addInterfaceProblem(
        `an instance without selfLink, zone or networkInterfaces${selfLink ? `: ${selfLink}` : ''}`,
      );
      continue;
    }
    const name = asText(instance['name']) ?? lastPart(selfLink);
    for (const each of interfaces) {
      const nic = asObject(each);
      const network = linkIn(nic, 'network');
      if (!nic || !network) {
        listing.addInterfaceProblem(`${selfLink} has an interface without network`);
        continue;
      }
      const sighting: AddressSighting = {
        kind: 'interface',
        externalId: `${selfLink}#${asText(nic['name']) ?? 'nic0'}`,
        ...networkIn(network),
        subnetExternalId: linkIn(nic, 'subnetwork') ?? null,
        region: lastPart(zone).replace(/-[a-z]$/, ''),
        name,
        attachedTo: name,
      };
      const external = { ...sighting, kind: 'external', ...NO_NETWORK } as const;
      if (!isNothing(nic['networkIP'])) listing.addAddress(sighting, nic['networkIP']);
      if (!isNothing(nic['ipv6Address']))
        listing.addAddress(sighting, nic['ipv6Address'], nic['internalIpv6PrefixLength']);
      for (const alias of asList(nic['aliasIpRanges']) ?? [])
        listing.addAddress(sighting, asObject(alias)?.['ipCidrRange']);
      for (const config of asList(nic['accessConfigs']) ?? []) {
        const natIP = asObject(config)?.['natIP'];
        if (!isNothing(natIP)) listing.addAddress(external, natIP);
      }
      for (const config of asList(nic['ipv6AccessConfigs']) ?? []) {
        const access = asObject(config);
        if (!isNothing(access?.['externalIpv6']))
          listing.addAddress(
            external,
            access?.['externalIpv6'],
            access?.['externalIpv6PrefixLength'],
          );
      }
    }
  }
}

/** Adds the reserved addresses of one region in an `addresses.aggregatedList` answer, in use or not. */
export function addGcpAddresses(listing: Listing, addresses: readonly unknown[]): void {
  for (const entry of addresses) {
    const one = asObject(entry);
    const selfLink = linkIn(one, 'selfLink');
    if (!one || !selfLink) {
      listing.addInterfaceProblem('an address without selfLink');
      continue;
    }
    const subnet = linkIn(one, 'subnetwork') ?? null;
    const network = linkIn(one, 'network');
    const region = asText(one['region']);
    const [user] = asList(one['users']) ?? [];
    listing.addAddress(
      {
        kind: 'static',
        externalId: selfLink,
        ...(network ? networkIn(network) : { networkExternalId: null }),
        subnetExternalId: subnet,
        region: region ? lastPart(region) : GLOBAL_REGION,
        name: asText(one['name']) ?? lastPart(selfLink),
        attachedTo: typeof user === 'string' ? lastPart(user) : null,
      },
      one['address'],
      one['prefixLength'],
    );
  }
}

/** A public address is the same one in every network: it names none. */
const NO_NETWORK = { networkExternalId: null, networkOwner: undefined, subnetExternalId: null };

function networkIn(network: string): Pick<AddressSighting, 'networkExternalId' | 'networkOwner'> {
  const networkOwner = projectOf(network);
  return { networkExternalId: network, ...(networkOwner !== undefined && { networkOwner }) };
}
