import type { Place } from '@cloudpam/audit';
import { addressFromBytes, cidrOf128, formatCidr, parseCidr } from '@cloudpam/cidr';
import type {
  AnyFindingType,
  DueWarning,
  FindingFacts,
  FindingKey,
  FindingsThere,
  FindingSubject,
  ToldFinding,
  ToldRound,
  ToldStore,
} from '@cloudpam/reconciliation';
import { replacedColumns } from './replaced-rows';
import { rowBatches } from './row-batches';
import type { Columns, Row, Session } from './session';
import { joined, raw, sql, type Sql } from './sql';
import { jsonOf, timeOf } from './values';

const FINDING_COLUMNS = {
  subject: 'text',
  subject_id: 'id',
  type: 'text',
  id: 'text',
  opened_at: 'time',
  facts: 'json',
  vrf_id: 'int',
  account_id: 'int',
  cidr: 'text',
  kind: 'text',
} as const satisfies Columns;
const KEY_COLUMNS = { subject: 'text', subject_id: 'id', type: 'text' } as const satisfies Columns;
const WARNING_COLUMNS = {
  lease_of: 'text',
  lease_id: 'id',
  ends_at: 'time',
  days: 'int',
} as const satisfies Columns;
const {
  names: WARNING_NAMES,
  selected: WARNING_SELECTED,
  replaced: WARNING_REPLACED,
} = replacedColumns(WARNING_COLUMNS);

/** Where leases are, each with the column that ends it. Every address of a range is its span. */
const LEASES = {
  pool: { table: raw('pool'), end: raw('e.expires_at'), last: raw('e.hi'), kind: raw('e.kind') },
  address: {
    table: raw('address'),
    end: raw('e.expires_at'),
    last: raw('e.lo'),
    kind: raw("'address'"),
  },
  range: {
    table: raw('address_range'),
    end: raw('e.until'),
    last: raw('e.hi'),
    kind: raw("'range'"),
  },
} as const satisfies Record<DueWarning['leaseOf'], { table: Sql; end: Sql; last: Sql; kind: Sql }>;
const LEASE_TYPES = Object.keys(LEASES) as DueWarning['leaseOf'][]; // its keys are all of them

const DAY_MS = 86_400_000;

interface FindingRow {
  readonly id: string;
  readonly opened_at: Date | number;
  readonly facts: FindingFacts | string;
  readonly vrf_id: number | null;
  readonly account_id: number | null;
  readonly cidr: string | null;
  readonly kind: string | null;
}
interface WarningRow {
  readonly id: number;
  readonly vrf_id: number;
  readonly account_id: number | null;
  readonly kind: string;
  readonly name: string;
  readonly lo: Uint8Array;
  readonly hi: Uint8Array;
  readonly ends_at: Date | number;
  readonly days: number;
}

/** What the log was told, in tables `told_finding`, `told_round` and `lease_warning`. */
export class TypeOrmToldStore implements ToldStore {
  constructor(private readonly session: Session) {}

  async of(subject: FindingSubject, subjectIds: readonly number[]): Promise<ToldFinding[]> {
    if (subjectIds.length === 0) return [];
    const rows = await this.session.rows<FindingRow>(
      sql`select f.* from told_finding f where f.subject = ${subject}
        and ${this.session.dialect.among(raw('f.subject_id'), 'id', subjectIds)}`,
    );
    return rows.map(findingOf);
  }

  async subjectsAfter(subject: FindingSubject, id: number, limit: number): Promise<number[]> {
    const rows = await this.session.rows<{ subject_id: number }>(
      sql`select distinct f.subject_id from told_finding f
        where f.subject = ${subject} and f.subject_id > ${id} order by f.subject_id limit ${limit}`,
    );
    return rows.map((row) => row.subject_id);
  }

  async keep(findings: readonly ToldFinding[]): Promise<void> {
    for (const rows of rowBatches(findings, rowOf))
      await this.session.insert('told_finding', FINDING_COLUMNS, rows);
  }

  async forget(keys: readonly FindingKey[]): Promise<void> {
    if (keys.length === 0) return;
    const gone = this.session.dialect.table(
      't',
      KEY_COLUMNS,
      keys.map(({ subject, subjectId, type }) => [subject, subjectId, type]),
    );
    await this.session.change(sql`delete from told_finding where (subject, subject_id, type) in (
      select t.subject, t.subject_id, t.type from ${gone})`);
  }

  async counts(): Promise<FindingsThere> {
    const rows = await this.session.rows<{ type: AnyFindingType; n: number }>(
      sql`select f.type, count(*) as n from told_finding f group by f.type order by f.type`,
      { once: true },
    );
    return Object.fromEntries(rows.map(({ type, n }) => [type, Number(n)]));
  }

