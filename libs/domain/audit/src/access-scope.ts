import { contains, type Cidr } from '@cloudpam/cidr';

/**
 * The part of the estate that someone is limited to. Each given part narrows it; null: not limited
 * in this.
 */
export interface AccessScope {
  readonly accountIds: readonly number[] | null;
  /** Pools, each with everything below it. */
  readonly under: readonly ScopePool[] | null;
}

/** A pool of an access scope, with everything below it. */
export interface ScopePool {
  readonly vrfId: number;
  readonly cidr: Cidr;
  readonly kind: string;
}

/** Where a pool or a discovered resource is. */
export interface Located extends ScopePool {
  readonly accountId: number | null;
}

/** Whether a pool or a discovered resource lies in the access scope. */
export function isInScope(
  { accountIds, under }: AccessScope,
  { accountId, vrfId, cidr, kind }: Located,
): boolean {
  if (accountIds && (accountId === null || !accountIds.includes(accountId))) return false;
  // Of a VPC and a subnet of the same CIDR the VPC is above.
  return (
    !under ||
    under.some(
      (top) =>
        top.vrfId === vrfId &&
        contains(top.cidr, cidr) &&
        !(cidr.prefixLength === top.cidr.prefixLength && top.kind === 'subnet' && kind === 'vpc'),
    )
  );
}
