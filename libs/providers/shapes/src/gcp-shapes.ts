import { GLOBAL_REGION } from '@cloudpam/clouds';
import type { CloudScope } from '@cloudpam/reconciliation';
import { asCount, asList, asObject, asText, isNothing, type JsonObject } from './json-reading';
import { lastPart, linkIn, projectOf } from './gcp-links';
import type { Listing, Sighting } from './listing';

/**
 * Adds the networks of one `gcloud compute networks list --format=json` or `networks.list` answer.
 * A network has no CIDR but the legacy `IPv4Range` and the ULA `internalIpv6Range`; those are seen
 * as kind `vpc`. An auto-mode network is a default one. The identity is the self-link: names and
 * numeric ids repeat.
 */
export function addGcpNetworks(
  listing: Listing,
  scope: CloudScope,
  networks: readonly unknown[],
): void {
  for (const entry of networks) {
    const network = asObject(entry);
    const selfLink = linkIn(network, 'selfLink');
    if (!network || !selfLink) {
      listing.addProblem('a network without selfLink');
      continue;
    }
    const sighting: Sighting = {
      kind: 'vpc',
      externalId: selfLink,
      networkExternalId: selfLink,
      ownerAccount: projectOf(selfLink) ?? scope.account,
      region: GLOBAL_REGION,
      zoneId: null,
      name: asText(network['name']) ?? lastPart(selfLink),
      tags: labelsOf(network),
    };
    listing.addNetwork({
      externalId: selfLink,
      ownerAccount: sighting.ownerAccount,
      region: GLOBAL_REGION,
      name: sighting.name,
      isDefault: network['autoCreateSubnetworks'] === true,
    });
    addBlocks(listing, sighting, network, ['IPv4Range', 'internalIpv6Range']);
  }
}

/**
 * Adds the subnetworks of one `gcloud compute networks subnets list --format=json` answer, or of
 * one region in a
 * `subnetworks.aggregatedList` answer: the primary range, IPv6 ranges, and each secondary range as
 * a resource of its own, `selfLink#rangeName`. A purpose other than PRIVATE (proxy-only, Private
 * Service Connect, and any that Google adds) is told in the tag `purpose`.
 */
export function addGcpSubnets(
  listing: Listing,
  scope: CloudScope,
  subnets: readonly unknown[],
): void {
  for (const entry of subnets) {
    const subnet = asObject(entry);
    const selfLink = linkIn(subnet, 'selfLink');
    const network = linkIn(subnet, 'network');
    const region = asText(subnet?.['region']);
    if (!subnet || !selfLink || !network || !region) {
      listing.addProblem(
        `a subnetwork without selfLink, network or region${selfLink ? `: ${selfLink}` : ''}`,
      );
      continue;
    }
    const purpose = asText(subnet['purpose']) ?? 'PRIVATE';
    const sighting: Sighting = {
      kind: 'subnet',
      externalId: selfLink,
      networkExternalId: network,
      ownerAccount: projectOf(selfLink) ?? scope.account,
      region: lastPart(region),
      zoneId: null,
      name: asText(subnet['name']) ?? lastPart(selfLink),
      tags: purpose === 'PRIVATE' ? labelsOf(subnet) : { ...labelsOf(subnet), purpose },
    };
    // ipv6CidrRange repeats the internal or the external prefix; the listing takes each block once.
    const free = freeByRange(subnet);
    const hasPrimary = !isNothing(subnet['ipCidrRange']);
    if (hasPrimary) listing.addCidr(sighting, subnet['ipCidrRange'], free.get(''));
    const ranges = addBlocks(listing, sighting, subnet, [
      'internalIpv6Prefix',
      'externalIpv6Prefix',
      'ipv6CidrRange',
    ]);
    if (!hasPrimary && ranges === 0) listing.addProblem(`${selfLink} has no range`);
    addSecondaryRanges(listing, sighting, subnet, free);
  }
}

/**
 * How many addresses of each IPv4 range are free, by the name of the range; that of the primary one is empty. Google
 * tells it with the view `WITH_UTILIZATION`.
 */
function freeByRange(subnet: JsonObject): Map<string, number> {
  const utilizations = asList(asObject(subnet['utilizationDetails'])?.['ipv4Utilizations']) ?? [];
  return new Map(
    utilizations.flatMap((entry) => {
      const range = asObject(entry);
      const free = asCount(range?.['totalFreeIp']);
      return free === undefined ? [] : [[asText(range?.['rangeName']) ?? '', free] as const];
    }),
  );
}

function addSecondaryRanges(
  listing: Listing,
  sighting: Sighting,
  subnet: JsonObject,
  free: ReadonlyMap<string, number>,
): void {
  const ranges = asList(subnet['secondaryIpRanges']);
  if (!ranges) listing.addProblem(`${sighting.externalId} has malformed secondaryIpRanges`);
  for (const entry of ranges ?? []) {
    const range = asObject(entry);
    const rangeName = asText(range?.['rangeName']);
    if (!range || !rangeName) {
      listing.addProblem(`${sighting.externalId} has a secondary range without a name`);
      continue;
    }
    const secondary: Sighting = {
      ...sighting,
      kind: 'secondary_range',
      externalId: `${sighting.externalId}#${rangeName}`,
      name: `${sighting.name}/${rangeName}`,
    };
    listing.addCidr(secondary, range['ipCidrRange'], free.get(rangeName));
  }
}

/** Takes the fields that are there; gives their number. */
function addBlocks(
  listing: Listing,
  sighting: Sighting,
  owner: JsonObject,
  fields: readonly string[],
): number {
  const there = fields.filter((field) => !isNothing(owner[field]));
  for (const field of there) listing.addCidr(sighting, owner[field]);
  return there.length;
}

function labelsOf(owner: JsonObject): { readonly [key: string]: string } {
  const labels = Object.entries(asObject(owner['labels']) ?? {});
  return Object.fromEntries(
    labels.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}
