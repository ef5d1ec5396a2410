import { contains, formatCidr, overlaps, type AddressRange, type Cidr } from '@cloudpam/cidr';
import {
  formatHost,
  formatSpan,
  leavesOf,
  partedByPlace,
  poolCutting,
  rangeTaken,
  type AddressRecord,
  type Leaves,
  type Pool,
  type PoolStore,
  type PoolStores,
  type RangeRecord,
  type RangeStore,
} from '@cloudpam/pools';
import { addTo } from './add-to';
import type { SettledWish } from './place-wishes';
import { problemOf, RowProblem } from './row-problem';

type Vrf = SettledWish['vrf'];
type Stores = Pick<PoolStores, 'addresses' | 'ranges'> & {
  readonly pools: Pick<PoolStore, 'smallestContaining' | 'childrenWithin'>;
};

/** A stored pool that changes its place or kind. */
export interface Moving {
  readonly wish: Pick<SettledWish, 'vrf'>;
  readonly stored: Pool;
  readonly wanted: Pool;
  /** Pools that lay in it, and have changed. */
  readonly departed: readonly Pool[];
}

/** Addresses that are looked up at once. */
const CHUNK = 1_000;

/** What pools of an import take along to other VRFs, in the order in which they go. */
export class CarriedLeaves {
  /** By pool, what it is about to take along. */
  private readonly coming = new Map<number, Leaves>();
  /** By VRF what has come to it: addresses by their text, ranges, and pools. */
  private readonly hosts = new Map<Vrf, Map<string, Cidr>>();
  private readonly spans = new Map<Vrf, AddressRange[]>();
  private readonly pools = new Map<Vrf, Pool[]>();
  /** Ids of ranges, and of addresses, that have gone to another VRF. */
  private readonly goneRanges = new Set<number>();
  private readonly goneAddresses = new Set<number>();

  /** Stored ranges by address, but for those that have gone to another VRF. */
  readonly staying: Pick<RangeStore, 'at'> = {
    at: async (vrfId, hosts) =>
      (await this.stores.ranges.at(vrfId, hosts)).map((range) =>
        range && this.goneRanges.has(range.id) ? undefined : range,
      ),
  };

  /** @param changed ids of the pools that have changed so far */
  constructor(
    private readonly stores: Stores,
    private readonly changed: { has(id: number): boolean },
  ) {}

  /** A range that has come along with a pool, and that a pool of this row would cut. */
  crossed({ item: { cidr }, vrf }: SettledWish): RowProblem | undefined {
    const cut = this.spans.get(vrf)?.find((span) => overlaps(span, cidr) && !contains(cidr, span));
    return (
      cut &&
      new RowProblem(
        'range_taken',
        `${formatCidr(cidr)} lies in ${formatSpan(cut)}, a range that this import moves to the VRF along with its ` +
          'pool. Choose another one.',
        'cidr',
      )
    );
  }

  /** What keeps a pool from taking its addresses and ranges along, and those that pools in it have left. */
  async refusalOf({
    wish: { vrf },
    stored,
    wanted,
    departed,
  }: Moving): Promise<RowProblem | undefined> {
    const own = await this.leavesThen([stored, ...departed]);
    const cut = own.ranges.find(
      ({ span }) => overlaps(span, wanted.cidr) && !contains(wanted.cidr, span),
    );
    if (cut) return problemOf(rangeTaken(formatCidr(wanted.cidr), cut, 'cidr'));
    const leaves = partedByPlace({
      addresses: own.addresses.filter(({ cidr }) => contains(wanted.cidr, cidr)),
      ranges: own.ranges.filter(({ span }) => contains(wanted.cidr, span)),
    }).own;
    const taken = this.amongCarried(vrf, leaves) ?? (await this.amongStored(vrf.id, leaves));
    if (taken instanceof RowProblem) return taken;
    if (taken !== undefined)
      return new RowProblem(
        'pool_overlap',
        `Pool ${stored.id} takes its addresses and ranges along to another VRF, where ${taken} is taken already.`,
        'vrf',
      );
    this.coming.set(stored.id, leaves);
    return undefined;
  }

