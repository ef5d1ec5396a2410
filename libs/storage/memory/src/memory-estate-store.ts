import { isInScope, type AccessScope } from '@cloudpam/audit';
import type { AddressRange, Cidr } from '@cloudpam/cidr';
import {
  comparePlaces,
  type EndingLease,
  type EndingLeases,
  type EstatePool,
  type EstateStore,
  type KeptCount,
} from '@cloudpam/forecast';
import { blockAroundSpan } from '@cloudpam/pools';
import { totalOf } from './page-of';
import type { Tables } from './stores';

const ONLY = 1;

interface Lent {
  readonly id: number;
  readonly vrfId: number;
  readonly name: string;
  readonly accountId: number | null;
}

/** The estate over Maps. */
export class MemoryEstateStore implements EstateStore {
  constructor(private readonly tables: Tables) {}

  async poolsAfter(after: EstatePool | undefined, limit: number): Promise<readonly EstatePool[]> {
    return this.tables.pools
      .all()
      .filter((pool) => !after || comparePlaces(pool, after) > 0)
      .sort(comparePlaces)
      .slice(0, limit)
      .map(({ id, vrfId, cidr, kind, accountId, region, childUsed }) => {
        const account = accountId === null ? undefined : this.tables.accounts.get(accountId);
        const provider = account?.provider ?? null;
        return { id, vrfId, cidr, kind, accountId, provider, region, childUsed };
      });
  }

  async latest(): Promise<KeptCount | undefined> {
    return this.tables.estateCount.get(ONLY);
  }

  async keep(count: KeptCount): Promise<void> {
    this.tables.estateCount.set(ONLY, count);
  }

  async leases(before: Date, limit: number, accessScope?: AccessScope): Promise<EndingLeases> {
    const found: EndingLease[] = [];
    const add = (
      type: EndingLease['type'],
      { id, vrfId, name, accountId }: Lent,
      { kind, block, span }: { kind: string; block: Cidr; span: AddressRange },
      endsAt: Date | null,
    ): void => {
      if (endsAt === null || endsAt >= before) return;
      if (accessScope && !isInScope(accessScope, { vrfId, accountId, cidr: block, kind })) return;
      const { family, first, last } = span;
      found.push({ type, id, vrfId, name, span: { family, first, last }, endsAt });
    };
    for (const pool of this.tables.pools.all())
      add('pool', pool, { kind: pool.kind, block: pool.cidr, span: pool.cidr }, pool.expiresAt);
    for (const each of this.tables.addresses.all())
      add('address', each, { kind: 'address', block: each.cidr, span: each.cidr }, each.expiresAt);
    for (const each of this.tables.ranges.all())
      add(
        'range',
        each,
        { kind: 'range', block: blockAroundSpan(each.span), span: each.span },
        each.until,
      );
    const count = (type: EndingLease['type']): number =>
      totalOf(found.filter((each) => each.type === type));
    return {
      counts: { pool: count('pool'), address: count('address'), range: count('range') },
      first: found.sort((a, b) => Number(a.endsAt) - Number(b.endsAt)).slice(0, limit),
    };
  }
}
