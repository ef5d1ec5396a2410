import { GLOBAL_REGION, type Cloud, type ReservedAddresses } from './cloud';

const NONE: ReservedAddresses = { first: 0n, last: 0n };

/**
 * AWS keeps the first four addresses and the last of every subnet, in both families.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
const aws: Cloud = {
  label: 'AWS',
  scopes: 'regions',
  listsEveryHost: true,
  reservedAt: (kind) => (kind === 'subnet' ? { first: 4n, last: 1n } : NONE),
};

/**
 * GCP keeps the first two and the last two addresses of a subnet's primary IPv4 range; a network
 * spans all regions.
 * @see https://cloud.google.com/vpc/docs/subnets#unusable-ip-addresses-in-every-subnet
 */
const gcp: Cloud = {
  label: 'GCP',
  scopes: 'global',
  listsEveryHost: false,
  reservedAt: (kind, family) =>
    kind === 'subnet' && family === 4 ? { first: 2n, last: 2n } : NONE,
};

const azure: Cloud = {
  label: 'Azure',
  scopes: 'regions',
  listsEveryHost: false,
  reservedAt: () => NONE,
};

const onprem: Cloud = {
  label: 'On premises',
  scopes: 'regions',
  listsEveryHost: false,
  reservedAt: () => NONE,
};

/** Every cloud that an account or a pool can be of. A new one is one entry here. */
export const CLOUDS = { aws, gcp, azure, onprem } as const satisfies {
  readonly [name: string]: Cloud;
};

/** The name of a cloud: a key of `CLOUDS`. */
export type Provider = keyof typeof CLOUDS;

/** The names, as on the wire. */
export const PROVIDERS = Object.keys(CLOUDS) as Provider[]; // the keys of the table are its type

/** The region of the scope that something in `region` belongs to. */
export function scopeRegion(provider: Provider, region: string): string {
  const cloud: Cloud = CLOUDS[provider];
  return cloud.scopes === 'global' ? GLOBAL_REGION : region;
}
