import {
  VLANS,
  type Vlan,
  type VlanFilter,
  type VlanInGroup,
  type VlanStore,
} from '@cloudpam/pools';
import { TypeOrmRecordStore } from './record-store';
import type { Session } from './session';
import { sql, type Sql } from './sql';
import { holdGroupNames } from './vlan-group-names';
import { vlanEntity } from './vlan-row';

/** VLANs in table `vlan`. */
export class TypeOrmVlanStore extends TypeOrmRecordStore<Vlan, VlanFilter> implements VlanStore {
  protected override readonly texts = ['name', 'group', 'description'] as const;
  protected override readonly order = ['group', 'vid'] as const;

  constructor(session: Session) {
    super(session, VLANS, vlanEntity);
  }

  inGroup(group: string): Promise<VlanInGroup[]> {
    return this.session.rows<VlanInGroup>(
      sql`select v.id, v.vid, v.name from vlan v where v.group_name = ${group} order by v.vid`,
    );
  }

  override async insert(vlan: Omit<Vlan, 'id'>): Promise<Vlan> {
    return super.insert({ ...vlan, groupId: await this.groupNamed(vlan.group) });
  }

  override async save(vlan: Vlan): Promise<void> {
    await super.save({ ...vlan, groupId: await this.groupNamed(vlan.group) });
  }

  protected override conditionsOf(filter: VlanFilter): Sql[] {
    const found = super.conditionsOf(filter);
    if (filter.groupId !== undefined) found.push(sql`r.group_id = ${filter.groupId}`);
    return found;
  }

  protected override whole(text: string): Sql[] {
    return /^\d{1,4}$/.test(text) ? [sql`r.vid = ${Number(text)}`] : [];
  }

  /** The VLAN group of a name, which is there, or not, until the run ends. */
  private async groupNamed(name: string): Promise<number | null> {
    if (name === '') return null;
    await holdGroupNames(this.session, 'share');
    const [group] = await this.session.rows<{ id: number }>(
      sql`select g.id from vlan_group g where g.name = ${name}`,
    );
    return group?.id ?? null;
  }
}
