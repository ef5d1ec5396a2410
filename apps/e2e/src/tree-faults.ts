import { addressCount, contains, formatCidr, parseCidr, type Cidr } from '@cloudpam/cidr';
import type { Pool } from './api';

interface Place {
  readonly pool: Pool;
  readonly cidr: Cidr;
}

/**
 * What is wrong with a tree, one sentence each: a parent that is not the smallest container,
 * siblings that overlap, a wrong utilization.
 */
export function treeFaults(pools: readonly Pool[]): string[] {
  const faults: string[] = [];
  const used = new Map<number, bigint>();
  for (const places of byVrfAndFamily(pools)) {
    const open: Place[] = [];
    for (const place of places) {
      while (open.length > 0 && !contains(last(open).cidr, place.cidr)) open.pop();
      const parent = open.at(-1);
      if (place.pool.parent_id !== (parent?.pool.id ?? null))
        faults.push(
          `${place.pool.cidr} is under ${String(place.pool.parent_id)}, not ${String(parent?.pool.id ?? null)}`,
        );
      if (parent)
        used.set(parent.pool.id, (used.get(parent.pool.id) ?? 0n) + addressCount(place.cidr));
      open.push(place);
    }
  }
  for (const pool of pools) {
    const expected = (used.get(pool.id) ?? 0n) + BigInt(pool.utilization.reserved);
    if (pool.utilization.used !== String(expected))
      faults.push(`${pool.cidr} has ${pool.utilization.used} used, not ${String(expected)}`);
  }
  return faults;
}

/** Each group by address, the widest first; of equal CIDRs the VPC before the subnet. */
function byVrfAndFamily(pools: readonly Pool[]): Place[][] {
  const groups = new Map<string, Place[]>();
  for (const pool of pools) {
    const cidr = parseCidr(pool.cidr);
    if (formatCidr(cidr) !== pool.cidr) throw new Error(`${pool.cidr} is not canonical`);
    const key = `${pool.vrf_id} ${cidr.family}`;
    const group = groups.get(key);
    if (group) group.push({ pool, cidr });
    else groups.set(key, [{ pool, cidr }]);
  }
  return [...groups.values()].map((places) =>
    places.sort(
      (a, b) =>
        Number(a.cidr.first - b.cidr.first) ||
        a.cidr.prefixLength - b.cidr.prefixLength ||
        Number(a.pool.kind === 'subnet') - Number(b.pool.kind === 'subnet'),
    ),
  );
}

function last(open: readonly Place[]): Place {
  const place = open.at(-1);
  if (!place) throw new Error('nothing is open');
  return place;
}
