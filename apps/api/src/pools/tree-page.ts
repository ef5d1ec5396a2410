import { InvalidCursor, type Pause, type Pool } from '@cloudpam/pools';
import type { VisibleStores } from '../limits/visible-stores';
import { PoolDto, type PoolTreeDto } from './dto/pool.dto';
import { sortOf } from './pool-view';

/** Children that are read at a time. */
const CHUNK = 100;

/** Where the walk stands among the children of a pool. */
interface Level {
  readonly id: number;
  /**
   * The store's cursor of the last child that was shown; '' before the first one, null after the
   * last.
   */
  readonly after: string | null;
}

export interface TreePage {
  readonly tree: PoolTreeDto;
  /** For the next page; null when everything is shown. */
  readonly next: string | null;
}

interface TreeQuery {
  /** Levels below the root. */
  readonly depth: number;
  /** Pools below the root that one page shows for the first time. */
  readonly size: number;
  /** `next` of the page before. */
  readonly from: string | undefined;
}

/**
 * One page of the tree below a pool, in address order, a parent before its children. A page that
 * goes on within a pool repeats that pool and those around it, so that each page is a tree.
 * @param pause called again and again
 * @throws InvalidCursor
 */
export async function treePage(
  stores: VisibleStores,
  root: Pool,
  { depth, size, from }: TreeQuery,
  pause: Pause,
): Promise<TreePage> {
  const walk = new TreeWalk(stores, size, pause);
  const levels = from === undefined ? [] : levelsOf(from);
  if (levels.length > depth || (levels[0] && levels[0].id !== root.id)) throw new InvalidCursor();
  const count = (await stores.pools.childCounts([root.id])).get(root.id) ?? 0;
  const tree = await walk.node(root, count, depth, levels);
  return { tree, next: walk.rest.length === 0 ? null : cursorOf(walk.rest) };
}

/** The walk of one page, which ends where so many pools were shown. */
class TreeWalk {
  /** Where the next page goes on, outermost first; empty unless this page has ended. */
  rest: Level[] = [];

  constructor(
    private readonly stores: VisibleStores,
    private left: number,
    private readonly pause: Pause,
  ) {}

  async node(
    pool: Pool,
    count: number,
    depth: number,
    levels: readonly Level[],
  ): Promise<PoolTreeDto> {
    const children = depth > 0 && count > 0 ? await this.children(pool, depth, levels) : [];
    return {
      ...PoolDto.of(pool),
      child_count: count,
      children,
      truncated: children.length < count,
    };
  }

  private async children(
    pool: Pool,
    depth: number,
    [level, below, ...deeper]: readonly Level[],
  ): Promise<PoolTreeDto[]> {
    const shown = below ? await this.resumed(pool, depth, [below, ...deeper]) : [];
    let after = level ? level.after : '';
    if (this.rest.length > 0) this.rest.unshift({ id: pool.id, after });
    while (after !== null && this.rest.length === 0) {
      const chunk = await this.list(pool.id, after, CHUNK);
      const counts = await this.stores.pools.childCounts(chunk.items.map((child) => child.id));
      for (const [at, child] of chunk.items.entries()) {
        if (this.left === 0) {
          this.rest = [{ id: pool.id, after: await this.cursorAfter(pool.id, after, at) }];
          break;
        }
        this.left -= 1;
        shown.push(await this.node(child, counts.get(child.id) ?? 0, depth - 1, []));
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
    levels: readonly Level[],
  ): Promise<PoolTreeDto[]> {
    const child = await this.stores.pools.get(levels[0]?.id ?? 0);
    if (child?.parentId !== pool.id) return [];
    const count = (await this.stores.pools.childCounts([child.id])).get(child.id) ?? 0;
    return [await this.node(child, count, depth - 1, levels)];
  }

  private async cursorAfter(
    parentId: number,
    after: string,
    count: number,
  ): Promise<string | null> {
    return count === 0 ? after : (await this.list(parentId, after, count)).nextCursor;
  }

  private list(
    parentId: number,
    after: string,
    size: number,
  ): ReturnType<VisibleStores['pools']['list']> {
    return this.stores.pools.list(
      { parentId },
      { sort: sortOf(), size, ...(after === '' ? {} : { after }) },
    );
  }
}

function cursorOf(levels: readonly Level[]): string {
  return Buffer.from(JSON.stringify(levels.map(({ id, after }) => [id, after]))).toString(
    'base64url',
  );
}

function levelsOf(cursor: string): Level[] {
  let found: unknown;
  try {
    found = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new InvalidCursor();
  }
  if (!Array.isArray(found) || found.length === 0) throw new InvalidCursor();
  return found.map((each: unknown) => {
    if (!Array.isArray(each) || each.length !== 2) throw new InvalidCursor();
    const [id, after] = each as unknown[];
    if (typeof id !== 'number' || !Number.isSafeInteger(id)) throw new InvalidCursor();
    if (after !== null && typeof after !== 'string') throw new InvalidCursor();
    return { id, after };
  });
}
