import type { CloudScope, ScopeSnapshot, SeenNetwork } from '@cloudpam/reconciliation';
import { formatCidr } from '@cloudpam/cidr';
import type { RecordedPage } from './recorded-pages';

/**
 * What a recorded scope is an example of: `whole` has several pages with something of everything;
 * `failing` lists nothing; `halfway` fails after its networks; `malformed` has one subnet whose
 * CIDR is none; `expiring` ends with its credentials after the first page of subnets; `empty` has
 * nothing.
 */
export const SITUATIONS = [
  'whole',
  'failing',
  'halfway',
  'malformed',
  'expiring',
  'empty',
] as const;
/** What a recorded listing shows. */
export type Situation = (typeof SITUATIONS)[number];

/** A scope and what its two lists answer, page by page. */
export interface RecordedScope {
  readonly scope: CloudScope;
  readonly networks: readonly RecordedPage[];
  readonly subnets: readonly RecordedPage[];
}

/** The cloud that an adapter under test must find, and what it must make of it. */
export interface RecordedEstate {
  readonly scopes: { readonly [situation in Situation]: RecordedScope };
  /** Of the scope `whole`. */
  readonly networks: readonly SeenNetwork[];
  /** Of the scope `whole`, each as {@link resourceLines} writes it. */
  readonly resources: readonly string[];
  /**
   * Of the scope `whole`: a resource that belongs to another account than the one that lists it.
   */
  readonly shared: { readonly externalId: string; readonly ownerAccount: string };
  /** Of the scope `whole`: a resource with everything that people gave it. */
  readonly named: {
    readonly externalId: string;
    readonly name: string;
    readonly tags: { readonly [key: string]: string };
  };
}

/** What there is to know of each resource of a snapshot, in order. */
export function resourceLines({ resources }: ScopeSnapshot): string[] {
  return resources
    .map(
      (seen) =>
        `${seen.kind} ${seen.externalId} ${formatCidr(seen.cidr)} in ${seen.networkExternalId} ` +
        `of ${seen.ownerAccount} at ${seen.zoneId ?? seen.region}`,
    )
    .sort();
}
