import { formatCidr } from '@cloudpam/cidr';
import type { ImportedPool } from '@cloudpam/import';
import type { PoolKind } from '@cloudpam/pools';
import { readHost } from '../rows/host';
import { addressOf } from '../rows/leaf-parts';
import { readNetwork } from '../rows/network';
import { poolOf, type PoolParts } from '../rows/pool-parts';
import type { Reading } from '../rows/reading';
import { skipped } from '../rows/row-problem';
import { textOf, valueOf, type JsonKind, type JsonObject } from '../tables/json-kind';
import { IpamNames, POOL_ID, tagsOf } from './ipam-scopes';

const SYSTEM = 'aws_ipam';

/** What a resource or an allocation is; null: an address, of one thing or of several. */
const KINDS: Readonly<Record<string, PoolKind | null | undefined>> = {
  vpc: 'vpc',
  subnet: 'subnet',
  'ipam-pool': 'container',
  'public-ipv4-pool': 'container',
  'ec2-public-ipv4-pool': 'container',
  'ipv6-pool': 'container',
  custom: 'reservation',
  eip: null,
  eni: null,
  'anycast-ip-list': null,
};

/** CIDRs of VPCs, subnets and pools of public addresses. */
export function resourceCidrs(reading: Reading): ReturnType<JsonKind['reader']> {
  return (resource) => {
    const id = textOf(resource, 'ResourceId');
    const scope = textOf(resource, 'IpamScopeId');
    if (id !== null && scope !== null) reading.shared(IpamNames).resources.set(id, scope);
    const owner = textOf(resource, 'ResourceOwnerId');
    if (isAddress(resource)) return readAddress(resource, reading);
    return read(resource, 'ResourceCidr', reading, {
      vrf: reading.shared(IpamNames).vrfOf(scope, reading),
      kind: kindOf(resource),
      name: textOf(resource, 'ResourceName'),
      region: textOf(resource, 'ResourceRegion'),
      account: owner === null ? null : `aws:${owner}`,
      tags: [...tagsOf(valueOf(resource, 'ResourceTags'))],
      sourceId: id === null ? null : { system: SYSTEM, id },
    });
  };
}

/**
 * CIDRs of pools of IPAM, as containers. The AWS CLI does not print of which pool they are: the name
 * of the file may say it.
 */
export function poolCidrs(reading: Reading, file: string): ReturnType<JsonKind['reader']> {
  const scope = scopeIn(file, reading);
  return (cidr) => {
    const state = textOf(cidr, 'State') ?? 'provisioned';
    if (state !== 'provisioned') throw skipped('not_kept', `The CIDR is ${state}.`);
    const id = textOf(cidr, 'IpamPoolCidrId');
    return once(cidr, 'Cidr', reading, {
      vrf: reading.shared(IpamNames).vrfOf(scope, reading),
      kind: 'container',
      tags: [],
      sourceId: id === null ? null : { system: SYSTEM, id },
    });
  };
}

/** Allocations from pools: those of resources that are told too are left out. */
export function allocations(reading: Reading, file: string): ReturnType<JsonKind['reader']> {
  const ipam = reading.shared(IpamNames);
  const scopeOfFile = scopeIn(file, reading);
  return (allocation) => {
    const resource = textOf(allocation, 'ResourceId') ?? '';
    const scope = ipam.resources.get(resource) ?? ipam.scopes.get(resource) ?? scopeOfFile;
    const owner = textOf(allocation, 'ResourceOwner');
    const id = textOf(allocation, 'IpamPoolAllocationId');
    const kind = kindOf(allocation);
    return once(allocation, 'Cidr', reading, {
      vrf: ipam.vrfOf(scope, reading),
      kind,
      ...(kind === 'reservation' ? { status: 'planned' } : {}),
      description: textOf(allocation, 'Description'),
      region: textOf(allocation, 'ResourceRegion'),
      account: owner === null ? null : `aws:${owner}`,
      tags: [...tagsOf(valueOf(allocation, 'Tags'))],
      sourceId: id === null ? null : { system: SYSTEM, id },
    });
  };
}

/** Whether a resource is a single address: an Elastic IP, or one of a network interface. */
function isAddress(resource: JsonObject): boolean {
  const cidr = textOf(resource, 'ResourceCidr') ?? '';
  const single = cidr.includes(':') ? '/128' : '/32';
  return ['eip', 'eni'].includes(textOf(resource, 'ResourceType') ?? '') && cidr.endsWith(single);
}

function readAddress(resource: JsonObject, reading: Reading) {
  const id = textOf(resource, 'ResourceId');
  const owner = textOf(resource, 'ResourceOwnerId');
  const label = textOf(resource, 'ResourceCidr') ?? '';
  const item = addressOf(
    {
      cidr: readHost(label),
      vrf: reading.shared(IpamNames).vrfOf(textOf(resource, 'IpamScopeId'), reading),
      name: textOf(resource, 'ResourceName'),
      calledBy: id,
      account: owner === null ? null : `aws:${owner}`,
      tags: [
        ...tagsOf(valueOf(resource, 'ResourceTags')),
        ['region', textOf(resource, 'ResourceRegion')],
      ],
      sourceId: id === null ? null : { system: SYSTEM, id },
    },
    reading,
  );
  return { label, item };
}

/** @returns undefined for a kind that has no word here: what lies inside tells what it is */
function kindOf(object: JsonObject): PoolKind | undefined {
  const type = textOf(object, 'ResourceType') ?? '';
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind === null)
    throw skipped('not_kept', 'Addresses that are no single ones of a resource are not kept.');
  return kind;
}

function scopeIn(file: string, reading: Reading): string | undefined {
  const pool = POOL_ID.exec(file)?.[0];
  return pool === undefined ? undefined : reading.shared(IpamNames).scopes.get(pool);
}

type Rest = Omit<PoolParts, 'network'>;

function read(object: JsonObject, key: string, reading: Reading, rest: Rest) {
  const label = textOf(object, key) ?? '';
  const item = poolOf({ ...rest, network: readNetwork(label, reading.fix) }, reading);
  reading.shared(IpamNames).cidrs.add(placeOf(item));
  return { label, item };
}

/** {@link read}, where no row before has the CIDR in the VRF. */
function once(object: JsonObject, key: string, reading: Reading, rest: Rest) {
  const network = readNetwork(textOf(object, key) ?? '', reading.fix);
  const vrf = rest.vrf ?? reading.defaultVrf;
  if (reading.shared(IpamNames).cidrs.has(placeOf({ cidr: network.cidr, vrf })))
    throw skipped(
      'same_as_another',
      'A resource or pool of the same upload has the same addresses.',
    );
  return read(object, key, reading, rest);
}

function placeOf({ cidr, vrf }: Pick<ImportedPool, 'cidr' | 'vrf'>): string {
  return `${formatCidr(cidr)} ${vrf?.name ?? ''}`;
}
