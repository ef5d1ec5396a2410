import { compareCidrs, contains, overlaps, type AddressRange, type Cidr } from '@cloudpam/cidr';

interface Placed {
  readonly id: number;
  readonly cidr: Cidr;
}

/** The order of lists: first address, shorter prefix, id. */
export function byAddress(a: Placed, b: Placed): number {
  return compareCidrs(a.cidr, b.cidr) || a.id - b.id;
}

/** Rows with a block, sorted by address. */
export class AddressIndex<Row extends Placed> {
  private readonly sorted: Row[] = [];

  get rows(): readonly Row[] {
    return this.sorted;
  }

  add(row: Row): void {
    const last = this.sorted.at(-1);
    if (!last || byAddress(last, row) < 0) this.sorted.push(row);
    else this.sorted.splice(this.positionOf(row), 0, row);
  }

  remove(row: Row): void {
    this.sorted.splice(this.positionOf(row), 1);
  }

  /** Puts a row in the place of one with the same block and id. */
  replace(row: Row): void {
    this.sorted[this.positionOf(row)] = row;
  }

  /** The row that contains the range, when rows are disjoint. */
  around(range: AddressRange): Row | undefined {
    const row = this.sorted[this.firstFrom(range.first + 1n) - 1];
    return row && contains(row.cidr, range) ? row : undefined;
  }

  /** The rows inside the range, in address order. */
  inside(range: AddressRange): Row[] {
    return this.sorted
      .slice(this.firstFrom(range.first), this.firstFrom(range.last + 1n))
      .filter((row) => contains(range, row.cidr));
  }

  /** The rows that have an address in the range, in address order. */
  *touching(range: AddressRange): Generator<Row> {
    if (this.sorted.length === 0) return;
    // A block that begins before the range and reaches into it begins where one of the supernets of
    // its first address does.
    let base = -1n;
    for (let hostBits = 128n; hostBits > 0n; hostBits--) {
      const start = (range.first >> hostBits) << hostBits;
      if (start === base) continue;
      if (start === range.first) break;
      base = start;
      for (let at = this.firstFrom(start); this.sorted[at]?.cidr.first === start; at++) {
        const row = this.sorted[at];
        if (row && overlaps(row.cidr, range)) yield row;
      }
    }
    for (let at = this.firstFrom(range.first); at < this.sorted.length; at++) {
      const row = this.sorted[at];
      if (!row || row.cidr.first > range.last) return;
      if (overlaps(row.cidr, range)) yield row;
    }
  }

  /** Position of the first row whose block begins at the address or above it. */
  private firstFrom(address: bigint): number {
    return this.search((row) => row.cidr.first >= address);
  }

  private positionOf(row: Row): number {
    return this.search((each) => byAddress(each, row) >= 0);
  }

  /**
   * Position of the first row of which `reached`, false below and true above some point, is true.
   */
  private search(reached: (row: Row) => boolean): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.sorted[middle];
      if (row && reached(row)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
