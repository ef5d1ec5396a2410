import type { AccessScope } from '@cloudpam/audit';
import { formatCidr, refusedRange, type AddressRange, type Cidr } from '@cloudpam/cidr';
import type { AddressPage, ObservedSpace } from '@cloudpam/pools';

/**
 * What an address was given as: to an interface; as a public one that stays with its owner (AWS Elastic IP) or goes
 * with the interface (`external`); or reserved by name (GCP).
 */
export const OBSERVED_KINDS = ['interface', 'elastic', 'external', 'static'] as const;
/** One of `OBSERVED_KINDS`. */
export type ObservedKind = (typeof OBSERVED_KINDS)[number];

/** An address, or a block that was given as one, as the cloud reports it. */
export interface SeenAddress {
  readonly kind: ObservedKind;
  readonly externalId: string;
  /** Of its VPC or network; null for a public address that is attached to nothing. */
  readonly networkExternalId: string | null;
  /** The account that owns the network, where the cloud says so. */
  readonly networkOwner?: string;
  readonly subnetExternalId: string | null;
  readonly region: string;
  readonly name: string;
  /** What has it: an instance, a load balancer; null for nothing, or where the cloud does not say. */
  readonly attachedTo: string | null;
  readonly cidr: Cidr;
}

/**
 * The largest blocks that clouds give to an interface or by name: alias ranges of Google Cloud within their
 * subnet, prefixes of AWS, ranges of bring-your-own addresses.
 */
const WIDEST = { 4: 16, 6: 64 } as const;

/** Why a cloud cannot have given a block to anything; undefined where it can. */
export function problemOfGiven(cidr: Cidr): string | undefined {
  const refused = refusedRange(cidr);
  if (refused)
    return `${formatCidr(cidr)} touches ${refused.range}, ${refused.reason}: nobody has it.`;
  if (cidr.prefixLength >= WIDEST[cidr.family]) return undefined;
  return `${formatCidr(cidr)} is no block that a cloud gives: those begin at /${WIDEST[cidr.family]}.`;
}

/**
 * An address that a cloud has given to something: inventory, never a record, and never free.
 * Identity: scope + kind + externalId + cidr, so that two accounts that list one both have it.
 */
export interface ObservedAddress {
  readonly id: number;
  /** The scope that lists it. */
  readonly scopeId: number;
  readonly accountId: number;
  /** Null where its network is not known. */
  readonly networkId: number | null;
  /** Of the network; of public addresses and those without a network the VRF `global`. */
  readonly vrfId: number;
  readonly region: string;
  readonly kind: ObservedKind;
  readonly externalId: string;
  readonly subnetExternalId: string | null;
  readonly name: string;
  readonly attachedTo: string | null;
  readonly cidr: Cidr;
  readonly firstSeenAt: Date;
  /** While it is there no earlier than the last complete listing of interfaces of its scope. */
  readonly lastSeenAt: Date;
  /** When a complete listing was first without it; null while it is there. It is held for a while. */
  readonly goneAt: Date | null;
}

/** Which observed addresses a list has: those that fit every given field. */
export interface ObservedFilter {
  readonly vrfId: number;
  readonly within: AddressRange;
  /** Exactly this one. */
  readonly name?: string;
  readonly accessScope?: AccessScope;
}

/** A page of observed addresses. */
export interface ObservedList {
  readonly items: ObservedAddress[];
  /** Exact up to 10,000; 10,001 means more. */
  readonly total: number;
  /** For the next page; null after the last row. */
  readonly nextCursor: string | null;
}

/** Addresses that clouds have given to something. Lists are in the order of (address, prefix length, id). */
export interface ObservedStore extends ObservedSpace {
  /** Everything of one scope, those that are gone among them. */
  ofScope(scopeId: number): Promise<ObservedAddress[]>;
  /** @throws StoredConflict when the scope has one of them */
  insert(addresses: readonly Omit<ObservedAddress, 'id'>[]): Promise<void>;
  /** Overwrites all fields of stored rows but the identity. */
  save(addresses: readonly ObservedAddress[]): Promise<void>;
  /** Sets lastSeenAt alone. */
  touch(ids: readonly number[], lastSeenAt: Date): Promise<void>;
  /** Forgets those that are gone since before a time, and says how many. */
  purge(goneBefore: Date): Promise<number>;
  list(filter: ObservedFilter, page: AddressPage): Promise<ObservedList>;
  /** Those in the VRFs with exactly these addresses, those that are gone left out. */
  equalTo(places: readonly ObservedPlace[]): Promise<ObservedAddress[]>;
}

/** A single address of a VRF. */
export interface ObservedPlace {
  readonly vrfId: number;
  readonly cidr: Cidr;
}
