import { InvalidCursor, type TreePlace } from '@cloudpam/pools';
import { BoundCursor } from '../http/bound-cursor';

/** Cursors through the tree below a pool: the places at which a page goes on, as one text. */
export class TreeCursor {
  private readonly bound: BoundCursor;

  /** @param depth levels below the pool */
  constructor(id: number, depth: number) {
    this.bound = new BoundCursor({ tree: id, depth });
  }

  /** Where a page goes on; nowhere for the first one. @throws InvalidCursor */
  read(cursor: string | undefined): TreePlace[] {
    const text = this.bound.read(cursor);
    return text === undefined ? [] : placesOf(text);
  }

  /** The cursor of the next page; null when everything is shown. */
  write(rest: readonly TreePlace[]): string | null {
    if (rest.length === 0) return null;
    const text = JSON.stringify(rest.map(({ id, after }) => [id, after]));
    return this.bound.write(Buffer.from(text).toString('base64url'));
  }
}

function placesOf(cursor: string): TreePlace[] {
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
