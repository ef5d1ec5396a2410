import { schemaOf } from '../http/class-schema';
import { list, object, type Schema } from '../http/schema';
import { NewPoolDto } from './dto/new-pool.dto';

/**
 * What a list of pools gives and nobody sets: rows of such a list can be posted back, and these say
 * nothing then.
 */
const READ_ONLY = [
  'id',
  'family',
  'source',
  'provider',
  'external_id',
  'external_vpc',
  'sync_status',
  'last_sync_at',
  'created_at',
  'updated_at',
  'version',
  'utilization',
  'uncounted_hosts',
  'key',
  'child_count',
  'warnings',
];

const NEW_POOL = schemaOf(NewPoolDto);

/** A row of the bulk route. */
export const BULK_ROW: Schema = {
  ...NEW_POOL,
  properties: {
    ...(NEW_POOL['properties'] as object),
    ...Object.fromEntries(
      READ_ONLY.map((name) => [name, { description: 'As lists give it; left out here' }]),
    ),
  },
  description: `A new pool. The other fields of a pool (${READ_ONLY.join(', ')}) may stand there and are left out; with an id parent_id is left out too`,
};

/** Every row is checked by itself, against `BULK_ROW`. */
export const BULK = object({
  items: list({}, { minItems: 1, maxItems: 10_000, description: 'Rows as BulkRow describes them' }),
});

export const BULK_COMPONENTS: Record<string, Schema> = { BulkRow: BULK_ROW };
