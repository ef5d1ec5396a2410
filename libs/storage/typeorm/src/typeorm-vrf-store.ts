import { VRFS, type RecordFilter, type Vrf, type VrfStore } from '@cloudpam/pools';
import { TypeOrmRecordStore } from './record-store';
import type { Session } from './session';
import { vrfEntity } from './vrf-row';

/** VRFs in table `vrf`. */
export class TypeOrmVrfStore extends TypeOrmRecordStore<Vrf, RecordFilter> implements VrfStore {
  protected override readonly texts = ['name', 'rd', 'description'] as const;
  protected override readonly order = ['name'] as const;

  constructor(session: Session) {
    super(session, VRFS, vrfEntity);
  }
}
