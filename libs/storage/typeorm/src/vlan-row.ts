import { EntitySchema } from 'typeorm';
import type { Vlan } from '@cloudpam/pools';
import type { Dialect } from './dialect';

export type VlanRow = { -readonly [field in keyof Vlan]: Vlan[field] };

/** Table `vlan`. The row is the domain's object. */
export function vlanEntity(dialect: Dialect): EntitySchema<VlanRow> {
  return new EntitySchema<VlanRow>({
    name: 'vlan',
    columns: {
      id: { type: Number, primary: true, generated: 'increment' },
      vid: { type: Number },
      name: { type: String },
      group: { type: String, name: 'group_name' },
      groupId: { type: Number, name: 'group_id', nullable: true },
      description: { type: String },
      createdAt: { ...dialect.time, name: 'created_at' },
      updatedAt: { ...dialect.time, name: 'updated_at' },
      version: { type: Number },
    },
  });
}
