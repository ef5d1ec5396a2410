import { BulkBody } from '../../http/bulk-body';
import { DryRunQuery } from '../../http/common.dto';
import {
  IdField,
  ObjectField,
  ObjectsField,
  UnreadField,
  WholeField,
  WordField,
} from '../../http/fields';
import { ProblemDto } from '../../http/problem.dto';
import { NewPoolDto } from './new-pool.dto';
import { WarningDto } from './pool.dto';

/** What a list of pools gives and nobody sets. */
const AS_LISTED = { description: 'As lists give it; it is left out here' };

/** A new pool. A row of a list of pools may be posted back: what nobody sets is left out then. */
export class BulkRowDto extends NewPoolDto {
  @UnreadField({ description: 'As lists give it; with it `parent_id` is left out too' })
  id?: unknown;

  @UnreadField(AS_LISTED)
  family?: unknown;

  @UnreadField(AS_LISTED)
  source?: unknown;

  @UnreadField(AS_LISTED)
  provider?: unknown;

  @UnreadField(AS_LISTED)
  external_id?: unknown;

  @UnreadField(AS_LISTED)
  external_vpc?: unknown;

  @UnreadField(AS_LISTED)
  sync_status?: unknown;

  @UnreadField(AS_LISTED)
  last_sync_at?: unknown;

  @UnreadField(AS_LISTED)
  created_at?: unknown;

  @UnreadField(AS_LISTED)
  updated_at?: unknown;

  @UnreadField(AS_LISTED)
  version?: unknown;

  @UnreadField(AS_LISTED)
  utilization?: unknown;

  @UnreadField(AS_LISTED)
  uncounted_hosts?: unknown;

  @UnreadField(AS_LISTED)
  hosts?: unknown;

  @UnreadField(AS_LISTED)
  key?: unknown;

  @UnreadField(AS_LISTED)
  child_count?: unknown;

  @UnreadField(AS_LISTED)
  warnings?: unknown;
}

/** Pools to create, in any order. Each row is checked by itself. */
@BulkBody({ apart: 'items' })
export class BulkPoolsDto {
  @ObjectsField({
    type: () => BulkRowDto,
    description: 'The pools',
    min: 1,
    max: 10_000,
    example: [
      { name: 'berlin', cidr: '10.20.0.0/16' },
      { name: 'berlin-office', cidr: '10.20.4.0/24', kind: 'subnet', tags: { owner: 'netops' } },
    ],
  })
  items!: readonly unknown[];
}

/** Whether a mistake in one row is one of all. */
export class BulkQuery extends DryRunQuery {
  @WordField({
    words: ['atomic', 'partial'],
    name: 'BulkMode',
    description: 'All rows or none; or each by itself, with its own result',
    optional: true,
    default: 'atomic',
  })
  mode?: 'atomic' | 'partial';
}

/** What became of one row. */
export class BulkRowResultDto {
  @WholeField({ description: 'The place of the row, from 0' })
  index!: number;

  @WordField({
    words: ['created', 'error'],
    name: 'BulkRowStatus',
    description: 'Whether there is a pool now',
  })
  status!: 'created' | 'error';

  @IdField({ description: 'The pool that was made', optional: true })
  pool_id?: number;

  @ObjectField({ type: () => ProblemDto, description: 'Why there is none', optional: true })
  problem?: ProblemDto;

  @ObjectsField({
    type: () => WarningDto,
    description: 'What a cloud uses in the space of the pool',
    optional: true,
  })
  warnings?: readonly WarningDto[];
}

export class BulkResultDto {
  @WholeField({ description: 'How many pools were made' })
  created!: number;

  @ObjectsField({ type: () => BulkRowResultDto, description: 'What became of each row, in order' })
  results!: readonly BulkRowResultDto[];
}
