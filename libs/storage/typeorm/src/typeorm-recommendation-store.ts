import {
  RECOMMENDATION_KINDS,
  SEVERITIES,
  type Facts,
  type KeptRecommendation,
  type RecommendationFilter,
  type RecommendationKind,
  type RecommendationList,
  type RecommendationPage,
  type RecommendationStore,
  type RecommendedAction,
  type Severity,
} from '@cloudpam/analysis';
import { InvalidCursor } from '@cloudpam/pools';
import { inAccessScope } from './in-access-scope';
import { replacedColumns } from './replaced-rows';
import { rowBatches } from './row-batches';
import type { Columns, Row, Session } from './session';
import { totalOf } from './simple-rows';
import { raw, sql, where, type Sql } from './sql';
import { jsonOf, timeOf } from './values';

const COLUMNS = {
  pool_id: 'id',
  kind: 'text',
  severity: 'int',
  related_id: 'id',
  made_at: 'time',
  facts: 'json',
  action: 'json',
} as const satisfies Columns;

const { names: NAMES, selected: SELECTED, replaced: REPLACED } = replacedColumns(COLUMNS);

interface RecommendationRow {
  readonly pool_id: number;
  readonly kind: RecommendationKind;
  readonly severity: number;
  readonly related_id: number | null;
  readonly made_at: Date | number;
  readonly facts: Facts | string;
  readonly action: RecommendedAction | string | null;
}

/** Recommendations in table `recommendation`. */
export class TypeOrmRecommendationStore implements RecommendationStore {
  constructor(private readonly session: Session) {}

  async list(
    filter: RecommendationFilter,
    { size, skip = 0, after }: RecommendationPage,
  ): Promise<RecommendationList> {
    const conditions = this.conditionsOf(filter);
    const place =
      after === undefined ? [] : [sql`(r.severity, r.pool_id, r.kind) > ${placeIn(after)}`];
    const from = this.fromOf(filter);
    const rows = await this.session.rows<RecommendationRow>(
      sql`select r.* ${from} ${where([...conditions, ...place])}
        order by r.severity, r.pool_id, r.kind limit ${size + 1} offset ${after === undefined ? skip : 0}`,
    );
    const last = rows.length > size ? rows[size - 1] : undefined;
    return {
      items: rows.slice(0, size).map(fromRow),
      total: await totalOf(this.session, sql`select 1 ${from} ${where(conditions)}`),
      nextCursor: last ? `${last.severity}.${last.pool_id}.${last.kind}` : null,
    };
  }

  async counts(filter: RecommendationFilter): Promise<ReadonlyMap<RecommendationKind, number>> {
    const counts = new Map<RecommendationKind, number>();
    for (const kind of RECOMMENDATION_KINDS) {
      const conditions = this.conditionsOf({ ...filter, kind });
      counts.set(
        kind,
        await totalOf(this.session, sql`select 1 ${this.fromOf(filter)} ${where(conditions)}`),
      );
    }
    return counts;
  }

  async save(recommendations: readonly KeptRecommendation[]): Promise<void> {
    for (const rows of rowBatches(recommendations, toRow)) {
      const saved = this.session.dialect.table('t', COLUMNS, rows);
      await this.session.change(sql`insert into recommendation (${NAMES})
        select ${SELECTED} from ${saved} where exists (select 1 from pool p where p.id = t.pool_id)
          and (t.related_id is null or exists (select 1 from pool p where p.id = t.related_id))
        on conflict (pool_id, kind) do update set ${REPLACED}`);
    }
  }

  async purge(before: Date, limit: number): Promise<number> {
    return this.session.change(sql`delete from recommendation where (pool_id, kind) in (
      select r.pool_id, r.kind from recommendation r where r.made_at < ${before} limit ${limit})`);
  }

  /** Pools are joined only where something of them is asked for. */
  private fromOf({ vrfId, accountId, accessScope }: RecommendationFilter): Sql {
    const isOfPools = vrfId !== undefined || accountId !== undefined || accessScope !== undefined;
    return raw(
      `from recommendation r${isOfPools ? ' join pool p on p.id = r.pool_id' : ''}` +
        (accessScope ? ' left join pool o on o.id = r.related_id' : ''),
    );
  }

  private conditionsOf(filter: RecommendationFilter): Sql[] {
    const { kind, severity, vrfId, accountId, accessScope } = filter;
    return [
      ...(kind === undefined ? [] : [sql`r.kind = ${kind}`]),
      ...(severity === undefined ? [] : [sql`r.severity = ${SEVERITIES.indexOf(severity) + 1}`]),
      ...(vrfId === undefined ? [] : [sql`p.vrf_id = ${vrfId}`]),
      ...(accountId === undefined ? [] : [sql`p.account_id = ${accountId}`]),
      ...(accessScope
        ? [
            inAccessScope(this.session, accessScope, 'p'),
            sql`(r.related_id is null or ${inAccessScope(this.session, accessScope, 'o')})`,
          ]
        : []),
    ];
  }
}

/** The place in the list that a cursor tells. @throws InvalidCursor */
function placeIn(cursor: string): Sql {
  const [, severity, id, kind] = /^([1-3])\.(\d{1,15})\.([a-z_]{1,20})$/.exec(cursor) ?? [];
  if (severity === undefined || kind === undefined) throw new InvalidCursor();
  return sql`(${Number(severity)}, ${Number(id)}, ${kind})`;
}

/** Values in the order of COLUMNS. */
function toRow({
  poolId,
  kind,
  severity,
  relatedId,
  madeAt,
  facts,
  action,
}: KeptRecommendation): Row {
  return [
    poolId,
    kind,
    SEVERITIES.indexOf(severity) + 1,
    relatedId,
    madeAt,
    JSON.stringify(facts),
    action && JSON.stringify(action),
  ];
}

function fromRow(row: RecommendationRow): KeptRecommendation {
  return {
    poolId: row.pool_id,
    kind: row.kind,
    severity: SEVERITIES[row.severity - 1] as Severity, // as the table has it
    relatedId: row.related_id,
    madeAt: timeOf(row.made_at),
    facts: jsonOf(row.facts),
    action: row.action === null ? null : jsonOf(row.action),
  };
}
