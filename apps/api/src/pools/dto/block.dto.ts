import { addressCount, formatCidr, type Cidr } from '@cloudpam/cidr';
import {
  takenOf,
  type Block,
  type BlockPage,
  type BlockStatus,
  type FreeSpace,
} from '@cloudpam/pools';
import { PageQuery } from '../../http/common.dto';
import type { CursorPage } from '../../http/list-page';
import {
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

  @DecimalField({ description: 'How many blocks there are' })
  total!: string;

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
      page: page.page ?? 1,
      page_size: page.size,
      next_cursor: page.cursorTo(nextCursor),
    };
  }
}

export class FreeQuery {
  @TextField({ description: '`next_cursor` of the page before', max: 200, optional: true })
  cursor?: string;

  @inQuery('number')
  @WholeField({ description: 'Blocks on a page', min: 1, max: 500, optional: true, default: 50 })
  page_size?: number;
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

export class FreePageDto {
  @ObjectsField({ type: () => FreeBlockDto, description: 'Free blocks, by address' })
  items!: readonly FreeBlockDto[];

  @CidrField({ description: 'The largest free block; null when nothing is free', nullable: true })
  largest_free!: string | null;

  @TextField({ description: 'Where the next page begins; null at the end', nullable: true })
  next_cursor!: string | null;

  static of({ blocks, largest, next }: FreeSpace, page: CursorPage): FreePageDto {
    return {
      items: blocks.map(FreeBlockDto.of),
      largest_free: largest && formatCidr(largest),
      next_cursor: page.cursorTo(next),
    };
  }
}
