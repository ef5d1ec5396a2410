import { compareCidrs, contains, sameCidr, type Cidr } from '@cloudpam/cidr';

/** Nested blocks, kept in tree order (address, then the wider). */
export class Nest<Node extends { readonly cidr: Cidr }> {
  private readonly nodes: Node[];
  /** Prefix lengths in use: a block around another starts at one of as many places. */
  private readonly byStart = new Map<string, Node[]>();
  private readonly lengths = new Set<string>();

  constructor(nodes: readonly Node[]) {
    this.nodes = [...nodes].sort((a, b) => compareCidrs(a.cidr, b.cidr));
    for (const node of this.nodes) this.index(node);
  }

  add(node: Node): void {
    this.nodes.splice(this.position(node.cidr), 0, node);
    this.index(node);
  }

  equal(cidr: Cidr): readonly Node[] {
    return this.byStart.get(key(cidr.first, cidr.last)) ?? [];
  }

  /** Blocks around, not equal to, the CIDR. */
  around(cidr: Cidr): Node[] {
    const found: Node[] = [];
    for (const length of this.lengths) {
      const size = BigInt(length);
      if (size <= cidr.last - cidr.first + 1n) continue;
      const first = cidr.first - (cidr.first % size);
      for (const node of this.byStart.get(key(first, first + size - 1n)) ?? [])
        if (contains(node.cidr, cidr)) found.push(node);
    }
    return found;
  }

  /** The first block inside, not equal to, the CIDR that `matches`. */
  inside(cidr: Cidr, matches: (node: Node) => boolean): Node | undefined {
    for (let at = this.position(cidr); ; at++) {
      const node = this.nodes[at];
      if (!node || node.cidr.first > cidr.last) return undefined;
      if (!sameCidr(node.cidr, cidr) && matches(node)) return node;
    }
  }

  private index(node: Node): void {
    const start = key(node.cidr.first, node.cidr.last);
    const list = this.byStart.get(start);
    if (list) list.push(node);
    else this.byStart.set(start, [node]);
    this.lengths.add(String(node.cidr.last - node.cidr.first + 1n));
  }

  /** The place of the first node at or after the CIDR. */
  private position(cidr: Cidr): number {
    let low = 0;
    let high = this.nodes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const node = this.nodes[middle];
      if (node && compareCidrs(node.cidr, cidr) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function key(first: bigint, last: bigint): string {
  return `${first}-${last}`;
}
