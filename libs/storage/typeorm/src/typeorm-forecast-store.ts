import type {
  EndingFilter,
  EndingList,
  EndingPage,
  Forecast,
  ForecastStore,
  PoolForecast,
} from '@cloudpam/forecast';
import { InvalidCursor } from '@cloudpam/pools';
import { inAccessScope } from './in-access-scope';
import { replacedColumns } from './replaced-rows';
import { rowBatches } from './row-batches';
import type { Columns, Row, Session } from './session';
import { totalOf } from './simple-rows';
import { raw, sql, where, type Sql } from './sql';
import { jsonOf } from './values';

const COLUMNS = {
  pool_id: 'id',
  made_on: 'int',
  prefix_length: 'int',
  ends_on: 'int',
  forecast: 'json',
} as const satisfies Columns;

const { names: NAMES, selected: SELECTED, replaced: REPLACED } = replacedColumns(COLUMNS);

interface ForecastRow {
  readonly pool_id: number;
  readonly made_on: number;
  readonly prefix_length: number;
  readonly ends_on: number | null;
  readonly forecast: Forecast | string;
}

/** Forecasts in table `pool_forecast`. */
export class TypeOrmForecastStore implements ForecastStore {
  constructor(private readonly session: Session) {}

  async ending(filter: EndingFilter, { size, skip = 0, after }: EndingPage): Promise<EndingList> {
    const conditions = [raw('p.id = f.pool_id'), ...this.conditionsOf(filter)];
    const place = after === undefined ? [] : [sql`(f.ends_on, f.pool_id) > ${placeOf(after)}`];
    // In this order: SQLite would rather read all pools that a caller sees.
    const from = raw('from pool_forecast f cross join pool p');
    const rows = await this.session.rows<ForecastRow>(
      sql`select f.* ${from} ${where([...conditions, ...place])}
        order by f.ends_on, f.pool_id limit ${size + 1} offset ${after === undefined ? skip : 0}`,
    );
    const last = rows.length > size ? rows[size - 1] : undefined;
    return {
      items: rows.slice(0, size).map(fromRow),
      total: await totalOf(this.session, sql`select 1 ${from} ${where(conditions)}`),
      nextCursor: last ? `${last.ends_on}.${last.pool_id}` : null,
    };
  }

  async save(forecasts: readonly PoolForecast[]): Promise<void> {
    for (const rows of rowBatches(forecasts, toRow)) {
      const saved = this.session.dialect.table('t', COLUMNS, rows);
      await this.session.change(sql`insert into pool_forecast (${NAMES})
        select ${SELECTED} from ${saved} where exists (select 1 from pool p where p.id = t.pool_id)
        on conflict (pool_id) do update set ${REPLACED}`);
    }
  }

  async purge(before: number): Promise<number> {
    return this.session.change(sql`delete from pool_forecast where made_on < ${before}`);
  }

  private conditionsOf({ until, vrfId, accountId, poolIds, accessScope }: EndingFilter): Sql[] {
    return [
      sql`f.ends_on <= ${until}`,
      ...(vrfId === undefined ? [] : [sql`p.vrf_id = ${vrfId}`]),
      ...(accountId === undefined ? [] : [sql`p.account_id = ${accountId}`]),
      ...(poolIds ? [this.session.dialect.among(raw('f.pool_id'), 'id', poolIds)] : []),
      ...(accessScope ? [inAccessScope(this.session, accessScope, 'p')] : []),
    ];
  }
}

/** The place in the list that a cursor tells. @throws InvalidCursor */
function placeOf(cursor: string): Sql {
  const [, day, id] = /^(\d{1,6})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (day === undefined) throw new InvalidCursor();
  return sql`(${Number(day)}, ${Number(id)})`;
}

/** Values in the order of COLUMNS. */
function toRow({ poolId, madeOn, prefixLength, endsOn, forecast }: PoolForecast): Row {
  return [poolId, madeOn, prefixLength, endsOn, JSON.stringify(forecast)];
}

function fromRow(row: ForecastRow): PoolForecast {
  return {
    poolId: row.pool_id,
    madeOn: row.made_on,
    prefixLength: row.prefix_length,
    endsOn: row.ends_on,
    forecast: jsonOf(row.forecast),
  };
}
