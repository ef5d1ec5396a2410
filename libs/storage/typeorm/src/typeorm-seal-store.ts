import type { AuditEntry, AuditSeal, SealedEntry, SealStore, Unsealed } from '@cloudpam/audit';
import { entryColumns, fromAuditRow, type AuditRow } from './audit-row';
import type { Columns, Session } from './session';
import { countOf } from './simple-rows';
import { sql } from './sql';

const COLUMNS: Columns = { seq: 'id', entry_id: 'id', hash: 'text' };

interface SealRow {
  seq: number;
  entry_id: number;
  hash: string;
}

/** The chain in table `audit_seal`; triggers put every new entry into `audit_unsealed`. */
export class TypeOrmSealStore implements SealStore {
  constructor(private readonly session: Session) {}

  async tryLock(): Promise<boolean> {
    const [row] = await this.session.rows<{ taken: boolean | number }>(
      this.session.dialect.tryToSeal,
    );
    return Boolean(row?.taken);
  }

  async head(): Promise<AuditSeal | undefined> {
    const [row] = await this.session.rows<SealRow>(
      sql`select seq, entry_id, hash from audit_seal order by seq desc limit 1`,
    );
    return row && sealOf(row);
  }

  async waiting(limit: number): Promise<AuditEntry[]> {
    const rows = await this.session.rows<AuditRow>(
      sql`select ${entryColumns(this.session.dialect)}
        from audit_unsealed u join audit_entry e on e.id = u.entry_id order by u.entry_id limit ${limit}`,
    );
    return rows.map(fromAuditRow);
  }

  async append(seals: readonly AuditSeal[]): Promise<void> {
    await this.session.insert(
      'audit_seal',
      COLUMNS,
      seals.map(({ seq, entryId, hash }) => [seq, entryId, hash]),
    );
    const ids = seals.map(({ entryId }) => entryId);
    await this.session.change(
      sql`delete from audit_unsealed where ${this.session.dialect.among(sql`entry_id`, 'id', ids)}`,
    );
  }

  async sealed(afterSeq: number, limit: number): Promise<SealedEntry[]> {
    const rows = await this.session.rows<
      SealRow & Omit<AuditRow, 'id'> & { id: number | null }
    >(sql`select s.seq, s.entry_id, s.hash, ${entryColumns(this.session.dialect)}
      from audit_seal s left join audit_entry e on e.id = s.entry_id
      where s.seq > ${afterSeq} order by s.seq limit ${limit}`);
    return rows.map(({ id, ...row }) => ({
      seal: sealOf(row),
      entry: id === null ? undefined : fromAuditRow({ ...row, id }),
    }));
  }

  async unsealed(): Promise<Unsealed> {
    const first = async (query: ReturnType<typeof sql>): Promise<number | null> =>
      (await this.session.rows<{ id: number }>(query, { once: true }))[0]?.id ?? null;
    return {
      waiting: await countOf(this.session, sql`select count(*) as n from audit_unsealed`, {
        once: true,
      }),
      withoutSeal: await first(sql`select id from audit_entry e where not exists (select 1
          from audit_seal s where s.entry_id = e.id)
        and not exists (select 1 from audit_unsealed u where u.entry_id = e.id) order by id limit 1`),
      withoutEntry: await first(
        sql`select entry_id as id from audit_unsealed u where not exists (select 1
          from audit_entry e where e.id = u.entry_id) order by entry_id limit 1`,
      ),
      copied: await first(sql`select max(id) as id from audit_entry where proof is not null
        group by proof having count(*) > 1 limit 1`),
    };
  }

  async missingGuards(): Promise<string[]> {
    const there = await this.session.rows<{ name: string }>(this.session.dialect.triggers, {
      once: true,
    });
    return this.session.dialect.auditGuards.filter(
      (name) => !there.some((each) => each.name === name),
    );
  }
}

function sealOf(row: { seq: number; entry_id: number; hash: string }): AuditSeal {
  return { seq: row.seq, entryId: row.entry_id, hash: row.hash };
}
