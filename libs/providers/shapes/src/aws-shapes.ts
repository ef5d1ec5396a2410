import type { CloudScope } from '@cloudpam/reconciliation';
import { asList, asObject, asText, isNothing, type JsonObject } from './json-reading';
import type { Listing, Sighting } from './listing';

/**
 * Adds the VPCs of one `DescribeVpcs` answer, in the JSON shape that the SDK and `aws ec2 describe-vpcs` share
 * (`Vpcs[]`): a network for each, and a resource for each CIDR in state `associated`, IPv4 and IPv6.
 * @param scope the account and region that were asked; an entry without OwnerId belongs to that account
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
    // CidrBlock is the primary block only, and is in the association set too. Very old answers have nothing else.
    if (isNothing(vpc['CidrBlockAssociationSet']) && !isNothing(vpc['CidrBlock'])) listing.addCidr(sighting, vpc['CidrBlock']);
    addAssociated(listing, sighting, vpc, 'CidrBlock');
    addAssociated(listing, sighting, vpc, 'Ipv6CidrBlock');
  }
}

/**
 * Adds the subnets of one `DescribeSubnets` answer (`Subnets[]`): a resource for the IPv4 CIDR, if there is one
 * (IPv6-only subnets have none), and for each IPv6 CIDR in state `associated`. A subnet shared through AWS RAM keeps
 * its owner in OwnerId; its VPC may be missing among the VPCs of the account that lists it.
 */
export function addAwsSubnets(listing: Listing, scope: CloudScope, subnets: readonly unknown[]): void {
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
    if (!isNothing(subnet['CidrBlock'])) listing.addCidr(sighting, subnet['CidrBlock']);
    addAssociated(listing, sighting, subnet, 'Ipv6CidrBlock');
  }
}

/** Reads `CidrBlockAssociationSet` or `Ipv6CidrBlockAssociationSet`. */
function addAssociated(listing: Listing, sighting: Sighting, owner: JsonObject, block: 'CidrBlock' | 'Ipv6CidrBlock'): void {
  const associations = asList(owner[`${block}AssociationSet`]);
  if (!associations) listing.addProblem(`${sighting.externalId} has a malformed ${block}AssociationSet`);
  for (const entry of associations ?? []) {
    const association = asObject(entry);
    const state = asText(asObject(association?.[`${block}State`])?.['State']);
    if (!association || !state) listing.addProblem(`${sighting.externalId} has a ${block} association without a state`);
    else if (state === 'associated') listing.addCidr(sighting, association[block]);
  }
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
