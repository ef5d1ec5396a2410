import type { Reader } from '@cloudpam/audit';
import type { Pause } from './past-tree';
import type { Pool } from './pool';
import { poolNotFound } from './pool-rules';
import { InvalidCursor, type PoolList, type PoolSort } from './pool-store';
import type { PoolReadStores } from './pool-stores';

/** Children that are read at a time, at most. */
const CHUNK = 500;
const BY_ADDRESS: readonly PoolSort[] = [{ field: 'cidr', descending: false }];

/** A pool in a page of the tree, with those of its children that the page shows. */
export interface TreeNode {
  readonly pool: Pool;
  /** How many direct children it has, shown or not. */
  readonly childCount: number;
  /** In address order. */
  readonly children: readonly TreeNode[];
}

/** Where a walk through the tree stands among the children of a pool. */
export interface TreePlace {
  readonly id: number;
  /**
   * The store's cursor of the last child that was shown; '' before the first one, null after the
   * last.
   */
  readonly after: string | null;
}

/** One page of a tree. */
export interface TreePage {
  readonly tree: TreeNode;
  /** Where the next page goes on, outermost first; empty when everything is shown. */
  readonly rest: readonly TreePlace[];
}

/** Which page of a tree. */
export interface TreeWindow {
  /** Levels below the root. */
  readonly depth: number;
  /** Pools below the root that one page shows for the first time. */
  readonly size: number;
  /** `rest` of the page before; empty for the first page. */
  readonly from: readonly TreePlace[];
}

type Stores = Pick<PoolReadStores, 'pools'>;

/** Reads the tree below a pool. */
export class ReadTree {
  /** @param pause called again and again */
  constructor(
    private readonly reader: Reader<Stores>,
    private readonly pause: Pause,
  ) {}

  /**
   * One page of the tree, in address order, a parent before its children. A page that goes on
   * within a pool repeats that pool and those around it, so that each page is a tree.
   * @throws PoolError `pool_not_found`; InvalidCursor for places of another tree
   */
  below(id: number, { depth, size, from }: TreeWindow): Promise<TreePage> {
    return this.reader.read(async ({ pools }) => {
      const root = await pools.get(id);
      if (!root) throw poolNotFound(id);
      if (from.length > depth || (from[0] && from[0].id !== id)) throw new InvalidCursor();
      const walk = new TreeWalk(pools, size, this.pause);
      const count = (await pools.childCounts([id])).get(id) ?? 0;
      return { tree: await walk.node(root, count, depth, from), rest: walk.rest };
    });
  }
}

/** The walk of one page, which ends where so many pools were shown. */
class TreeWalk {
  /** Where the next page goes on, outermost first; empty unless this page has ended. */
  rest: TreePlace[] = [];

  constructor(
    private readonly pools: Stores['pools'],
    private left: number,
    private readonly pause: Pause,
  ) {}

  async node(
    pool: Pool,
    childCount: number,
    depth: number,
    places: readonly TreePlace[],
  ): Promise<TreeNode> {
    const isOpened = depth > 0 && childCount > 0;
    return {
      pool,
      childCount,
      children: isOpened ? await this.children(pool, depth, places) : [],
    };
  }

  private async children(
    pool: Pool,
    depth: number,
    [place, below, ...deeper]: readonly TreePlace[],
  ): Promise<TreeNode[]> {
    const shown = below ? await this.resumed(pool, depth, [below, ...deeper]) : [];
    let after = place ? place.after : '';
    if (this.rest.length > 0) this.rest.unshift({ id: pool.id, after });
    while (after !== null && this.rest.length === 0) {
      const chunk = await this.list(pool.id, after, Math.min(CHUNK, this.left + 1));
      for (const [at, child] of chunk.items.entries()) {
        if (this.left === 0) {
          this.rest = [{ id: pool.id, after: await this.cursorAfter(pool.id, after, at) }];
          break;
        }
        this.left -= 1;
        shown.push(await this.node(child, chunk.childCounts?.get(child.id) ?? 0, depth - 1, []));
        await this.pause();
        if (this.rest.length > 0) {
          this.rest.unshift({ id: pool.id, after: await this.cursorAfter(pool.id, after, at + 1) });
          break;
        }
      }
      after = chunk.nextCursor;
    }
    return shown;
  }

  /** The child in which the page before ended, unless it is not there any more. */
  private async resumed(
    pool: Pool,
    depth: number,
    places: readonly TreePlace[],
  ): Promise<TreeNode[]> {
    const child = await this.pools.get(places[0]?.id ?? 0);
    if (child?.parentId !== pool.id) return [];
    const count = (await this.pools.childCounts([child.id])).get(child.id) ?? 0;
    return [await this.node(child, count, depth - 1, places)];
  }

  private async cursorAfter(
    parentId: number,
    after: string,
    count: number,
  ): Promise<string | null> {
    return count === 0 ? after : (await this.list(parentId, after, count)).nextCursor;
  }

  private list(parentId: number, after: string, size: number): Promise<PoolList> {
    return this.pools.list(
      { parentId },
      { sort: BY_ADDRESS, size, childCounts: true, ...(after === '' ? {} : { after }) },
    );
  }
}
