import type { EntitySchema } from 'typeorm';
import { accountEntity } from './account-row';
import type { Dialect } from './dialect';
import { tokenEntity } from './token-row';
import { vlanEntity } from './vlan-row';
import { vrfEntity } from './vrf-row';

/** What TypeORM must know of a database. */
export function entities(dialect: Dialect): EntitySchema<unknown>[] {
  // TypeORM takes schemas of any row.
  return [vrfEntity, vlanEntity, accountEntity, tokenEntity].map(
    (entity) => entity(dialect) as EntitySchema<unknown>,
  );
}
