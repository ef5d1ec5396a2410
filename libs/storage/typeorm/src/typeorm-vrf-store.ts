import type { Repository } from 'typeorm';
import type { RecordFilter, Vrf, VrfStore } from '@cloudpam/pools';
import { likePattern } from './dialect';
import { namedInScope, narrow } from './narrow';
import type { Session } from './session';
import { countOf, lockRow } from './simple-rows';
import { sql } from './sql';
import type { VrfRow } from './vrf-row';

/** VRFs in table `vrf`. */
export class TypeOrmVrfStore implements VrfStore {
  constructor(private readonly session: Session) {}

  async get(id: number): Promise<Vrf | undefined> {
    return (await this.orm((rows) => rows.findOneBy({ id }))) ?? undefined;
  }

  async lock(id: number): Promise<Vrf | undefined> {
    return (await lockRow(this.session, 'vrf', id)) ? this.get(id) : undefined;
  }

  async list(
    filter: RecordFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Vrf[]; total: number }> {
    const named = await namedInScope(this.session, filter, 'vrf_id');
    return this.orm(async (rows) => {
      const query = rows
        .createQueryBuilder('v')
        .orderBy('v.name')
        .offset((page - 1) * pageSize)
        .limit(pageSize);
      narrow(query, filter, named);
      const { text } = filter;
      if (text !== undefined) {
        const parts = ['name', 'rd', 'description'].map(
          (column) => `v.${column} ${this.session.dialect.like} :pattern escape '!'`,
        );
        query.andWhere(`(${parts.join(' or ')})`, { pattern: likePattern(text) });
      }
      const [items, total] = await query.getManyAndCount();
      return { items, total };
    });
  }

  async insert(vrf: Omit<Vrf, 'id'>): Promise<Vrf> {
    const row = { ...vrf };
    const { identifiers } = await this.orm((rows) => rows.insert(row));
    return { ...vrf, id: Number(identifiers[0]?.['id']) };
  }

  async save({ id, ...fields }: Vrf): Promise<void> {
    await this.orm((rows) => rows.update({ id }, fields));
  }

  async remove(id: number): Promise<void> {
    await this.orm((rows) => rows.delete({ id }));
  }

  useCount(id: number): Promise<number> {
    return countOf(
      this.session,
      sql`select (select count(*) from pool
        where vrf_id = ${id}) + (select count(*) from network where vrf_id = ${id}) as n`,
    );
  }

  private orm<T>(work: (rows: Repository<VrfRow>) => Promise<T>): Promise<T> {
    return this.session.orm((manager) => work(manager.getRepository<VrfRow>('vrf')));
  }
}
