/** What CloudPAM must know of a cloud beside its API. */
export interface Cloud {
  /** Its name for people. */
  readonly label: string;
  /**
   * What one listing covers of an account: one of its `regions`, or all of it at once (`global`),
   * because its networks span regions.
   */
  readonly scopes: 'regions' | 'global';
  /**
   * How many addresses of a subnet the cloud keeps for itself.
   * @param kind of the pool; only a primary range of a subnet (`subnet`) has such addresses
   */
  reservedAddresses(kind: string, family: 4 | 6): bigint;
}

/** The region of a scope that covers all regions. */
export const GLOBAL_REGION = 'global';
