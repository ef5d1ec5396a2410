import { CLOUDS, type Cloud } from '@cloudpam/clouds';
import { formatCidr, type AddressRange, type Cidr } from '@cloudpam/cidr';
import { hostUsageOf, type HostCounts } from './host-usage';
import { hasUncountedHosts, type Pool } from './pool';
import { PoolError } from './pool-error';

/** An address, or a block of them, that a cloud has given to something. */
export interface AddressUse {
  readonly vrfId: number;
  readonly accountId: number;
  readonly cidr: Cidr;
  readonly kind: string;
  readonly externalId: string;
  readonly attachedTo: string | null;
}

/** Knows the addresses that clouds have given to something: nobody else gets them. */
export interface ObservedSpace {
  /** What touches the range, those that are gone and still held among them; in address order, at most `limit`. */
  touching(vrfId: number, range: AddressRange, limit: number): Promise<readonly AddressUse[]>;
  /** How many different addresses of the range are given to something now. */
  count(vrfId: number, range: AddressRange): Promise<bigint>;
}

/** Uses by clouds that are read at once. */
const USES = 1_000;

interface Stores {
  readonly observed: Pick<ObservedSpace, 'count'>;
  readonly discovery: HostCounts;
}

/**
 * Whether hosts may be in a pool that no listing shows: it is a living subnet of a cloud, and its interfaces were not
 * listed completely, or the cloud counts more hosts than it lists (such as those of other projects at GCP).
 */
export async function hasUnlistedHosts(
  { observed, discovery }: Stores,
  pool: Pool,
): Promise<boolean> {
  if (!hasUncountedHosts(pool)) return false;
  const count = (await discovery.hostCounts([pool.id])).get(pool.id);
  if (count?.interfaces !== 'complete') return true;
  const usage = hostUsageOf(pool, count);
  if (!usage) {
    const cloud: Cloud | null = pool.provider && CLOUDS[pool.provider];
    return !cloud?.listsEveryHost;
  }
  return (await observed.count(pool.vrfId, pool.cidr)) < usage.used;
}

/**
 * Of addresses in address order those that a cloud has given to something, and to what. Reads few of them one by one:
 * of a stretch without uses all at once.
 */
export async function usesOf(
  observed: Pick<ObservedSpace, 'touching'>,
  vrfId: number,
  hosts: readonly Cidr[],
): Promise<Map<Cidr, AddressUse>> {
  const found = new Map<Cidr, AddressUse>();
  const [first, last] = [hosts[0], hosts.at(-1)];
  if (!first || !last) return found;
  const half = hosts.length >> 1;
  const split = async (): Promise<Map<Cidr, AddressUse>> =>
    new Map([
      ...(await usesOf(observed, vrfId, hosts.slice(0, half))),
      ...(await usesOf(observed, vrfId, hosts.slice(half))),
    ]);
  if (first.family !== last.family) return split();
  const span: AddressRange = { family: first.family, first: first.first, last: last.last };
  const uses = await observed.touching(vrfId, span, hosts.length === 1 ? 1 : USES);
  if (uses.length === USES && hosts.length > 1) return split();
  for (const host of uses.length === 0 ? [] : hosts) {
    const use = uses.find(({ cidr }) => cidr.first <= host.first && host.first <= cidr.last);
    if (use) found.set(host, use);
  }
  return found;
}

/** The error for an address that a cloud has given to something. */
export function addressInUse(cidr: Cidr, { externalId, attachedTo }: AddressUse): PoolError {
  const of = attachedTo === null ? '' : `, of ${attachedTo}`;
  return new PoolError(
    'address_in_use',
    `${formatCidr(cidr).replace(/\/\d+$/, '')} is in use in a cloud: ${externalId}${of}. Choose another one, or say ` +
      'accept_observed to keep a record of what is there.',
    { field: 'address' },
  );
}
