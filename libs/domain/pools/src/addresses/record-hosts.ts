import type { Change } from '@cloudpam/audit';
import type { Cidr } from '@cloudpam/cidr';
import { addressInUse, usesOf } from '../observed-space';
import type { Pool } from '../pool';
import { PoolError } from '../pool-error';
import type { PoolStores } from '../pool-stores';
import { formatHost, type AddressFields, type AddressRecord } from './address-record';
import { addressTaken, forbiddenAt, forbiddenError } from './address-rules';
import { lockHolders } from './lock-holders';
import { takeBack } from './quarantine';
import { formatSpan, type RangeRecord } from './range-record';
import { givesOut, rangeNotFound, rangeTaken } from './range-rules';
import { takeHosts, type RecordHistory } from './take-hosts';

/** An address that was chosen elsewhere, and what is set of it. */
export interface RecordedHost {
  readonly cidr: Cidr;
  readonly fields: Partial<AddressFields>;
  /**
   * The range that has it: by id; undefined: none may. `open`: whichever gives its addresses out. `any`: whichever it
   * lies in, but for quarantine.
   */
  readonly inRange: number | 'open' | 'any' | undefined;
  /** Also where a cloud has given the address to something. */
  readonly acceptObserved: boolean;
  readonly history?: RecordHistory | undefined;
}

/**
 * Records addresses of a VRF that were chosen elsewhere, each in whichever pool it lies, or in none; all or none. What
 * is set of them is checked by the caller.
 * @returns the records, in the order of the addresses asked for
 * @throws PoolError `address_taken` | `address_in_use` | `address_reserved` | `range_taken` | `quarantined` |
 *   `vrf_not_found` | ...
 */
export async function recordHosts(
  stores: PoolStores,
  change: Change,
  vrfId: number,
  hosts: readonly RecordedHost[],
): Promise<AddressRecord[]> {
  const cidrs = hosts.map(({ cidr }) => cidr);
  const holders = await lockHolders(stores, vrfId, cidrs);
  const [taken] = await stores.addresses.equalTo(vrfId, cidrs);
  if (taken) throw addressTaken(taken);
  for (const [at, cidr] of cidrs.entries()) {
    const pool = holders[at];
    const forbidden = pool && forbiddenAt(pool, cidr);
    if (forbidden) throw forbiddenError(pool, forbidden);
  }
  const careful = hosts.filter(({ acceptObserved }) => !acceptObserved).map(({ cidr }) => cidr);
  for (const [cidr, use] of await usesOf(stores.observed, vrfId, careful))
    throw addressInUse(cidr, use);
  await takeBack(stores, change, vrfId, cidrs);
  const ranges = await stores.ranges.at(vrfId, cidrs);
  const byPool = new Map<Pool | undefined, number[]>();
  for (const [at, host] of hosts.entries()) {
    await checkRange(stores, host, ranges[at]);
    const list = byPool.get(holders[at]);
    if (list) list.push(at);
    else byPool.set(holders[at], [at]);
  }
  const records: AddressRecord[] = [];
  for (const [pool, places] of byPool) {
    const takings = places.flatMap((at) => {
      const host = hosts[at];
      return host ? [{ ...host, range: ranges[at] }] : [];
    });
    const made = await takeHosts(stores, change, 'address.create', pool ?? { vrfId }, takings);
    for (const [n, at] of places.entries()) {
      const record = made[n];
      if (record) records[at] = record;
    }
  }
  return records;
}

/** @throws PoolError `range_taken` | `quarantined` | `range_not_found` | `invalid_field` where another range has it */
async function checkRange(
  { ranges }: Pick<PoolStores, 'ranges'>,
  { cidr, inRange }: RecordedHost,
  range: RangeRecord | undefined,
): Promise<void> {
  const isMeant =
    range &&
    (inRange === range.id ||
      (inRange === 'open' && givesOut(range)) ||
      (inRange === 'any' && range.purpose !== 'quarantine'));
  if (range && (!isMeant || (typeof inRange === 'number' && !givesOut(range))))
    throw rangeTaken(formatHost(cidr), range, isMeant ? 'range_id' : 'address');
  if (!range && typeof inRange === 'number') {
    const known = await ranges.get(inRange);
    if (!known) throw rangeNotFound(inRange, 'range_id');
    throw new PoolError(
      'invalid_field',
      `${formatHost(cidr)} does not lie in range ${inRange} (${formatSpan(known.span)}).`,
      { field: 'range_id' },
    );
  }
}
