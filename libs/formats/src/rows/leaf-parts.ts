import type { AddressRange, Cidr } from '@cloudpam/cidr';
import type { ImportedAddress, ImportedRange, SourceId, VrfName } from '@cloudpam/import';
import { dnsNameOf, isDnsName, isMac, macOf, type AddressStatus } from '@cloudpam/pools';
import { nameOf, statusOf, tagsOf, type PoolParts } from './pool-parts';
import type { Reading } from './reading';

/** What a reader gathers of an address or a range, whichever of them it is. */
interface LeafParts {
  /** null: the row names none. */
  readonly vrf: VrfName | null;
  /** Told by the row; a new one whose name is not is called by its description, else as `calledBy` says. */
  readonly name?: string | null;
  readonly calledBy?: string | null;
  readonly description?: string | null;
  readonly account?: string | null;
  /** Later ones of the same key are left out, and those with the value null. */
  readonly tags: PoolParts['tags'];
  readonly sourceId?: SourceId | null;
}

/** What a reader gathers of an address. */
export interface AddressParts extends LeafParts {
  readonly cidr: Cidr;
  readonly status?: AddressStatus | undefined;
  readonly role?: ImportedAddress['set']['role'];
  /** As it is written; what is no DNS name becomes the tag `hostname`. */
  readonly dnsName?: string | null;
  /** As it is written; what is no EUI-48 becomes the tag `mac`. */
  readonly mac?: string | null;
  /** Several may have it: a second row of it is left out. */
  readonly isShared?: boolean;
}

/** What a reader gathers of a range. */
export interface RangeParts extends LeafParts {
  readonly span: AddressRange;
  readonly purpose?: ImportedRange['set']['purpose'];
  readonly countsAsUsed?: boolean;
}

/** An address of another system. What it does not say stays, or is as a new one has it. */
export function addressOf(parts: AddressParts, reading: Reading): ImportedAddress {
  const { cidr, status, role, isShared } = parts;
  const dnsName = dnsNameOf(parts.dnsName ?? '');
  const mac = macOf(parts.mac ?? '');
  const hasDnsName = dnsName !== null && isDnsName(dnsName);
  const hasMac = mac !== null && isMac(mac);
  const tags = [
    ...parts.tags,
    ['hostname', hasDnsName ? null : parts.dnsName || null] as const,
    ['mac', hasMac ? null : mac] as const,
  ];
  const { set, ...leaf } = leafOf({ ...parts, tags }, reading);
  return {
    entity: 'address',
    cidr,
    ...leaf,
    set: {
      ...set,
      ...(status === undefined ? {} : { status }),
      ...(role === undefined ? {} : { role }),
      ...(hasDnsName ? { dnsName } : {}),
      ...(hasMac ? { mac } : {}),
    },
    ...(isShared ? { isShared } : {}),
  };
}

/** A range of another system. What it does not say stays, or is as a new one has it. */
export function rangeOf(parts: RangeParts, reading: Reading): ImportedRange {
  const { span, purpose, countsAsUsed } = parts;
  const { set, ...leaf } = leafOf(parts, reading);
  return {
    entity: 'range',
    span,
    ...leaf,
    set: {
      ...set,
      ...(purpose === undefined ? {} : { purpose }),
      ...(countsAsUsed === undefined ? {} : { countsAsUsed }),
    },
  };
}

/**
 * The status that a word stands for: by the words of the request, where a planned or reserved pool is a reserved
 * address, else by those of the format.
 * @throws RowEnd as `statusOf` does
 */
export function addressStatusOf(
  word: string | null | undefined,
  reading: Reading,
  usual: (word: string) => AddressStatus | undefined,
): AddressStatus | undefined {
  const { status, kind } = statusOf(word, reading, (each) => {
    const means = usual(each);
    return means && { status: means === 'reserved' ? 'planned' : means };
  });
  if (status === 'planned' || kind === 'reservation') return 'reserved';
  return status;
}

function leafOf(
  { name, calledBy, description, account, vrf, tags, sourceId = null }: LeafParts,
  reading: Reading,
): Omit<ImportedRange, 'entity' | 'span' | 'set'> & {
  readonly set: { readonly name?: string; readonly description?: string };
} {
  return {
    vrf: vrf ?? reading.defaultVrf,
    set: { ...(name ? { name } : {}), ...(description ? { description } : {}) },
    fresh: {
      name: name || nameOf(description || undefined) || nameOf(calledBy || undefined) || '',
    },
    ...(account ? { account: reading.interned.text(account) } : {}),
    tags: tagsOf(tags, reading),
    sourceId,
  };
}
