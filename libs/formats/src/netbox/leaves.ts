import type { ImportedAddress, ImportedRange, VrfName } from '@cloudpam/import';
import type { AddressRole, AddressStatus } from '@cloudpam/pools';
import { readHost, readSpan } from '../rows/host';
import { addressOf, addressStatusOf, rangeOf } from '../rows/leaf-parts';
import { statusOf, tenantOf } from '../rows/pool-parts';
import type { Reading } from '../rows/reading';

/** What addresses and ranges of NetBox have both, whichever way they were written in. null: it has none. */
interface Leaf {
  readonly status: string | null;
  readonly vrf: VrfName | null;
  readonly tenant: string | null;
  readonly role: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly id: string | null;
  readonly asked: readonly (readonly [key: string, value: string | null])[];
}

/** An IP address of NetBox. */
export interface IpAddress extends Leaf {
  readonly address: string;
  readonly dnsName: string | null;
  /** The device or virtual machine that has it, and its interface. */
  readonly device: string | null;
  readonly interface: string | null;
}

/** An IP range of NetBox. */
export interface IpRange extends Leaf {
  readonly start: string;
  readonly end: string;
  /** undefined: not told. */
  readonly isUtilized: boolean | undefined;
  /** No addresses are made in it. */
  readonly isPopulated: boolean | undefined;
}

/** A status of an address, and what it says of its role. */
export type LeafStatus = AddressStatus | 'dhcp' | 'slaac';

/** Roles of addresses that several interfaces have at once. */
const SHARED: readonly string[] = ['anycast', 'vip', 'vrrp', 'hsrp', 'glbp', 'carp'];

/** An IP address as an address record; its role there becomes a tag too, and each tag one with no value. */
export function addressOfNetbox(
  ip: IpAddress,
  status: (word: string) => LeafStatus | undefined,
  reading: Reading,
): ImportedAddress {
  const cidr = readHost(ip.address);
  const told = ip.status === null ? undefined : status(ip.status);
  const here = addressStatusOf(ip.status, reading, () =>
    told === 'dhcp' || told === 'slaac' ? 'active' : told,
  );
  const isShared = ip.role !== null && SHARED.includes(ip.role.toLowerCase());
  const role: AddressRole | undefined = isShared ? 'vip' : told === 'dhcp' ? 'dhcp' : undefined;
  return addressOf(
    {
      cidr,
      ...partsOf(ip, reading, [
        ['device', ip.device],
        ['interface', ip.interface],
      ]),
      calledBy: ip.device,
      status: here,
      role,
      dnsName: ip.dnsName,
      isShared,
    },
    reading,
  );
}

/** An IP range as a range: one of DHCP where its role says so, one that nobody gets where it is marked populated. */
export function rangeOfNetbox(
  range: IpRange,
  status: (word: string) => LeafStatus | undefined,
  reading: Reading,
): ImportedRange {
  const span = readSpan(range.start, range.end);
  // What a status says of a range is a tag; the words of the request can leave rows out by it.
  statusOf(range.status, reading, (word) => (status(word) ? {} : undefined));
  const isDhcp = range.role !== null && /dhcp/i.test(range.role);
  return rangeOf(
    {
      span,
      ...partsOf(range, reading, [
        [
          'status',
          range.status !== null && status(range.status) === 'active' ? null : range.status,
        ],
      ]),
      purpose: range.isPopulated ? 'excluded' : isDhcp ? 'dhcp' : 'reserved',
      ...(range.isUtilized === undefined ? {} : { countsAsUsed: range.isUtilized }),
    },
    reading,
  );
}

function partsOf(
  { vrf, tenant, role, description, tags, id, asked }: Leaf,
  reading: Reading,
  more: Leaf['asked'],
) {
  const { account, tag } = tenantOf(tenant, reading);
  return {
    vrf,
    description,
    account,
    tags: [
      ['role', role] as const,
      ['tenant', tag] as const,
      ...more,
      ...tags.map((name) => [name, ''] as const),
      ...asked,
    ],
    sourceId: id === null ? null : { system: 'netbox', id },
  };
}
