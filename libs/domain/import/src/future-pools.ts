import {
  compareCidrs,
  contains,
  formatCidr,
  overlaps,
  sameCidr,
  type AddressRange,
  type Cidr,
} from '@cloudpam/cidr';
import type { Pool, PoolStore, Vrf } from '@cloudpam/pools';
import { addTo } from './add-to';
import type { SettledWish } from './place-wishes';
import type { RecordTarget } from './record-targets';
import { RowProblem } from './row-problem';
import type { PoolChange } from './shape-changes';

type Stored = Pick<PoolStore, 'smallestContaining' | 'childrenWithin' | 'getMany'>;

/** A pool as it is once an import is done. */
export interface FuturePool extends Pick<Pool, 'name' | 'cidr' | 'kind' | 'provider'> {
  /** null: the import makes it. */
  readonly id: number | null;
}

/** A pool that comes to its place, and the next one around it that does. */
interface Arrival {
  readonly pool: FuturePool;
  readonly around: Arrival | undefined;
}

/** The pools as they are once an import is done, for what is to lie in them. */
export class FuturePools {
  private readonly arrivals = {
    4: new Map<RecordTarget<Vrf>, Arrival[]>(),
    6: new Map<RecordTarget<Vrf>, Arrival[]>(),
  };
  /** Pools that leave their places, or get another kind there. */
  private readonly gone = new Set<number>();
  private readonly changed = new Map<number, SettledWish>();
  /** Pools that go to another VRF, and take along what lies in them. */
  private readonly moving: PoolChange[] = [];

  constructor(
    private readonly stored: Stored,
    made: readonly (readonly SettledWish[])[],
    shaped: readonly PoolChange[],
    changed: readonly PoolChange[],
  ) {
    const coming = new Map<RecordTarget<Vrf>, FuturePool[]>();
    for (const wish of made.flat()) addTo(coming, wish.vrf, futureOf(wish, undefined));
    for (const change of shaped) {
      const { wish, stored: pool } = change;
      if (wish.vrf.id !== pool.vrfId) this.moving.push(change);
      this.gone.add(pool.id);
      addTo(coming, wish.vrf, futureOf(wish, pool));
    }
    for (const { wish, stored: pool } of changed) this.changed.set(pool.id, wish);
    for (const [vrf, pools] of coming)
      for (const family of [4, 6] as const)
        this.arrivals[family].set(vrf, nested(pools.filter(({ cidr }) => cidr.family === family)));
  }

  /** For each address, or span of them, the smallest pool around it. */
  async around(
    vrf: RecordTarget<Vrf>,
    spans: readonly AddressRange[],
  ): Promise<(FuturePool | undefined)[]> {
    const staying =
      vrf.id === null ? spans.map(() => undefined) : await this.staying(vrf.id, spans);
    return spans.map((span, at) => smaller(this.arrivalAround(vrf, span), staying[at]));
  }

  /** A pool that has some of the span and not all of it, or lies in it. */
  async cutting(vrf: RecordTarget<Vrf>, span: AddressRange): Promise<FuturePool | undefined> {
    const { family } = span;
    const ends = [span.first, span.last].map((value) => ({ family, first: value, last: value }));
    const holder = (await this.around(vrf, [span]))[0];
    const atEnds = await this.around(vrf, ends);
    const cut = atEnds.find((pool) => pool && !(holder && isSame(pool, holder)));
    return cut ?? this.arrivalIn(vrf, span) ?? (await this.stayingIn(vrf, span));
  }

  /** What is in the way of rows of addresses and ranges that a pool may take along to another VRF. */
  movingAway(vrf: RecordTarget<Vrf>, span: AddressRange, field: string): RowProblem | undefined {
    const moving = this.moving.find(
      ({ wish, stored }) =>
        (vrf.id === stored.vrfId && overlaps(stored.cidr, span)) ||
        (vrf === wish.vrf && overlaps(wish.item.cidr, span)),
    );
    if (!moving) return undefined;
    const name = nameOfPool(futureOf(undefined, moving.stored));
    return new RowProblem(
      'pool_overlap',
      `This import moves ${name} to the VRF ${moving.wish.vrf.fields.name}, with what lies in it. ` +
        'Import the pools first, and then the addresses and ranges.',
      field,
    );
  }

