import { addressCount, formatCidr, type Cidr } from '@cloudpam/cidr';
import {
  takenOf,
  type Block,
  type BlockPage,
  type BlockStatus,
  type FreeSpace,
} from '@cloudpam/pools';
import { listOf, PageQuery } from '../../http/common.dto';
import type { CursorPage } from '../../http/list-page';
import {
  BooleanField,
  CidrField,
  DecimalField,
  IdField,
  inQuery,
  ObjectsField,
  TextField,
  WholeField,
  WordField,
} from '../../http/fields';

/** Which blocks of a pool, cut to one size. */
export class CandidatesQuery extends PageQuery {
  @inQuery('number')
  @WholeField({ description: 'The size of the blocks', min: 0, max: 128, example: 24 })
  new_prefix_len!: number;

  @WordField({
    words: ['free', 'used', 'all'],
    name: 'BlockFilter',
    description: 'Which of them; all when left out',
    optional: true,
  })
  status?: BlockStatus;
}

/** A block of the size that was asked for. */
export class BlockDto {
  @CidrField({ description: 'Its addresses' })
  cidr!: string;

  @WordField({
    words: ['free', 'used', 'partial'],
    name: 'BlockStatus',
    description: 'Free, taken as a whole, or taken in part',
  })
  status!: 'free' | 'used' | 'partial';

  @IdField({ description: 'A pool that takes it', nullable: true })
  pool_id!: number | null;

  @TextField({ description: 'The name of that pool', nullable: true })
  pool_name!: string | null;

  static of(block: Block): BlockDto {
    return {
      cidr: formatCidr(block.cidr),
      status: takenOf(block),
      pool_id: block.pool?.id ?? null,
      pool_name: block.pool?.name ?? null,
    };
  }
}

export class BlockPageDto {
  @ObjectsField({ type: () => BlockDto, description: 'The blocks of this page, by address' })
  items!: readonly BlockDto[];

  @DecimalField({
    description: 'How many blocks of this size the pool has, whatever `status` asks for',
  })
  total!: string;

  @BooleanField({ description: 'Never: all blocks are counted', example: false })
  total_is_estimate!: boolean;

  @WholeField({ description: 'The page, from 1' })
  page!: number;

  @WholeField({ description: 'Blocks on a full page' })
  page_size!: number;

  @TextField({ description: 'Where the next page begins; null at the end', nullable: true })
  next_cursor!: string | null;

  static of({ items, total, nextCursor }: BlockPage, page: CursorPage): BlockPageDto {
    return {
      items: items.map(BlockDto.of),
      total: String(total),
      total_is_estimate: false,
      page: page.page ?? 1,
      page_size: page.size,
      next_cursor: page.cursorTo(nextCursor),
    };
  }
}

/** A free block, as large as it goes. */
export class FreeBlockDto {
  @CidrField({ description: 'Its addresses' })
  cidr!: string;

  @DecimalField({ description: 'How many addresses it has' })
  size!: string;

  static of(cidr: Cidr): FreeBlockDto {
    return { cidr: formatCidr(cidr), size: String(addressCount(cidr)) };
  }
}

/** Free blocks, by address. */
export class FreePageDto extends listOf(FreeBlockDto, 'FreePageDto') {
  @CidrField({ description: 'The largest free block; null when nothing is free', nullable: true })
  largest_free!: string | null;

  static of({ blocks, total, largest, next }: FreeSpace, page: CursorPage): FreePageDto {
    return {
      ...page.answer(blocks.map(FreeBlockDto.of), total, next),
      largest_free: largest && formatCidr(largest),
    };
  }
}
