import { VLANS, type RecordFilter, type Vlan, type VlanStore } from '@cloudpam/pools';
import { TypeOrmRecordStore } from './record-store';
import type { Session } from './session';

/** VLANs in table `vlan`. */
export class TypeOrmVlanStore extends TypeOrmRecordStore<Vlan, RecordFilter> implements VlanStore {
  protected override readonly texts = ['name', 'group', 'description'];
  protected override readonly order = ['group', 'vid'] as const;

  constructor(session: Session) {
    super(session, VLANS);
  }

  protected override whole(text: string) {
    const vid = /^\d{1,4}$/.test(text) ? Number(text) : undefined;
    return vid === undefined ? undefined : { condition: 'r.vid = :vid', values: { vid } };
  }
}
