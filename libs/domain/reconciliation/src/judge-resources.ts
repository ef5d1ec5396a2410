import { compareCidrs, contains, formatCidr, sameCidr, type Cidr } from '@cloudpam/cidr';
import { mayShareCidr, type Pool, type PoolKind } from '@cloudpam/pools';
import type { DiscoveredResource } from './inventory';

/** How a resource without a pool stands to the tree of its VRF. */
export type Verdict =
  | { readonly is: 'new' }
  /** A pool with this CIDR is there and no other resource's: it stands for the resource. */
  | { readonly is: 'link'; readonly pool: Pool }
  | { readonly is: 'overlapping'; readonly reason: string; readonly explainedBy: number | null };

interface Node {
  readonly cidr: Cidr;
  readonly kind: PoolKind;
  /** The cloud's network that the space belongs to; undefined for space that no cloud uses. */
  readonly network: string | undefined;
  readonly pool?: Pool;
  readonly resource?: DiscoveredResource;
}

/** VPCs first, as what lies in them is judged by them; then the wider, the lower address, the smaller id. */
export function inJudgingOrder(a: DiscoveredResource, b: DiscoveredResource): number {
  return Number(a.kind !== 'vpc') - Number(b.kind !== 'vpc') || compareCidrs(a.cidr, b.cidr)
    || Number(a.kind !== 'subnet') - Number(b.kind !== 'subnet') || a.id - b.id;
}

/**
 * Decides for resources of one VRF, in judging order, which fit into the tree. Space of two networks may not nest: a
 * resource overlaps when it lies in, holds or equals space of another network (RFC 1918 blocks that default VPCs and
 * GCP auto mode repeat). Each one accepted counts for those after it.
 * @param pools around the resources: those that contain one, and every pool inside one
 * @param waiting resources that were accepted before and have no pool yet, such as those that wait for approval
 */
export function judgeResources(
  resources: readonly DiscoveredResource[], pools: readonly Pool[], waiting: readonly DiscoveredResource[] = [],
): Map<number, Verdict> {
  const verdicts = new Map<number, Verdict>();
  const linked = new Set<number>();
  const tree = new Nest([
    ...pools.map((pool) => ({ cidr: pool.cidr, kind: pool.kind, network: networkOf(pool), pool })),
    ...waiting.map((resource) => ({ cidr: resource.cidr, kind: resource.kind, network: resource.networkExternalId, resource })),
  ]);
  const overlappingVpcs: DiscoveredResource[] = [];
  for (const resource of [...resources].sort(inJudgingOrder)) {
    const verdict = judge(resource, tree, overlappingVpcs, linked);
    verdicts.set(resource.id, verdict);
    if (verdict.is === 'overlapping') {
      if (resource.kind === 'vpc') overlappingVpcs.push(resource);
    } else {
      if (verdict.is === 'link') linked.add(verdict.pool.id);
      tree.add({ cidr: resource.cidr, kind: resource.kind, network: resource.networkExternalId, resource });
    }
  }
  return verdicts;
}

function judge(
  resource: DiscoveredResource, tree: Nest, overlappingVpcs: readonly DiscoveredResource[], linkedBefore: ReadonlySet<number>,
): Verdict {
  const own = resource.networkExternalId;
  const vpc = overlappingVpcs.find((each) => each.networkExternalId === own && each.accountId === resource.accountId && contains(each.cidr, resource.cidr));
  // For a planned pool that was linked before stands the resource that got it.
  const equal = tree.equal(resource.cidr).filter((node) => !node.pool || !linkedBefore.has(node.pool.id));
  const planned = equal.filter((node) => node.pool && node.network === undefined);
  const linked = planned.find((node) => node.kind === resource.kind) ?? planned[0];
  const taken = equal.find((node) => node !== linked
    && !((node.network === own || node.network === undefined) && mayShareCidr(node.kind, resource.kind)));
  const foreign = taken ?? tree.around(resource.cidr).find((node) => node.network !== undefined && node.network !== own)
    ?? tree.inside(resource.cidr, (node) => node.network !== undefined && node.network !== own);
  if (foreign) {
    const whose = foreign.pool ? `pool ${foreign.pool.id}, ${formatCidr(foreign.cidr)} (${foreign.pool.name})` : `${formatCidr(foreign.cidr)} of ${foreign.resource?.externalId ?? 'another resource'}`;
    return { is: 'overlapping', reason: `overlaps ${whose}${foreign.network === undefined || foreign.network === own ? '' : ` of network ${foreign.network}`}`, explainedBy: vpc?.id ?? null };
  }
  return linked?.pool ? { is: 'link', pool: linked.pool } : { is: 'new' };
}

function networkOf(pool: Pool): string | undefined {
  return pool.externalId === null ? undefined : pool.externalVpc ?? pool.externalId;
}

/** Nested blocks, kept in tree order (address, then the wider). */
class Nest {
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
      for (const node of this.byStart.get(key(first, first + size - 1n)) ?? []) if (contains(node.cidr, cidr)) found.push(node);
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