  private arrivalAround(vrf: RecordTarget<Vrf>, span: AddressRange): FuturePool | undefined {
    const arrivals = this.arrivals[span.family].get(vrf) ?? [];
    let arrival = arrivals[firstAfter(arrivals, span.first) - 1];
    while (arrival && !contains(arrival.pool.cidr, span)) arrival = arrival.around;
    return arrival?.pool;
  }

  private arrivalIn(vrf: RecordTarget<Vrf>, span: AddressRange): FuturePool | undefined {
    const arrivals = this.arrivals[span.family].get(vrf) ?? [];
    const next = arrivals[firstAfter(arrivals, span.first)]?.pool;
    return next && overlaps(next.cidr, span) ? next : undefined;
  }

  private async staying(
    vrfId: number,
    spans: readonly AddressRange[],
  ): Promise<(FuturePool | undefined)[]> {
    const found = await this.stored.smallestContaining(vrfId, spans);
    const staying: (FuturePool | undefined)[] = [];
    for (const smallest of found) {
      let pool = smallest;
      while (pool && this.gone.has(pool.id))
        pool = pool.parentId === null ? undefined : (await this.stored.getMany([pool.parentId]))[0];
      staying.push(pool && futureOf(this.changed.get(pool.id), pool));
    }
    return staying;
  }

  private async stayingIn(
    { id }: RecordTarget<Vrf>,
    span: AddressRange,
  ): Promise<FuturePool | undefined> {
    if (id === null) return undefined;
    const [around] = await this.stored.smallestContaining(id, [span]);
    const inside = await this.stored.childrenWithin(id, around?.id ?? null, [span]);
    const pool = inside.find((each) => !this.gone.has(each.id));
    return pool && futureOf(this.changed.get(pool.id), pool);
  }
}

/** How a person knows a pool. */
export function nameOfPool({ id, name, cidr }: FuturePool): string {
  return `pool ${id === null ? name : `${id}, ${name}`} (${formatCidr(cidr)})`;
}

function futureOf(wish: SettledWish | undefined, stored: Pool | undefined): FuturePool {
  const { item, account } = wish ?? {};
  return {
    id: stored?.id ?? null,
    name: item?.set.name ?? stored?.name ?? item?.fresh.name ?? '',
    cidr: item?.cidr ?? (stored?.cidr as Cidr), // one of them is there
    kind: item?.set.kind ?? stored?.kind ?? wish?.kind ?? 'subnet',
    provider:
      account === undefined ? (stored?.provider ?? null) : (account?.fields.provider ?? null),
  };
}

/** Pools of one VRF and family in address order, each with the next one around it. */
function nested(pools: readonly FuturePool[]): Arrival[] {
  const inOrder = pools.toSorted(
    (a, b) =>
      compareCidrs(a.cidr, b.cidr) || Number(a.kind === 'subnet') - Number(b.kind === 'subnet'),
  );
  const arrivals: Arrival[] = [];
  for (const pool of inOrder) {
    let around = arrivals.at(-1);
    while (around && !contains(around.pool.cidr, pool.cidr)) around = around.around;
    arrivals.push({ pool, around });
  }
  return arrivals;
}

/** Where the first one stands that begins after an address. */
function firstAfter(arrivals: readonly Arrival[], address: bigint): number {
  let [low, high] = [0, arrivals.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((arrivals[middle]?.pool.cidr.first ?? 0n) <= address) low = middle + 1;
    else high = middle;
  }
  return low;
}

function smaller(a: FuturePool | undefined, b: FuturePool | undefined): FuturePool | undefined {
  if (!a || !b) return a ?? b;
  const depth = ({ cidr, kind }: FuturePool): number =>
    cidr.prefixLength * 2 + Number(kind === 'subnet');
  return depth(a) >= depth(b) ? a : b;
}

function isSame(a: FuturePool, b: FuturePool): boolean {
  return a.id === b.id && sameCidr(a.cidr, b.cidr) && a.kind === b.kind;
}
