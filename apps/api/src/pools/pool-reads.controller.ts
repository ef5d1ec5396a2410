import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReadPools, ReadTree, type CountedPools } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { pauses } from '../http/client-gone';
import { WholeListQuery, type ListOf } from '../http/common.dto';
import { CursorPage, pageOfAll } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { PastPoolListDto } from './dto/past-pool.dto';
import { BlocksQuery, PoolListQuery, PoolPageQuery } from './dto/pool-query.dto';
import { TreeQuery } from './dto/pool-routes.dto';
import { PoolTreePageDto } from './dto/pool-tree.dto';
import { PoolDto, PoolListDto, TypedPoolListDto } from './dto/pool.dto';
import { PastPools } from './past-pools';
import { blockFilterOf, filterOf, pageOf } from './pool-filter';
import { TreeCursor } from './tree-cursor';

/** Pools as they are: one, lists of them, and the tree. */
@ApiTags('pools')
@Controller('api/v1')
export class PoolReadsController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly pastPools: PastPools,
  ) {}

  @Get('pools')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listPools',
    summary: 'List pools',
    description:
      'Lists pools of all VRFs, narrowed and sorted as asked. With `cursor` each page costs ' +
      'the same, however far it is.',
    answer: TypedPoolListDto,
    compiled: true,
    replaced: { as_of: 'listPastPools' },
    headers: ['Link'],
  })
  async list(
    @Context() context: RequestContext,
    @Query() query: PoolListQuery,
  ): Promise<TypedPoolListDto | PastPoolListDto> {
    if (query.as_of !== undefined) {
      const past = await this.pastPools.formerly(context, query, query.as_of);
      // It is of another class; a problem has its own text.
      void context.reply.type('application/json; charset=utf-8').serializer(JSON.stringify);
      return past;
    }
    const filter = filterOf(query);
    const page = new CursorPage(query, filter);
    const found = await this.pools(context).list(filter, pageOf(query, page));
    return { ...answerOf(found, page), read_as: filter.typed?.readAs ?? null };
  }

  @Get('blocks')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listBlocks',
    summary: 'List blocks',
    description: 'Lists the pools below others: what is planned or taken.',
    answer: PoolListDto,
    compiled: true,
  })
  async blocks(
    @Context() context: RequestContext,
    @Query() query: BlocksQuery,
  ): Promise<PoolListDto> {
    const filter = blockFilterOf(query);
    const page = new CursorPage(query, filter);
    return answerOf(await this.pools(context).list(filter, pageOf(query, page)), page);
  }

  @Get('pools/:id')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'getPool',
    summary: 'Get a pool',
    description: 'Gives a pool with its version as ETag.',
    answer: PoolDto,
    compiled: true,
    problems: ['pool_not_found'],
    headers: ['ETag'],
  })
  async get(@Context() context: RequestContext, @PathId() id: number): Promise<PoolDto> {
    const found = await this.pools(context).get(id);
    context.reply.header('etag', `"${found.pool.version}"`);
    return PoolDto.counted(found);
  }

  @Get('pools/:id/children')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listChildren',
    summary: 'List the children of a pool',
    description: 'Lists the direct children of a pool.',
    answer: PoolListDto,
    compiled: true,
    problems: ['pool_not_found'],
  })
  async children(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: PoolPageQuery,
  ): Promise<PoolListDto> {
    const page = new CursorPage(query, { parentId: id });
    return answerOf(await this.pools(context).children(id, pageOf(query, page)), page);
  }

  @Get('pools/:id/ancestors')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listAncestors',
    summary: 'List the ancestors of a pool',
    description: 'Lists the pools around a pool, the root first.',
    answer: PoolListDto,
    compiled: true,
    problems: ['pool_not_found'],
  })
  async ancestors(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: WholeListQuery,
  ): Promise<PoolListDto> {
    const ancestors = await this.pools(context).ancestors(id);
    return pageOfAll(ancestors.map(PoolDto.of), query, `ancestors of ${id}`);
  }

  @Get('pools/:id/tree')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'getPoolTree',
    summary: 'Get the tree below a pool',
    description: 'Gives the tree below a pool page by page: each page is a tree itself.',
    answer: PoolTreePageDto,
    problems: ['pool_not_found', 'invalid_cursor'],
  })
  async tree(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: TreeQuery,
  ): Promise<PoolTreePageDto> {
    const { depth = 2, page_size: size = 500 } = query;
    const cursor = new TreeCursor(id, depth);
    const trees = context.query(ReadTree, this.storage, pauses(context.gone));
    const page = await trees.below(id, { depth, size, from: cursor.read(query.cursor) });
    return PoolTreePageDto.page(page, cursor.write(page.rest));
  }

  private pools(context: RequestContext): ReadPools {
    return context.query(ReadPools, this.storage);
  }
}

function answerOf({ items, total, nextCursor }: CountedPools, page: CursorPage): ListOf<PoolDto> {
  return page.answer(items.map(PoolDto.counted), total, nextCursor);
}
