import { VLANS, type RecordFilter, type Vlan, type VlanStore } from '@cloudpam/pools';
import { TypeOrmRecordStore } from './record-store';
import type { Session } from './session';
import { sql, type Sql } from './sql';
import { vlanEntity } from './vlan-row';

/** VLANs in table `vlan`. */
export class TypeOrmVlanStore extends TypeOrmRecordStore<Vlan, RecordFilter> implements VlanStore {
  protected override readonly texts = ['name', 'group', 'description'] as const;
  protected override readonly order = ['group', 'vid'] as const;

  constructor(session: Session) {
    super(session, VLANS, vlanEntity);
  }

  protected override whole(text: string): Sql[] {
    return /^\d{1,4}$/.test(text) ? [sql`r.vid = ${Number(text)}`] : [];
  }
}
