import type { Cidr } from '@cloudpam/cidr';
import type { Provider } from '@cloudpam/pools';
import type { SeenAddress } from './observed-address';

/** How far a scope was listed: all of it, some of it, or nothing. */
export const COVERAGES = ['complete', 'partial', 'failed'] as const;
/** One of `COVERAGES`. */
export type Coverage = (typeof COVERAGES)[number];

/** The kinds of address space that clouds list. */
export const RESOURCE_KINDS = ['vpc', 'subnet', 'secondary_range'] as const;
/** One of `RESOURCE_KINDS`. */
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** What one listing covers: an account in a region (GCP: a project, region `global`). */
export interface CloudScope {
  readonly provider: Provider;
  /** The cloud's own id of the account or project. */
  readonly account: string;
  readonly region: string;
}

/** A VPC or network as the cloud reports it. */
export interface SeenNetwork {
  readonly externalId: string;
  /** The account that owns it; not always the one that lists it. */
  readonly ownerAccount: string;
  readonly region: string;
  readonly name: string;
  /**
   * AWS default VPC or GCP auto mode: its addresses were not chosen by anyone, and repeat by
   * design.
   */
  readonly isDefault: boolean;
}

/**
 * One CIDR of a VPC or subnet as the cloud reports it. A subnet with IPv4 and IPv6 is seen twice,
 * once for each.
 */
export interface SeenResource {
  readonly kind: ResourceKind;
  readonly externalId: string;
  readonly networkExternalId: string;
  readonly ownerAccount: string;
  readonly region: string;
  /** The zone's id, never its name: names differ between accounts. */
  readonly zoneId: string | null;
  /**
   * The id (`op-...`) of the AWS Outpost that a subnet is on; `zoneId` is then that of the zone it
   * hangs on.
   */
  readonly outpost?: string;
  readonly name: string;
  readonly cidr: Cidr;
  /** Host addresses of it that the cloud says are free; left out where it says nothing. */
  readonly freeHosts?: number;
  readonly tags: { readonly [key: string]: string };
}

/** Some of what a listing holds. */
export interface ListedPart {
  readonly networks: readonly SeenNetwork[];
  readonly resources: readonly SeenResource[];
  /** Left out where nobody asked for interfaces. */
  readonly addresses?: readonly SeenAddress[];
}

/**
 * What one run saw of one scope. Nothing in it may be taken for gone unless `coverage` is
 * `complete`.
 */
export interface ScopeSnapshot extends CloudScope, ListedPart {
  readonly accountName?: string;
  /**
   * The account was named by hand, and nothing has shown yet that there is one: it may be a
   * mistype.
   */
  readonly accountUnproven?: boolean;
  readonly coverage: Coverage;
  /** The cloud's own error, for a scope that is not complete. */
  readonly error?: { readonly code: string; readonly message: string };
  /**
   * How far interfaces and their addresses were listed: of its own, so that a refusal there says nothing of networks
   * and subnets. Left out where nobody asked for them.
   */
  readonly interfaces?: {
    readonly coverage: Coverage;
    readonly error?: { readonly code: string; readonly message: string };
  };
  /** When the listing began. Of two snapshots of a scope the later one counts. */
  readonly collectedAt: Date;
  /**
   * The place of this in a listing that comes in parts, from 1. All of them are applied as one when
   * the last is there.
   */
  readonly part?: { readonly number: number; readonly last: boolean };
}

/** Takes some of a listing before its end. The next page is asked for when it is done with it. */
export type TakePart = (part: ListedPart) => Promise<void>;

/** An account or project that a provider can list. */
export interface CloudAccount {
  /** The cloud's own id. */
  readonly id: string;
  /** As the cloud shows it to people, where that is known. */
  readonly name?: string;
  /** It was named by hand, not listed by the cloud. */
  readonly unproven?: boolean;
}

/** What a provider offers to a collector. */
export interface CloudNetworks {
  readonly provider: Provider;
  /**
   * The accounts that it was asked to cover, each once. @throws when not even that can be told (bad
   * credentials, no folder).
   */
  accounts(signal?: AbortSignal): Promise<readonly CloudAccount[]>;
  /**
   * The scopes of one account, at least one. Rejects only when `signal` aborts: of an account that
   * does not let itself be asked for its regions it gives a scope whose reading fails with the
   * cloud's own error.
   */
  scopes(account: string, signal?: AbortSignal): Promise<readonly CloudScope[]>;
  /**
   * Lists one scope. Never rejects for what the cloud answers: an error makes coverage `failed`
   * (nothing listed) or
   * `partial` (some of it) and is told in `error`. Rejects only when `signal` aborts.
   * @param take is given what was listed from page to page, so that nobody has to hold all of it;
   *   the snapshot then has the rest
   */
  read(scope: CloudScope, signal?: AbortSignal, take?: TakePart): Promise<ScopeSnapshot>;
  /**
   * The cloud's own error when an unproven account cannot be entered; undefined when it can, so
   * that there is one. Rejects only when `signal` aborts.
   */
  doubtOf?(account: string, signal?: AbortSignal): Promise<ScopeSnapshot['error']>;
}
