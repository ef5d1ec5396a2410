import { formatCidr, type Family, type Strategy } from '@cloudpam/cidr';
import { ALLOCATION_LIMIT, LIVE_KEY_LENGTH, type PoolKind, type TreeMove } from '@cloudpam/pools';
import {
  BooleanField,
  CidrField,
  FamilyField,
  IdField,
  IdsField,
  NameField,
  ObjectField,
  ObjectsField,
  RecordIdField,
  TagsField,
  TextField,
  WholeField,
  WordField,
} from '../../http/fields';
import { PoolFieldsDto, KIND } from './pool-fields.dto';
import { PoolDto } from './pool.dto';

/** Pools that an answer names one by one. */
const MOST_SHOWN = 100;

/** A block to take out of free space, or several. */
export class AllocationDto extends PoolFieldsDto {
  @NameField({ description: 'For people; several get numbers', example: 'berlin-office' })
  name!: string;

  @WholeField({
    description: "The size; the pool's own default when left out",
    min: 0,
    max: 128,
    optional: true,
    example: 24,
  })
  prefix_length?: number;

  @WholeField({
    description: 'How many; 1 when left out',
    min: 1,
    max: ALLOCATION_LIMIT,
    optional: true,
  })
  count?: number;

  @TextField({
    description:
      'Unique among the living pools of the VRF. The same key and wish is answered 200 with ' +
      'the living pool, another wish 409 `key_in_use`; it is free again when the pool is gone',
    min: 1,
    max: LIVE_KEY_LENGTH,
    optional: true,
    example: 'vpc/payments/eu-central-1',
  })
  key?: string;

  @WordField({
    words: ['first_fit', 'best_fit', 'last_fit'],
    name: 'Strategy',
    description: 'Which of the free blocks: the first, the smallest that fits, the last',
    optional: true,
  })
  strategy?: Strategy;

  @BooleanField({
    description:
      'Also takes what looks free in a living subnet of a cloud, whose hosts nobody has counted',
    optional: true,
  })
  accept_uncounted_hosts?: boolean;
}

/** Which pools an allocation may be taken from. */
export class SelectorDto {
  @TagsField({
    description: 'Pools with all of these tags',
    optional: true,
    example: { use: 'apps' },
  })
  tags?: Record<string, string>;

  @TextField({ description: 'Pools for this region', max: 200, optional: true })
  region?: string;

  @RecordIdField({ description: 'Pools of this VRF', optional: true })
  vrf_id?: number;

  @WordField({
    ...KIND,
    description: 'Pools of this kind',
    optional: true,
    example: 'container',
  })
  kind?: PoolKind;

  @FamilyField({ description: 'Pools of IPv4 or IPv6', optional: true })
  family?: Family;
}

/** A block to take out of whichever pool fits. */
export class SelectedAllocationDto extends AllocationDto {
  @ObjectField({ type: () => SelectorDto, description: 'Which pools it may be taken from' })
  selector!: SelectorDto;
}

export class SplitDto {
  @WholeField({ description: 'Of the parts', min: 0, max: 128, example: 24 })
  prefix_length!: number;
}

export class MergeDto {
  @IdsField({
    description: 'The pools, which together are one CIDR',
    min: 2,
    max: 1_024,
    example: [42, 43],
  })
  pool_ids!: number[];

  @NameField({ description: 'Of the one pool; that of the first when left out', optional: true })
  name?: string;
}

export class MoveDto {
  @CidrField({ description: 'Its new addresses' })
  cidr!: string;

  @RecordIdField({ description: 'Its new VRF', optional: true })
  vrf_id?: number;

  @BooleanField({
    description: 'Takes everything below the pool along, to a place of the same size',
    optional: true,
  })
  with_children?: boolean;
}

/** A pool that moved with one above it. */
export class MovedPoolDto {
  @IdField({ description: 'The id of the pool' })
  pool_id!: number;

  @NameField({ description: 'Its name', example: 'office' })
  name!: string;

  @CidrField({ description: 'Its addresses before' })
  from!: string;

  @CidrField({ description: 'Its addresses now' })
  to!: string;

  static of({ before, after }: TreeMove['moved'][number]): MovedPoolDto {
    return {
      pool_id: before.id,
      name: before.name,
      from: formatCidr(before.cidr),
      to: formatCidr(after.cidr),
    };
  }
}

/** A pool that was moved. */
export class PoolMoveDto extends PoolDto {
  @WholeField({ description: 'With `with_children`: how many pools moved', optional: true })
  moved_count?: number;

  @ObjectsField({
    type: () => MovedPoolDto,
    description: 'With `with_children`: the first 100 pools that move',
    optional: true,
  })
  moved?: readonly MovedPoolDto[];

  static moved({ pool, moved }: TreeMove, warnings: Pick<PoolDto, 'warnings'>): PoolMoveDto {
    return {
      ...PoolDto.of(pool),
      ...warnings,
      moved_count: moved.length,
      moved: moved.slice(0, MOST_SHOWN).map(MovedPoolDto.of),
    };
  }
}
