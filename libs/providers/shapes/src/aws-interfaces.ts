import type { CloudScope } from '@cloudpam/reconciliation';
import { asList, asObject, asText, isNothing, type JsonObject } from './json-reading';
import type { AddressSighting, Listing } from './listing';

/**
 * Adds the network interfaces of one `DescribeNetworkInterfaces` answer (`NetworkInterfaces[]`): each private address,
 * IPv4 and IPv6, each prefix that was delegated to an interface as one block, and public addresses that go with it.
 * Elastic IPs are of `addAwsElasticIps`. The owner of a shared subnet sees those of participants too.
 */
export function addAwsInterfaces(
  listing: Listing,
  scope: CloudScope,
  interfaces: readonly unknown[],
): void {
  for (const entry of interfaces) {
    const one = asObject(entry);
    const id = asText(one?.['NetworkInterfaceId']);
    if (!one || !id) {
      listing.addInterfaceProblem('an interface without NetworkInterfaceId');
      continue;
    }
    const attached = asText(asObject(one['Attachment'])?.['InstanceId']);
    const sighting: AddressSighting = {
      kind: 'interface',
      externalId: id,
      networkExternalId: asText(one['VpcId']) ?? null,
      subnetExternalId: asText(one['SubnetId']) ?? null,
      region: scope.region,
      name: nameOf(one, 'TagSet'),
      // Services that place interfaces say in the description what they are for: `ELB app/web/0a1b`.
      attachedTo: attached ?? asText(one['Description']) ?? asText(one['InterfaceType']) ?? null,
    };
    const add = (list: string, field: string): void =>
      eachOf(listing, id, one, list, (each) => listing.addAddress(sighting, each[field]));
    eachOf(listing, id, one, 'PrivateIpAddresses', (each) => {
      listing.addAddress(sighting, each['PrivateIpAddress']);
      const association = asObject(each['Association']);
      if (
        association &&
        isNothing(association['AllocationId']) &&
        !isNothing(association['PublicIp'])
      )
        listing.addAddress(publicOf(sighting, 'external'), association['PublicIp']);
    });
    add('Ipv6Addresses', 'Ipv6Address');
    add('Ipv4Prefixes', 'Ipv4Prefix');
    add('Ipv6Prefixes', 'Ipv6Prefix');
  }
}

/** Adds the Elastic IPs of a `DescribeAddresses` answer (`Addresses[]`), in use or not. */
export function addAwsElasticIps(
  listing: Listing,
  scope: CloudScope,
  addresses: readonly unknown[],
): void {
  for (const entry of addresses) {
    const one = asObject(entry);
    const id = asText(one?.['AllocationId']) ?? asText(one?.['PublicIp']);
    if (!one || !id) {
      listing.addInterfaceProblem('an address without AllocationId');
      continue;
    }
    listing.addAddress(
      {
        kind: 'elastic',
        externalId: id,
        networkExternalId: null,
        subnetExternalId: null,
        region: scope.region,
        name: nameOf(one, 'Tags'),
        attachedTo: asText(one['InstanceId']) ?? asText(one['NetworkInterfaceId']) ?? null,
      },
      one['PublicIp'],
    );
  }
}

/** A public address is the same one in every network: it names none. */
function publicOf(sighting: AddressSighting, kind: 'external'): AddressSighting {
  return { ...sighting, kind, networkExternalId: null, subnetExternalId: null };
}

function eachOf(
  listing: Listing,
  id: string,
  owner: JsonObject,
  name: string,
  take: (entry: JsonObject) => void,
): void {
  const entries = asList(owner[name]);
  if (!entries) listing.addInterfaceProblem(`${id} has malformed ${name}`);
  for (const entry of entries ?? []) {
    const each = asObject(entry);
    if (each) take(each);
    else listing.addInterfaceProblem(`${id} has malformed ${name}`);
  }
}

function nameOf(owner: JsonObject, tags: string): string {
  for (const entry of asList(owner[tags]) ?? []) {
    const tag = asObject(entry);
    if (tag?.['Key'] === 'Name') return asText(tag['Value']) ?? '';
  }
  return '';
}
