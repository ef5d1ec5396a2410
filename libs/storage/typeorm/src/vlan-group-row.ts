import { EntitySchema } from 'typeorm';
import type { VlanGroup } from '@cloudpam/pools';
import type { Dialect } from './dialect';

export type VlanGroupRow = { -readonly [field in keyof VlanGroup]: VlanGroup[field] };

/** Table `vlan_group`. The row is the domain's object, but for how many VLANs lie in it. */
export function vlanGroupEntity(dialect: Dialect): EntitySchema<VlanGroupRow> {
  return new EntitySchema<VlanGroupRow>({
    name: 'vlan_group',
    columns: {
      id: { type: Number, primary: true, generated: 'increment' },
      name: { type: String },
      description: { type: String },
      vidRanges: { ...dialect.json, name: 'vid_ranges' },
      accountId: { type: Number, name: 'account_id', nullable: true },
      site: { type: String, nullable: true },
      createdAt: { ...dialect.time, name: 'created_at' },
      updatedAt: { ...dialect.time, name: 'updated_at' },
      version: { type: Number },
    },
  });
}