  /** Has a pool change that nothing keeps from it. */
  take({ wish: { vrf }, stored, wanted }: Moving): void {
    addTo(this.pools, vrf, wanted);
    const { addresses = [], ranges = [] } = this.coming.get(stored.id) ?? {};
    const hosts = this.hosts.get(vrf) ?? new Map<string, Cidr>();
    this.hosts.set(vrf, hosts);
    for (const { id, cidr } of addresses) {
      hosts.set(formatHost(cidr), cidr);
      this.goneAddresses.add(id);
    }
    for (const { id, span } of ranges) {
      addTo(this.spans, vrf, span);
      this.goneRanges.add(id);
    }
  }

  /** What lies in a pool by then, which is about to have no pools in it. @param pools it, and those that lay in it */
  private async leavesThen(pools: readonly Pool[]): Promise<Leaves> {
    const ids = new Set(pools.map(({ id }) => id));
    const { addresses, ranges } = await leavesOf(this.stores, [...ids]);
    return {
      addresses: addresses.filter((each) => this.stays(each)),
      ranges: ranges.filter((each) => this.stays(each)),
    };
  }

  private stays(leaf: AddressRecord | RangeRecord): boolean {
    return !('span' in leaf ? this.goneRanges : this.goneAddresses).has(leaf.id);
  }

  /** What has come before leaves to where they go. */
  private amongCarried(vrf: Vrf, { addresses, ranges }: Leaves): string | undefined {
    const hosts = this.hosts.get(vrf) ?? new Map<string, Cidr>();
    const spans = this.spans.get(vrf) ?? [];
    const pools = this.pools.get(vrf) ?? [];
    const twin = addresses.find(
      ({ cidr }) => hosts.has(formatHost(cidr)) || spans.some((span) => contains(span, cidr)),
    );
    if (twin) return formatHost(twin.cidr);
    const came = ranges.length === 0 ? [] : [...spans, ...hosts.values()];
    for (const { span } of ranges) {
      const other = came.find((each) => overlaps(each, span));
      if (other) return formatSpan(other);
      const pool = pools.find(({ cidr }) => overlaps(cidr, span) && !contains(cidr, span));
      if (pool) return formatCidr(pool.cidr);
    }
    return undefined;
  }

  /** What is stored where leaves go, and stays. @param vrfId null: nothing is there yet */
  private async amongStored(
    vrfId: number | null,
    leaves: Leaves,
  ): Promise<string | RowProblem | undefined> {
    if (vrfId === null) return undefined;
    const { addresses, ranges, pools } = this.stores;
    for (let start = 0; start < leaves.addresses.length; start += CHUNK) {
      const hosts = leaves.addresses.slice(start, start + CHUNK).map(({ cidr }) => cidr);
      const twins = await addresses.equalTo(vrfId, hosts);
      const twin = twins.find((each) => this.stays(each));
      if (twin) return formatHost(twin.cidr);
      const around = (await this.staying.at(vrfId, hosts)).find((range) => range !== undefined);
      if (around) return formatSpan(around.span);
    }
    for (const { span } of leaves.ranges) {
      const touching = await ranges.list({ vrfId, touching: span }, { size: CHUNK });
      const other = touching.items.find((each) => this.stays(each));
      if (other) return formatSpan(other.span);
      const within = await addresses.list({ vrfId, within: span }, { size: CHUNK });
      const host = within.items.find((each) => this.stays(each));
      if (host) return formatHost(host.cidr);
      const pool = await poolCutting({ pools }, vrfId, span);
      if (pool && this.changed.has(pool.id))
        return new RowProblem(
          'pool_overlap',
          `This import moves ${formatCidr(pool.cidr)}, which still cuts ${formatSpan(span)}. Import that first.`,
          'vrf',
        );
      if (pool) return formatCidr(pool.cidr);
    }
    return undefined;
  }
}
