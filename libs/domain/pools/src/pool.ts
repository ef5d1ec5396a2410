import { addressCount, type Cidr } from '@cloudpam/cidr';
import { CLOUDS, type Provider } from '@cloudpam/clouds';

/** What a pool stands for. */
export const POOL_KINDS = ['container', 'vpc', 'subnet', 'secondary_range', 'reservation'] as const;
/** One of `POOL_KINDS`. */
export type PoolKind = (typeof POOL_KINDS)[number];
/** How far a pool has come: it is planned, in use, or on its way out. */
export const POOL_STATUSES = ['planned', 'active', 'deprecated'] as const;
/** One of `POOL_STATUSES`. */
export type PoolStatus = (typeof POOL_STATUSES)[number];
/** Who made a pool: a person, or discovery. */
export const POOL_SOURCES = ['manual', 'discovered'] as const;
/** One of `POOL_SOURCES`. */
export type PoolSource = (typeof POOL_SOURCES)[number];
/** How a pool that a cloud has compares with the last listing of that cloud. */
export const SYNC_STATUSES = ['synced', 'drift', 'orphaned'] as const;
/** One of `SYNC_STATUSES`. */
export type SyncStatus = (typeof SYNC_STATUSES)[number];

/** Values by key, as people and clouds give them. */
export type Tags = { readonly [key: string]: string };

/**
 * What holds for the direct children of a pool: enforced when space is allocated from it, told as a
 * compliance finding of what discovery brings. Prefix lengths in the family's own bits; the minimum
 * is the widest block.
 */
export interface AllocationRules {
  readonly minPrefixLength: number | null;
  readonly maxPrefixLength: number | null;
  /** Taken when an allocation does not say how large. */
  readonly defaultPrefixLength: number | null;
  readonly requiredTags: readonly string[];
  /**
   * For how many days what is deleted below the pool is kept from others; null: as the pool around it says, 0: not
   * at all.
   */
  readonly quarantineDays?: number | null;
}

/**
 * A key that a pool was allocated with, unique among the living pools of its VRF, and the request
 * as canonical JSON.
 */
export interface LiveKey {
  readonly key: string;
  readonly wish: string;
}

/** A CIDR block in one VRF, a node of the pool tree. */
export interface Pool {
  readonly id: number;
  readonly vrfId: number;
  /**
   * The smallest pool of the VRF that contains this one; null for a root. Derived, never chosen.
   */
  readonly parentId: number | null;
  readonly name: string;
  readonly cidr: Cidr;
  readonly kind: PoolKind;
  readonly status: PoolStatus;
  readonly source: PoolSource;
  readonly accountId: number | null;
  /** The provider of the account; null without one. Comes from the account, is never written. */
  readonly provider: Provider | null;
  /** The cloud's id of the VPC or subnet (GCP: the self-link). */
  readonly externalId: string | null;
  /** The cloud's id of the VPC or network that the pool lies in. */
  readonly externalVpc: string | null;
  readonly region: string | null;
  readonly syncStatus: SyncStatus | null;
  /** Of the resource that the pool stands for: the account and region that a collector lists. */
  readonly scopeId: number | null;
  /**
   * When a collector last saw it; for all that is not orphaned no earlier than the last complete
   * listing of its scope.
   */
  readonly lastSyncAt: Date | null;
  readonly description: string;
  readonly tags: Tags;
  readonly vlanId: number | null;
  readonly expiresAt: Date | null;
  readonly rules: AllocationRules | null;
  readonly liveKey: LiveKey | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /**
   * Counts writes to the pool's own fields, from 1; the ETag. A change among its children does not
   * count.
   */
  readonly version: number;
  /** Addresses that the direct children cover: pools and single addresses. */
  readonly childUsed: bigint;
}

/** What a user sets; everything else is derived. */
export interface PoolFields {
  readonly name: string;
  readonly kind: PoolKind;
  readonly status: PoolStatus;
  readonly accountId: number | null;
  readonly region: string | null;
  readonly description: string;
  readonly tags: Tags;
  readonly vlanId: number | null;
  readonly expiresAt: Date | null;
  readonly rules: AllocationRules | null;
}

/** How full a pool is; addresses, and a ratio 0..1. */
export interface Utilization {
  readonly total: bigint;
  readonly used: bigint;
  /** Addresses the cloud keeps for itself in a subnet; they are part of `used`. */
  readonly reserved: bigint;
  readonly ratio: number;
}

/** Utilization from the pool alone, without a look at its children. */
export function utilizationOf({
  cidr,
  kind,
  provider,
  childUsed,
}: Pick<Pool, 'cidr' | 'kind' | 'provider' | 'childUsed'>): Utilization {
  const total = addressCount(cidr);
  const { first, last } = provider
    ? CLOUDS[provider].reservedAt(kind, cidr.family)
    : { first: 0n, last: 0n };
  const kept = first + last;
  const reserved = childUsed + kept > total ? total - childUsed : kept;
  const used = childUsed + reserved;
  // Six digits are enough for a bar, and keep the division exact beyond 2^53.
  return { total, used, reserved, ratio: Number((used * 1_000_000n) / total) / 1_000_000 };
}

/** Whether a cloud has the say about where the pool is: discovery has made it, and it is not gone there. */
export function followsCloud({ source, syncStatus }: Pick<Pool, 'source' | 'syncStatus'>): boolean {
  return source === 'discovered' && syncStatus !== 'orphaned';
}

/**
 * Whether a cloud has host addresses in use in the pool that nobody has counted: it is a living
 * subnet or secondary range of a cloud. What no child covers there is not known to be free.
 */
export function hasUncountedHosts({
  kind,
  externalId,
  syncStatus,
}: Pick<Pool, 'kind' | 'externalId' | 'syncStatus'>): boolean {
  return (
    (kind === 'subnet' || kind === 'secondary_range') &&
    externalId !== null &&
    syncStatus !== 'orphaned'
  );
}
