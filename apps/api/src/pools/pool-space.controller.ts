import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReadPools } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { PageQuery } from '../http/common.dto';
import { CursorPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { BlockPageDto, CandidatesQuery, FreePageDto } from './dto/block.dto';

/** The space inside pools: what of it is free, and what is taken. */
@ApiTags('pools')
@Controller('api/v1/pools/:id')
export class PoolSpaceController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get('blocks')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listCandidates',
    summary: 'List the blocks of a size in a pool',
    description: 'Lists all blocks of one size in a pool, free and taken.',
    answer: BlockPageDto,
    problems: ['pool_not_found', 'invalid_prefix_length'],
  })
  async candidates(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: CandidatesQuery,
  ): Promise<BlockPageDto> {
    const { new_prefix_len: length, status = 'all' } = query;
    const page = new CursorPage(query, { blocks: id, length, status });
    const blocks = await context
      .query(ReadPools, this.storage)
      .blocks(
        id,
        { prefixLength: length, status, size: page.size },
        { cursor: page.after, page: page.page },
      );
    return BlockPageDto.of(blocks, page);
  }

  @Get('free')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listFreeBlocks',
    summary: 'List the free blocks of a pool',
    description:
      'Lists the free blocks of a pool, each as large as it goes, and tells the largest.',
    answer: FreePageDto,
    problems: ['pool_not_found'],
  })
  async free(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: PageQuery,
  ): Promise<FreePageDto> {
    const page = new CursorPage(query, { free: id });
    const pools = context.query(ReadPools, this.storage);
    const from = { after: page.afterNumber, skip: page.skip };
    return FreePageDto.of(await pools.free(id, page.size, from), page);
  }
}
