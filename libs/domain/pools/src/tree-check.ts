import {
  addressCount,
  contains,
  formatCidr,
  sameCidr,
  type Cidr,
  type Family,
} from '@cloudpam/cidr';
import type { Pool } from './pool';

/** What a check of the tree looks at. */
export type PoolInTree = Pick<Pool, 'id' | 'vrfId' | 'parentId' | 'cidr' | 'kind' | 'childUsed'> & {
  /** Addresses of records and of ranges that lie in it, and in no pool below it. */
  readonly leaves: bigint;
};

interface OpenPool {
  readonly pool: PoolInTree;
  /** Addresses of the children that have come so far, and single ones. */
  used: bigint;
}

/**
 * Looks whether pools are the tree that their CIDRs make: each under the smallest pool around it, no CIDR twice, and
 * each knowing how much its children cover. It keeps one path of the tree at a time.
 */
export class TreeCheck {
  private vrfId: number | undefined;
  /** The pools around the last one, the widest first. */
  private readonly paths = new Map<Family, OpenPool[]>();

  /**
   * Takes the next pool: they come by VRF and address, the widest first, of two equal ones the VPC first. Gives what is
   * wrong with it, and with those that end before it.
   */
  next(pool: PoolInTree): string[] {
    const faults = pool.vrfId === this.vrfId ? [] : this.end();
    this.vrfId = pool.vrfId;
    const path = this.paths.get(pool.cidr.family) ?? [];
    this.paths.set(pool.cidr.family, path);
    for (let last = path.at(-1); last && !contains(last.pool.cidr, pool.cidr); last = path.at(-1))
      faults.push(...ended(path.pop() ?? last));
    const around = path.at(-1);
    if (pool.parentId !== (around?.pool.id ?? null)) faults.push(misplaced(pool, around?.pool));
    if (around && sameCidr(around.pool.cidr, pool.cidr) && !isFilledBy(around.pool, pool))
      faults.push(`${named(pool)} has the CIDR of pool ${around.pool.id}`);
    if (around) around.used += addressCount(pool.cidr);
    path.push({ pool, used: pool.leaves });
    return faults;
  }

  /** What is wrong with the pools that have not ended yet. */
  end(): string[] {
    const faults = [...this.paths.values()].flatMap((path) => path.reverse().flatMap(ended));
    this.paths.clear();
    return faults;
  }
}

function isFilledBy(vpc: PoolInTree, subnet: PoolInTree): boolean {
  return vpc.kind === 'vpc' && subnet.kind === 'subnet';
}

function ended({ pool, used }: OpenPool): string[] {
  return used === pool.childUsed
    ? []
    : [`${named(pool)} counts ${pool.childUsed} addresses of its children, and they have ${used}`];
}

function misplaced(pool: PoolInTree, around: PoolInTree | undefined): string {
  const parent = pool.parentId === null ? 'has no parent' : `has the parent ${pool.parentId}`;
  return around
    ? `${named(pool)} ${parent}, and the smallest pool around it is ${around.id}`
    : `${named(pool)} ${parent}, and no pool lies around it`;
}

function named({ id, cidr, vrfId }: { id: number; cidr: Cidr; vrfId: number }): string {
  return `pool ${id} (${formatCidr(cidr)} in VRF ${vrfId})`;
}
