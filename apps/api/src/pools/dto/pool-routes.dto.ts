import type { Deletion } from '@cloudpam/pools';
import { DryRunQuery, PageQuery } from '../../http/common.dto';
import { BooleanField, inQuery, ObjectsField, TextField, WholeField } from '../../http/fields';
import { PoolBriefDto } from '../../http/pool-brief.dto';

/** Pools that an answer names one by one. */
const MOST_SHOWN = 100;

/** Which part of the history of a pool. */
export class HistoryQuery extends PageQuery {}

/** How much of the tree below a pool. */
export class TreeQuery {
  @inQuery('number')
  @WholeField({ description: 'Levels below the pool', min: 1, max: 5, optional: true, default: 2 })
  depth?: number;

  @inQuery('number')
  @WholeField({
    description: 'Pools below the pool that one answer shows for the first time',
    min: 1,
    max: 1_000,
    optional: true,
    default: 500,
  })
  page_size?: number;

  @TextField({
    description:
      '`next_cursor` of the answer before: goes on where it ended, and repeats the pools around that place',
    max: 2_000,
    optional: true,
  })
  cursor?: string;
}

export class DeleteQuery extends DryRunQuery {
  @inQuery('boolean')
  @BooleanField({
    description: 'Deletes all that lies below as well; else children move up to the parent',
    optional: true,
    default: false,
  })
  cascade?: boolean;
}

/** What was deleted. */
export class DeletionDto {
  @ObjectsField({ type: () => PoolBriefDto, description: 'The first 100 of the deleted pools' })
  deleted!: readonly PoolBriefDto[];

  @WholeField({ description: 'How many pools were deleted' })
  deleted_count!: number;

  @WholeField({ description: 'How many address records were deleted with them' })
  addresses_deleted_count!: number;

  @WholeField({ description: 'How many pools have another parent now' })
  reparented_count!: number;

  static of({ deleted, reparented, addresses }: Deletion): DeletionDto {
    return {
      deleted: deleted.slice(0, MOST_SHOWN).map(PoolBriefDto.of),
      deleted_count: deleted.length,
      addresses_deleted_count: addresses.length,
      reparented_count: reparented.length,
    };
  }
}
