import type { CloudScope } from '@cloudpam/reconciliation';
import { asCount, asList, asObject, asText, isNothing, type JsonObject } from './json-reading';
import type { Listing, Sighting } from './listing';

/**
 * What a CIDR in these states has is in use: it is there, on its way in, or still on its way out.
 */
const IN_USE = ['associated', 'associating', 'disassociating'];
/**
 * Only these words mean that a CIDR is not there. Any other is kept, and makes the scope partial.
 */
const GONE = ['disassociated', 'failed', 'failing'];

/**
 * Adds the VPCs of one `DescribeVpcs` answer, in the JSON shape that the SDK and `aws ec2
 * describe-vpcs` share (`Vpcs[]`): a network for each, and a resource for each CIDR, IPv4 and IPv6,
 * that is not gone.
 * @param scope the account and region that were asked; an entry without OwnerId belongs to that
 *   account
 */
export function addAwsVpcs(listing: Listing, scope: CloudScope, vpcs: readonly unknown[]): void {
  for (const entry of vpcs) {
    const vpc = asObject(entry);
    const id = asText(vpc?.['VpcId']);
    if (!vpc || !id) {
      listing.addProblem('a VPC without VpcId');
      continue;
    }
    const tags = tagsOf(vpc);
    const sighting: Sighting = {
      kind: 'vpc',
      externalId: id,
      networkExternalId: id,
      ownerAccount: asText(vpc['OwnerId']) ?? scope.account,
      region: scope.region,
      zoneId: null,
      name: tags['Name'] || id,
      tags,
    };
    listing.addNetwork({
      externalId: id,
      ownerAccount: sighting.ownerAccount,
      region: scope.region,
      name: sighting.name,
      isDefault: vpc['IsDefault'] === true,
    });
    // CidrBlock is the primary block only, and is in the association set too. Very old answers have
    // nothing else, or an empty set.
    if (asList(vpc['CidrBlockAssociationSet'])?.length === 0 && !isNothing(vpc['CidrBlock']))
      listing.addCidr(sighting, vpc['CidrBlock']);
    addAssociated(listing, sighting, vpc, 'CidrBlock');
    addAssociated(listing, sighting, vpc, 'Ipv6CidrBlock');
  }
}

/**
 * Adds the subnets of one `DescribeSubnets` answer (`Subnets[]`): a resource for the IPv4 CIDR, if
 * there is one (IPv6-only subnets have none), and for each IPv6 CIDR that is not gone. A subnet
 * shared through AWS RAM keeps its owner in OwnerId; its VPC may be missing among the VPCs of the
 * account that lists it. How many addresses of the IPv4 CIDR are free is told with it.
 */
export function addAwsSubnets(
  listing: Listing,
  scope: CloudScope,
  subnets: readonly unknown[],
): void {
  for (const entry of subnets) {
    const subnet = asObject(entry);
    const id = asText(subnet?.['SubnetId']);
    const vpcId = asText(subnet?.['VpcId']);
    if (!subnet || !id || !vpcId) {
      listing.addProblem(`a subnet without ${id ? `VpcId: ${id}` : 'SubnetId'}`);
      continue;
    }
    const tags = tagsOf(subnet);
    const outpost = outpostOf(subnet);
    const sighting: Sighting = {
      kind: 'subnet',
      externalId: id,
      networkExternalId: vpcId,
      ownerAccount: asText(subnet['OwnerId']) ?? scope.account,
      region: scope.region,
      zoneId: asText(subnet['AvailabilityZoneId']) ?? null,
      ...(outpost && { outpost }),
      name: tags['Name'] || id,
      tags,
    };
    if (!isNothing(subnet['CidrBlock']))
      listing.addCidr(sighting, subnet['CidrBlock'], asCount(subnet['AvailableIpAddressCount']));
    const associated = addAssociated(listing, sighting, subnet, 'Ipv6CidrBlock');
    if (associated === 0 && isNothing(subnet['CidrBlock'])) listing.addProblem(`${id} has no CIDR`);
  }
}

/**
 * Reads `CidrBlockAssociationSet` or `Ipv6CidrBlockAssociationSet`; gives the number of
 * associations in it.
 */
function addAssociated(
  listing: Listing,
  sighting: Sighting,
  owner: JsonObject,
  block: 'CidrBlock' | 'Ipv6CidrBlock',
): number {
  const associations = asList(owner[`${block}AssociationSet`]);
  if (!associations)
    listing.addProblem(`${sighting.externalId} has a malformed ${block}AssociationSet`);
  for (const entry of associations ?? []) {
    const association = asObject(entry);
    const state = asText(asObject(association?.[`${block}State`])?.['State']);
    if (!association || !state)
      listing.addProblem(`${sighting.externalId} has a ${block} association without a state`);
    else if (!GONE.includes(state) && !IN_USE.includes(state))
      listing.addProblem(
        `${sighting.externalId} has a ${block} in a state that is not known: ${state.slice(0, 64)}`,
      );
    if (association && !GONE.includes(state ?? '')) listing.addCidr(sighting, association[block]);
  }
  return associations?.length ?? 0;
}

/** The id in `arn:aws:outposts:REGION:ACCOUNT:outpost/op-...`. */
function outpostOf(subnet: JsonObject): string | undefined {
  return /:outpost\/(op-[0-9a-z]+)$/.exec(asText(subnet['OutpostArn']) ?? '')?.[1];
}

function tagsOf(owner: JsonObject): { readonly [key: string]: string } {
  const pairs = (asList(owner['Tags']) ?? []).map((entry) => {
    const tag = asObject(entry);
    return [asText(tag?.['Key']) ?? '', asText(tag?.['Value']) ?? ''] as const;
  });
  return Object.fromEntries(pairs.filter(([key]) => key !== ''));
}
