/** A list that may make its entries when they are asked for; an array is one. */
export interface Listed<T> {
  readonly length: number;
  at(index: number): T | undefined;
}

/** An account as ListAccounts shows it. */
export interface DoubleAccount {
  readonly id: string;
  readonly name: string;
  /** Default ACTIVE. */
  readonly state?: string;
}

/** Entries in the JSON shape of the AWS CLI. */
export interface DoubleRegion {
  readonly vpcs: Listed<object>;
  readonly subnets: Listed<object>;
  /** Default none. */
  readonly interfaces?: Listed<object>;
  /** Default none. */
  readonly elasticIps?: readonly object[];
}

/** The accounts of an organization and what is in them. Nothing of it need be held in memory. */
export interface DoubleEstate {
  readonly accounts: Listed<DoubleAccount>;
  /** The regions that are enabled for an account; undefined when there is no such account. */
  regionsOf(account: string): readonly string[] | undefined;
  /** Undefined when the region is not enabled for the account. */
  region(account: string, region: string): DoubleRegion | undefined;
}

/** An estate that is written out: by account, by region. */
export function writtenEstate(accounts: {
  readonly [id: string]: {
    readonly name?: string;
    readonly state?: string;
    readonly regions: { readonly [region: string]: DoubleRegion };
  };
}): DoubleEstate {
  return {
    accounts: Object.entries(accounts).map(([id, { name, state }]) => ({
      id,
      name: name ?? `account ${id}`,
      state,
    })),
    regionsOf: (account) => accounts[account] && Object.keys(accounts[account].regions),
    region: (account, region) => accounts[account]?.regions[region],
  };
}
