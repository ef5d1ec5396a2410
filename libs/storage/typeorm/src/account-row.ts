import { EntitySchema } from 'typeorm';
import type { Account } from '@cloudpam/pools';
import type { Dialect } from './dialect';

export type AccountRow = { -readonly [field in keyof Account]: Account[field] };

/** Table `account`. The row is the domain's object. */
export function accountEntity(dialect: Dialect): EntitySchema<AccountRow> {
  return new EntitySchema<AccountRow>({
    name: 'account',
    columns: {
      id: { type: Number, primary: true, generated: 'increment' },
      key: { type: String },
      name: { type: String },
      provider: { type: String },
      externalId: { type: String, name: 'external_id' },
      platform: { type: String, nullable: true },
      tier: { type: String, nullable: true },
      environment: { type: String, nullable: true },
      regions: { ...dialect.json },
      description: { type: String },
      discoveryPolicy: { type: String, name: 'discovery_policy', nullable: true },
      discoveryInterval: { type: Number, name: 'discovery_interval', nullable: true },
      createdAt: { ...dialect.time, name: 'created_at' },
      updatedAt: { ...dialect.time, name: 'updated_at' },
      version: { type: Number },
    },
  });
}