  async lastRound(): Promise<ToldRound | undefined> {
    const [row] = await this.session.rows<{ at: Date | number; took_ms: number; head: number }>(
      sql`select r.at, r.took_ms, r.head from told_round r where r.id = 1`,
    );
    return row && { at: timeOf(row.at), tookMs: row.took_ms, head: row.head };
  }

  async keepRound({ at, tookMs, head }: ToldRound): Promise<void> {
    await this.session.change(sql`insert into told_round (id, at, took_ms, head)
      values (1, ${at}, ${tookMs}, ${head})
      on conflict (id) do update set at = excluded.at, took_ms = excluded.took_ms, head = excluded.head`);
  }

  async dueWarnings(at: Date, days: readonly number[], limit: number): Promise<DueWarning[]> {
    const found: DueWarning[] = [];
    for (const leaseOf of LEASE_TYPES)
      if (found.length < limit)
        found.push(...(await this.due(leaseOf, at, days, limit - found.length)));
    return found;
  }

  async keepWarnings(warnings: readonly DueWarning[]): Promise<void> {
    for (const rows of rowBatches(warnings, ({ leaseOf, id, endsAt, days }) => [
      leaseOf,
      id,
      endsAt,
      days,
    ])) {
      const saved = this.session.dialect.table('t', WARNING_COLUMNS, rows);
      await this.session.change(sql`insert into lease_warning (${WARNING_NAMES})
        select ${WARNING_SELECTED} from ${saved} where true
        on conflict (lease_of, lease_id) do update set ${WARNING_REPLACED}`);
    }
  }

  async forgetWarnings(endedBefore: Date, limit: number): Promise<number> {
    return this.session.change(sql`delete from lease_warning where (lease_of, lease_id) in (
      select w.lease_of, w.lease_id from lease_warning w where w.ends_at < ${endedBefore} limit ${limit})`);
  }

  private async due(
    leaseOf: DueWarning['leaseOf'],
    at: Date,
    days: readonly number[],
    limit: number,
  ): Promise<DueWarning[]> {
    const { table, end, last, kind } = LEASES[leaseOf];
    const ascending = [...days].sort((a, b) => a - b);
    const untilOf = (n: number): Date => new Date(at.getTime() + n * DAY_MS);
    const within = sql`case ${joined(
      ascending.map((n) => sql`when ${end} <= ${untilOf(n)} then ${raw(String(n))}`),
      ' ',
    )} end`;
    const rows = await this.session.rows<WarningRow>(
      sql`select e.id, e.vrf_id, e.account_id, ${kind} as kind, e.name, e.lo, ${last} as hi,
          ${end} as ends_at, ${within} as days
        from ${table} e left join lease_warning w on w.lease_of = ${leaseOf} and w.lease_id = e.id
        where ${end} > ${at} and ${end} <= ${untilOf(ascending.at(-1) ?? 0)}
          and (w.lease_id is null or w.ends_at <> ${end} or w.days > ${within})
        order by ${end}, e.id limit ${limit}`,
    );
    return rows.map((row) => warningOf(leaseOf, row));
  }
}

/** Values in the order of the columns. */
function rowOf({ id, facts, place, openedAt }: ToldFinding): Row {
  const { vrfId = null, accountId = null, cidr = null, kind = null } = place ?? {};
  return [
    facts.subject,
    facts.subject_id,
    facts.type,
    id,
    openedAt,
    JSON.stringify(facts),
    vrfId,
    accountId,
    cidr && formatCidr(cidr),
    kind,
  ];
}

function findingOf(row: FindingRow): ToldFinding {
  return {
    id: row.id,
    facts: jsonOf(row.facts),
    place: placeOf(row),
    openedAt: timeOf(row.opened_at),
  };
}

function placeOf({ vrf_id, account_id, cidr, kind }: FindingRow): Place | null {
  if ([vrf_id, account_id, cidr, kind].every((each) => each === null)) return null;
  return {
    vrfId: vrf_id,
    accountId: account_id,
    cidr: cidr === null ? null : parseCidr(cidr),
    kind,
  };
}

function warningOf(leaseOf: DueWarning['leaseOf'], row: WarningRow): DueWarning {
  const { family, first } = cidrOf128(addressFromBytes(row.lo), 128);
  return {
    leaseOf,
    id: row.id,
    vrfId: row.vrf_id,
    accountId: row.account_id,
    kind: row.kind,
    name: row.name,
    span: { family, first, last: cidrOf128(addressFromBytes(row.hi), 128).first },
    endsAt: timeOf(row.ends_at),
    days: row.days,
  };
}
