/** What CloudPAM must know of a cloud beside its API. */
export interface Cloud {
  /** Its name for people. */
  readonly label: string;
  /**
   * What one listing covers of an account: one of its `regions`, or all of it at once (`global`),
   * because its networks span regions.
   */
  readonly scopes: 'regions' | 'global';
  /** Whether a listing of interfaces shows every host of a subnet, those of other accounts too. */
  readonly listsEveryHost: boolean;
  /**
   * How many of the first and of the last addresses of a subnet the cloud keeps for itself.
   * @param kind of the pool; only a primary range of a subnet (`subnet`) has such addresses
   */
  reservedAt(kind: string, family: 4 | 6): ReservedAddresses;
}

/** How many addresses are kept at each end of a subnet. */
export interface ReservedAddresses {
  readonly first: bigint;
  readonly last: bigint;
}

/** The region of a scope that covers all regions. */
export const GLOBAL_REGION = 'global';
