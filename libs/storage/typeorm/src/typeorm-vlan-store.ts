import type { Repository } from 'typeorm';
import type { RecordFilter, Vlan, VlanStore } from '@cloudpam/pools';
import { likePattern } from './dialect';
import { namedInScope, narrow } from './narrow';
import type { Session } from './session';
import { countOf, lockRow } from './simple-rows';
import { sql } from './sql';
import type { VlanRow } from './vlan-row';

/** VLANs in table `vlan`. */
export class TypeOrmVlanStore implements VlanStore {
  constructor(private readonly session: Session) {}

  async get(id: number): Promise<Vlan | undefined> {
    return (await this.orm((rows) => rows.findOneBy({ id }))) ?? undefined;
  }

  async lock(id: number): Promise<Vlan | undefined> {
    return (await lockRow(this.session, 'vlan', id)) ? this.get(id) : undefined;
  }

  async list(
    filter: RecordFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Vlan[]; total: number }> {
    const named = await namedInScope(this.session, filter, 'vlan_id');
    return this.orm(async (rows) => {
      const query = rows
        .createQueryBuilder('v')
        .orderBy('v.group')
        .addOrderBy('v.vid')
        .offset((page - 1) * pageSize)
        .limit(pageSize);
      narrow(query, filter, named);
      const { text } = filter;
      if (text !== undefined) {
        const parts = ['name', 'group', 'description'].map(
          (column) => `v.${column} ${this.session.dialect.like} :pattern escape '!'`,
        );
        query.andWhere(`(v.vid = :vid or ${parts.join(' or ')})`, {
          vid: vidOf(text),
          pattern: likePattern(text),
        });
      }
      const [items, total] = await query.getManyAndCount();
      return { items, total };
    });
  }

  async insert(vlan: Omit<Vlan, 'id'>): Promise<Vlan> {
    const row = { ...vlan };
    const { identifiers } = await this.orm((rows) => rows.insert(row));
    return { ...vlan, id: Number(identifiers[0]?.['id']) };
  }

  async save({ id, ...fields }: Vlan): Promise<void> {
    await this.orm((rows) => rows.update({ id }, fields));
  }

  async remove(id: number): Promise<void> {
    await this.orm((rows) => rows.delete({ id }));
  }

  useCount(id: number): Promise<number> {
    return countOf(this.session, sql`select count(*) as n from pool where vlan_id = ${id}`);
  }

  private orm<T>(work: (rows: Repository<VlanRow>) => Promise<T>): Promise<T> {
    return this.session.orm((manager) => work(manager.getRepository<VlanRow>('vlan')));
  }
}

/** The vid that a text is; 0, which none has, for another text. */
function vidOf(text: string): number {
  return /^\d{1,4}$/.test(text) ? Number(text) : 0;
}
