import { isInScope, type AccessScope } from '@cloudpam/audit';
import { contains } from '@cloudpam/cidr';
import type { PastTree, Pause, PlacedPastPool } from './past-tree';
import { InvalidCursor, type PoolFilter } from './pool-store';
import { isMeant } from './typed-text';

/** So many pools are looked at before the next pause. */
const PIECE = 250;
/** Totals are counted up to this, which means more. */
const COUNTED = 10_001;

/** A page of the pools of a time past, by CIDR. */
export interface PastPoolList {
  readonly items: readonly PlacedPastPool[];
  /** Exact up to 10,000; 10,001 means more. */
  readonly total: number;
  /** For the next page; null after the last pool. */
  readonly nextCursor: string | null;
}

/** Reads the pools of a time past: all of them, or those that lie in an access scope. */
export class ReadPastPools {
  /**
   * @param accessScope undefined without limits
   * @param pause called again and again
   */
  constructor(
    private readonly tree: PastTree,
    private readonly accessScope: AccessScope | undefined,
    private readonly pause: Pause,
  ) {}

  /**
   * The pools that a filter asks for, by CIDR, after the one that the cursor names.
   * @param cursor `nextCursor` of the page before
   * @throws InvalidCursor
   */
  async list(filter: PoolFilter, size: number, cursor?: string): Promise<PastPoolList> {
    const after = cursor === undefined ? -1 : this.tree.indexOf(Number(cursor));
    if (cursor !== undefined && (after < 0 || !this.shown(after, filter)))
      throw new InvalidCursor();
    const items = await this.found(after + 1, filter, size + 1);
    const nextCursor = items.length > size ? String(items[size - 1]?.id) : null;
    return { items: items.slice(0, size), total: await this.count(filter), nextCursor };
  }

  private async count(filter: PoolFilter): Promise<number> {
    const isAll = !this.accessScope && Object.values(filter).every((each) => each === undefined);
    if (isAll) return Math.min(this.tree.size, COUNTED);
    let count = 0;
    for (let at = 0; at < this.tree.size && count < COUNTED; at++) {
      if (this.shown(at, filter)) count += 1;
      if (at % PIECE === 0) await this.pause();
    }
    return count;
  }

  /** Up to so many of the pools that are asked for, from an index on. */
  private async found(from: number, filter: PoolFilter, most: number): Promise<PlacedPastPool[]> {
    const items: PlacedPastPool[] = [];
    for (let at = from; at < this.tree.size && items.length < most; at++) {
      const pool = this.shown(at, filter);
      if (pool) items.push(pool);
      if (at % PIECE === 0) await this.pause();
    }
    return items;
  }

  /**
   * The pool of then if it lies in the access scope and is asked for; one whose parent is hidden
   * stands as a root.
   */
  private shown(index: number, filter: PoolFilter): PlacedPastPool | undefined {
    let pool = this.tree.at(index);
    if (this.accessScope) {
      if (!isIn(this.accessScope, pool)) return undefined;
      const parent = this.tree.around(index);
      if (parent && !isIn(this.accessScope, parent)) pool = { ...pool, parentId: null };
    }
    return matches(pool, filter) ? pool : undefined;
  }
}

function isIn(
  accessScope: AccessScope,
  { vrfId, cidr, facts: { kind, account_id: account } }: PlacedPastPool,
): boolean {
  return isInScope(accessScope, {
    vrfId,
    cidr,
    kind: String(kind),
    accountId: typeof account === 'number' ? account : null,
  });
}

function matches(
  { id, vrfId, parentId, cidr, facts }: PlacedPastPool,
  filter: PoolFilter,
): boolean {
  const is = (wanted: unknown, fact: unknown): boolean => wanted === undefined || wanted === fact;
  const tags = (facts['tags'] ?? {}) as Readonly<Record<string, string>>; // as poolFacts writes them
  return (
    is(filter.vrfId, vrfId) &&
    is(filter.parentId, parentId) &&
    is(filter.kind, facts['kind']) &&
    is(filter.status, facts['status']) &&
    is(filter.source, facts['source']) &&
    is(filter.syncStatus, facts['sync_status']) &&
    is(filter.region, facts['region']) &&
    is(filter.vlanId, facts['vlan_id']) &&
    is(filter.externalId, facts['external_id']) &&
    is(filter.name, facts['name']) &&
    (filter.accountIds?.some((id) => id === facts['account_id']) ?? true) &&
    (filter.tags?.every((readings) =>
      readings.some(({ key, value }) => Object.hasOwn(tags, key) && tags[key] === value),
    ) ??
      true) &&
    (!filter.contains || contains(cidr, filter.contains)) &&
    (!filter.within || contains(filter.within, cidr)) &&
    (!filter.typed ||
      isMeant(filter.typed, {
        id,
        cidr,
        tags,
        names: [String(facts['name']), textOf(facts['external_id'])],
      }))
  );
}

function textOf(fact: unknown): string | null {
  return typeof fact === 'string' ? fact : null;
}
