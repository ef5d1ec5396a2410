import {
  VLAN_GROUPS,
  type RecordFilter,
  type VlanGroup,
  type VlanGroupStore,
} from '@cloudpam/pools';
import { inAccessScope } from './in-access-scope';
import { TypeOrmRecordStore } from './record-store';
import type { Session } from './session';
import { raw, sql, type Sql } from './sql';
import { holdGroupNames } from './vlan-group-names';
import { vlanGroupEntity } from './vlan-group-row';

/** Groups of VLANs in table `vlan_group`. */
export class TypeOrmVlanGroupStore
  extends TypeOrmRecordStore<VlanGroup, RecordFilter>
  implements VlanGroupStore
{
  protected override readonly texts = ['name', 'site', 'description'] as const;
  protected override readonly order = ['name'] as const;

  constructor(session: Session) {
    super(session, VLAN_GROUPS, vlanGroupEntity);
  }

  protected override get naming(): Sql {
    return raw('group_id');
  }

  lockNames(): Promise<void> {
    return holdGroupNames(this.session, 'change');
  }

  async lockNamed(name: string): Promise<VlanGroup | undefined> {
    await holdGroupNames(this.session, 'share');
    const [found] = await this.session.rows<{ id: number }>(
      sql`select id from vlan_group where name = ${name}`,
    );
    return found && this.lock(found.id);
  }

  override async insert(group: Omit<VlanGroup, 'id'>): Promise<VlanGroup> {
    await this.lockNames();
    const { id } = await super.insert(group);
    await this.session.change(
      sql`update vlan set group_id = ${id} where group_name = ${group.name}`,
    );
    const [made] = await this.completed([{ ...group, id }], {});
    return made ?? { ...group, id };
  }

  override async save({ vlanCount: _, ...row }: VlanGroup): Promise<void> {
    await super.save(row as VlanGroup); // but for what is no column
  }

  /** With how many VLANs lie in each. */
  protected override async completed(
    groups: VlanGroup[],
    { accessScope }: RecordFilter,
  ): Promise<VlanGroup[]> {
    if (groups.length === 0) return groups;
    const { dialect } = this.session;
    const ids = groups.map(({ id }) => id);
    const seen = accessScope
      ? sql` and v.id in (select p.vlan_id from pool p where p.vlan_id is not null
          and ${inAccessScope(this.session, accessScope, 'p')})`
      : raw('');
    const rows = await this.session.rows<{ id: number; n: number }>(
      sql`select v.group_id as id, count(*) as n from vlan v
        where ${dialect.among(raw('v.group_id'), 'id', ids)}${seen} group by v.group_id`,
      { once: accessScope !== undefined },
    );
    const counts = new Map(rows.map(({ id, n }) => [id, Number(n)]));
    return groups.map((group) => ({ ...group, vlanCount: counts.get(group.id) ?? 0 }));
  }
}
