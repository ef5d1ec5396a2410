import { EntitySchema } from 'typeorm';
import type { Vrf } from '@cloudpam/pools';
import type { Dialect } from './dialect';

export type VrfRow = { -readonly [field in keyof Vrf]: Vrf[field] };

/** Table `vrf`. The row is the domain's object. */
export function vrfEntity(dialect: Dialect): EntitySchema<VrfRow> {
  return new EntitySchema<VrfRow>({
    name: 'vrf',
    columns: {
      id: { type: Number, primary: true, generated: 'increment' },
      name: { type: String },
      rd: { type: String, nullable: true },
      reachabilityDomain: { type: String, name: 'reachability_domain', nullable: true },
      description: { type: String },
      createdAt: { ...dialect.time, name: 'created_at' },
      updatedAt: { ...dialect.time, name: 'updated_at' },
      version: { type: Number },
    },
  });
}
