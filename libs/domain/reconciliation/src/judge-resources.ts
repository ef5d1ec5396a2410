import { compareCidrs, contains, formatCidr, type Cidr } from '@cloudpam/cidr';
import { mayShareCidr, type Pool, type PoolKind } from '@cloudpam/pools';
import type { DiscoveredResource } from './inventory';
import { Nest } from './nest';
import { planBroken } from './plans';

/** How a resource without a pool stands to the tree of its VRF. */
export type Verdict =
  | { readonly is: 'new' }
  /** A pool with this CIDR is there and no living resource's: it stands for the resource. */
  | { readonly is: 'link'; readonly pool: Pool }
  /** A pool with this CIDR is there, and was planned for something else: a person decides. */
  | { readonly is: 'planned'; readonly reason: string }
  | { readonly is: 'overlapping'; readonly reason: string; readonly explainedBy: number | null };

interface Node {
  readonly cidr: Cidr;
  readonly kind: PoolKind;
  /** The cloud's network that the space belongs to; undefined for space that no cloud uses. */
  readonly network: string | undefined;
  /** The cloud's resource is gone: who comes to the very same place takes the pool over. */
  readonly vacated?: boolean;
  readonly pool?: Pool;
  readonly resource?: DiscoveredResource;
}

/**
 * VPCs first, as what lies in them is judged by them; then the wider, the lower address, the
 * smaller id.
 */
export function inJudgingOrder(a: DiscoveredResource, b: DiscoveredResource): number {
  return (
    Number(a.kind !== 'vpc') - Number(b.kind !== 'vpc') ||
    compareCidrs(a.cidr, b.cidr) ||
    Number(a.kind !== 'subnet') - Number(b.kind !== 'subnet') ||
    a.id - b.id
  );
}

/** What else counts when resources are judged. */
export interface Judging {
  /**
   * Resources that were accepted before and have no pool yet, such as those that wait for approval.
   */
  readonly waiting?: readonly DiscoveredResource[];
  /**
   * Pools whose resource is not in this listing any more; orphaned ones are known by themselves.
   */
  readonly vacated?: ReadonlySet<number>;
  /** A person has decided that the cloud's word counts, whatever was planned. */
  readonly againstPlans?: boolean;
}

const NONE: ReadonlySet<number> = new Set();

/**
 * Decides for resources of one VRF, in judging order, which fit into the tree. Space of two
 * networks may not nest: a resource overlaps when it lies in, holds or equals space of another
 * network (RFC 1918 blocks that default VPCs and GCP auto mode repeat). Each one accepted counts
 * for those after it.
 * @param pools around the resources: those that contain one, and every pool inside one
 */
export function judgeResources(
  resources: readonly DiscoveredResource[],
  pools: readonly Pool[],
  given: Judging = {},
): Map<number, Verdict> {
  const { waiting = [], vacated = NONE } = given;
  const verdicts = new Map<number, Verdict>();
  const linked = new Set<number>();
  const tree = new Nest<Node>([
    ...pools.map((pool) => ({
      cidr: pool.cidr,
      kind: pool.kind,
      network: networkOf(pool),
      pool,
      vacated: pool.externalId !== null && (pool.syncStatus === 'orphaned' || vacated.has(pool.id)),
    })),
    ...waiting.map((resource) => ({
      cidr: resource.cidr,
      kind: resource.kind,
      network: resource.networkExternalId,
      resource,
    })),
  ]);
  const overlappingVpcs: DiscoveredResource[] = [];
  for (const resource of [...resources].sort(inJudgingOrder)) {
    const verdict = judge(resource, tree, overlappingVpcs, linked, given.againstPlans ?? false);
    verdicts.set(resource.id, verdict);
    if (verdict.is === 'overlapping') {
      if (resource.kind === 'vpc') overlappingVpcs.push(resource);
    } else {
      if (verdict.is === 'link') linked.add(verdict.pool.id);
      tree.add({
        cidr: resource.cidr,
        kind: resource.kind,
        network: resource.networkExternalId,
        resource,
      });
    }
  }
  return verdicts;
}

function judge(
  resource: DiscoveredResource,
  tree: Nest<Node>,
  overlappingVpcs: readonly DiscoveredResource[],
  linkedBefore: ReadonlySet<number>,
  againstPlans: boolean,
): Verdict {
  const own = resource.networkExternalId;
  const vpc = overlappingVpcs.find(
    (each) =>
      each.networkExternalId === own &&
      each.accountId === resource.accountId &&
      contains(each.cidr, resource.cidr),
  );
  // For a planned pool that was linked before stands the resource that got it.
  const equal = tree
    .equal(resource.cidr)
    .filter((node) => !node.pool || !linkedBefore.has(node.pool.id));
  const left = equal.filter((node) => node.vacated && node.kind === resource.kind);
  const planned = equal.filter((node) => node.pool && node.network === undefined);
  const kept = againstPlans
    ? planned
    : planned.filter(({ pool }) => pool && planBroken(pool, resource, 'equal') === undefined);
  const linked = left[0] ?? kept.find((node) => node.kind === resource.kind) ?? kept[0];
  const taken = equal.find(
    (node) =>
      node !== linked &&
      !planned.includes(node) &&
      !(
        (node.network === own || node.network === undefined) &&
        mayShareCidr(node.kind, resource.kind)
      ),
  );
  const isForeign = (node: Node): boolean =>
    node.network !== undefined && node.network !== own && !node.vacated;
  const foreign =
    taken ?? tree.around(resource.cidr).find(isForeign) ?? tree.inside(resource.cidr, isForeign);
  if (foreign) {
    const whose = foreign.pool
      ? `pool ${foreign.pool.id}, ${formatCidr(foreign.cidr)} (${foreign.pool.name})`
      : `${formatCidr(foreign.cidr)} of ${foreign.resource?.externalId ?? 'another resource'}`;
    return {
      is: 'overlapping',
      reason: `overlaps ${whose}${
        foreign.network === undefined || foreign.network === own
          ? ''
          : ' of network ' + `${foreign.network}`
      }`,
      explainedBy: vpc?.id ?? null,
    };
  }
  if (linked?.pool) return { is: 'link', pool: linked.pool };
  const [other] = planned;
  if (!other?.pool || mayShareCidr(other.kind, resource.kind)) return { is: 'new' };
  return {
    is: 'planned',
    reason: planBroken(other.pool, resource, 'equal') ?? 'its CIDR is planned',
  };
}

function networkOf(pool: Pool): string | undefined {
  return pool.externalId === null ? undefined : (pool.externalVpc ?? pool.externalId);
}
