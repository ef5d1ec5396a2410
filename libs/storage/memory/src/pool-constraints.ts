import { overlaps, sameCidr } from '@cloudpam/cidr';
import { StoredConflict, type Pool } from '@cloudpam/pools';
import { joined } from './lookup';
import type { Tables } from './stores';

/** What a database would refuse about pools. */
export class PoolConstraints {
  /**
   * Pools that must be there at the end of the run if they have children: a parent may be inserted
   * after them.
   */
  private readonly parents = new Set<number>();

  constructor(private readonly tables: Tables) {
    tables.history.beforeCommit(() => this.checkParents());
  }

  /** @throws StoredConflict when the pool may not be written like this */
  check(pool: Pool): void {
    this.checkReferences(pool);
    this.checkUnique(pool);
    this.checkLiveKey(pool);
    const siblings = this.tables.poolTree.children(pool.vrfId, pool.parentId);
    for (const sibling of siblings.touching(pool.cidr)) {
      if (sibling.id !== pool.id && overlaps(sibling.cidr, pool.cidr))
        throw new StoredConflict('pool_siblings_overlap');
    }
    if (pool.parentId !== null) this.parents.add(pool.parentId);
  }

  /** To be told of every pool that is removed. */
  removed(id: number): void {
    this.parents.add(id);
  }

  private checkReferences(pool: Pool): void {
    if (!this.tables.vrfs.has(pool.vrfId)) throw new StoredConflict('pool_vrf');
    if (pool.accountId !== null && !this.tables.accounts.has(pool.accountId))
      throw new StoredConflict('pool_account');
    if (pool.vlanId !== null && !this.tables.vlans.has(pool.vlanId))
      throw new StoredConflict('pool_vlan');
  }

  private checkUnique(pool: Pool): void {
    for (const other of this.tables.pools.getMany(
      this.tables.poolsByFirst.ids(joined(pool.vrfId, pool.cidr.first)),
    )) {
      if (other.id === pool.id) continue;
      if (other.kind === pool.kind && sameCidr(other.cidr, pool.cidr))
        throw new StoredConflict('pool_cidr_kind');
      if (pool.externalId !== null && other.externalId === pool.externalId)
        throw new StoredConflict('pool_external_id');
    }
  }

  private checkLiveKey({ id, vrfId, liveKey }: Pool): void {
    if (!liveKey) return;
    const taken = this.tables.pools
      .all()
      .some(
        (other) => other.id !== id && other.vrfId === vrfId && other.liveKey?.key === liveKey.key,
      );
    if (taken) throw new StoredConflict('pool_live_key');
  }

  private checkParents(): void {
    const missing = [...this.parents].find(
      (id) => !this.tables.pools.has(id) && this.tables.poolTree.childrenOf(id).rows.length > 0,
    );
    this.parents.clear();
    if (missing !== undefined) throw new StoredConflict('pool_parent');
  }
}
