import type { AccessScope } from '@cloudpam/audit';
import { addressBytes, addressFromBytes, cidrOf128, prefixLength128 } from '@cloudpam/cidr';
import type {
  EndingLease,
  EndingLeases,
  EstateCount,
  EstatePool,
  EstateStore,
  KeptCount,
} from '@cloudpam/forecast';
import { inAccessScope } from './in-access-scope';
import type { Session } from './session';
import { totalOf } from './simple-rows';
import { raw, sql, type Sql } from './sql';
import { jsonOf, timeOf } from './values';

interface PoolRow {
  readonly id: number;
  readonly vrf_id: number;
  readonly lo: Uint8Array;
  readonly plen: number;
  readonly kind: EstatePool['kind'];
  readonly account_id: number | null;
  readonly provider: EstatePool['provider'];
  readonly region: string | null;
  readonly child_used: string;
}

interface CountRow {
  readonly at: Date | number;
  readonly took_ms: number;
  readonly basis: string;
  readonly count: EstateCount | string;
}

interface LeaseRow {
  readonly id: number;
  readonly vrf_id: number;
  readonly name: string;
  readonly lo: Uint8Array;
  readonly hi: Uint8Array;
  readonly ends_at: Date | number;
}

/** Where leases are, each with the column that ends it. Every address of a range is its span. */
const LEASES = {
  pool: { table: raw('pool'), end: raw('e.expires_at'), last: raw('e.hi') },
  address: { table: raw('address'), end: raw('e.expires_at'), last: raw('e.lo') },
  range: { table: raw('address_range'), end: raw('e.until'), last: raw('e.hi') },
} as const satisfies Record<EndingLease['type'], { table: Sql; end: Sql; last: Sql }>;

/** The estate in tables `pool`, `address`, `address_range` and `estate_count`. */
export class TypeOrmEstateStore implements EstateStore {
  constructor(private readonly session: Session) {}

  async poolsAfter(after: EstatePool | undefined, limit: number): Promise<readonly EstatePool[]> {
    // Of one place there are two pools at most, which the words of a row comparison do not tell apart.
    const place = after
      ? sql`where (p.vrf_id, p.lo, p.plen) >= (${after.vrfId}, ${addressBytes(after.cidr.first)},
          ${prefixLength128(after.cidr)})`
      : sql``;
    const rows = await this.session.rows<PoolRow>(sql`select p.id, p.vrf_id, p.lo, p.plen, p.kind,
        p.account_id, a.provider, p.region, p.child_used
      from pool p left join account a on a.id = p.account_id ${place}
      order by p.vrf_id, p.lo, p.plen, p.kind desc limit ${limit + 2}`);
    const pools = rows.map(poolOf);
    const isBehind = (pool: EstatePool): boolean => !after || !isUntil(pool, after);
    return pools.filter(isBehind).slice(0, limit);
  }

  async latest(): Promise<KeptCount | undefined> {
    const [row] = await this.session.rows<CountRow>(
      sql`select c.at, c.took_ms, c.basis, c.count from estate_count c where c.id = 1`,
    );
    return (
      row && {
        at: timeOf(row.at),
        tookMs: row.took_ms,
        basis: row.basis,
        count: jsonOf(row.count),
      }
    );
  }

  async keep({ at, tookMs, basis, count }: KeptCount): Promise<void> {
    await this.session.change(sql`insert into estate_count (id, at, took_ms, basis, count)
      values (1, ${at}, ${tookMs}, ${basis}, ${JSON.stringify(count)})
      on conflict (id) do update set at = excluded.at, took_ms = excluded.took_ms,
        basis = excluded.basis, count = excluded.count`);
  }

  async leases(before: Date, limit: number, accessScope?: AccessScope): Promise<EndingLeases> {
    const of = (type: EndingLease['type']): Promise<EndingLease[]> =>
      this.leasesOf(type, before, limit, accessScope);
    const count = (type: EndingLease['type']): Promise<number> =>
      totalOf(this.session, sql`select 1 ${this.ending(type, before, accessScope)}`, {
        once: accessScope !== undefined,
      });
    const first = [...(await of('pool')), ...(await of('address')), ...(await of('range'))];
    return {
      counts: {
        pool: await count('pool'),
        address: await count('address'),
        range: await count('range'),
      },
      first: first.sort((a, b) => Number(a.endsAt) - Number(b.endsAt)).slice(0, limit),
    };
  }

  private async leasesOf(
    type: EndingLease['type'],
    before: Date,
    limit: number,
    accessScope: AccessScope | undefined,
  ): Promise<EndingLease[]> {
    const { end, last } = LEASES[type];
    const rows = await this.session.rows<LeaseRow>(
      sql`select e.id, e.vrf_id, e.name, e.lo, ${last} as hi, ${end} as ends_at
        ${this.ending(type, before, accessScope)} order by ${end}, e.id limit ${limit}`,
      { once: accessScope !== undefined },
    );
    return rows.map((row) => ({
      type,
      id: row.id,
      vrfId: row.vrf_id,
      name: row.name,
      span: spanOf(row),
      endsAt: timeOf(row.ends_at),
    }));
  }

  private ending(type: EndingLease['type'], before: Date, accessScope?: AccessScope): Sql {
    const { table, end } = LEASES[type];
    if (!accessScope) return sql`from ${table} e where ${end} < ${before}`;
    // In this order: few of what a caller sees has a lease, and SQLite would read all that they see.
    return sql`from (select e.id from ${table} e where ${end} < ${before}) ending cross join ${table} e
      where e.id = ending.id and ${inAccessScope(this.session, accessScope, 'e')}`;
  }
}

/** Whether the pool is the one, or stands before it in the same place. */
function isUntil(pool: EstatePool, after: EstatePool): boolean {
  return (
    pool.vrfId === after.vrfId &&
    pool.cidr.first === after.cidr.first &&
    prefixLength128(pool.cidr) === prefixLength128(after.cidr) &&
    pool.kind >= after.kind
  );
}

function poolOf(row: PoolRow): EstatePool {
  return {
    id: row.id,
    vrfId: row.vrf_id,
    cidr: cidrOf128(addressFromBytes(row.lo), row.plen),
    kind: row.kind,
    accountId: row.account_id,
    provider: row.provider,
    region: row.region,
    childUsed: BigInt(row.child_used),
  };
}

function spanOf({ lo, hi }: LeaseRow): EndingLease['span'] {
  const { family, first } = cidrOf128(addressFromBytes(lo), 128);
  return { family, first, last: cidrOf128(addressFromBytes(hi), 128).first };
}
