import { Body, Controller, Delete, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { auditRecord, type AccessScope } from '@cloudpam/audit';
import { addressCount, CidrError, formatCidr, largestFree, parseCidr } from '@cloudpam/cidr';
import {
  blocksOf,
  CreatePools,
  DeletePool,
  PoolError,
  poolHistory,
  poolNotFound,
  UpdatePool,
  type CreateResult,
  type NewPool,
  type Pool,
  type PoolFilter,
} from '@cloudpam/pools';
import { PoolEventListDto } from '../audit/dto/audit-entry.dto';
import { Requires } from '../http/access-guard';
import { BoundCursor } from '../http/bound-cursor';
import { pauses } from '../http/client-gone';
import { schemaOf } from '../http/class-schema';
import { DryRunQuery, type ListOf } from '../http/common.dto';
import { listBody } from '../http/list-page';
import { Operation } from '../http/operation';
import { problemOf } from '../http/problem';
import { createdAnswer, versionedAnswer } from '../http/answer';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { checkOf, recordId, SchemaError } from '../http/schema';
import { withoutHidden } from '../limits/without-hidden';
import type { VisibleStores } from '../limits/visible-stores';
import { STORAGE, type Storage } from '../storage/storage';
import { NAMED_BY_POOLS, SPACE_PROBLEMS } from './pool-problems';
import { poolsGone } from './pools-gone';
import { PastPools } from './past-pools';
import {
  BulkPoolsDto,
  BulkQuery,
  BulkResultDto,
  BulkRowDto,
  BulkRowResultDto,
} from './dto/bulk.dto';
import { BlockPageDto, CandidatesQuery, FreePageDto, FreeQuery } from './dto/block.dto';
import { NewPoolDto, PoolPatchDto } from './dto/new-pool.dto';
import { BlocksQuery, PoolListQuery, PoolPageQuery } from './dto/pool-query.dto';
import { DeleteQuery, DeletionDto, HistoryQuery, TreeQuery } from './dto/pool-routes.dto';
import {
  PastPoolListDto,
  PoolDto,
  PoolListDto,
  PoolsDto,
  PoolTreePageDto,
  TypedPoolListDto,
} from './dto/pool.dto';
import { fieldsOf, filterOf, newPoolOf, poolBrief, sortOf, warningsOf } from './pool-view';
import { treePage } from './tree-page';

/** Pools: read, create, change, delete. */
@ApiTags('pools')
@Controller('api/v1')
export class PoolsController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly createPools: CreatePools,
    private readonly updatePool: UpdatePool,
    private readonly deletePool: DeletePool,
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
    replaced: { as_of: 'listPastPools' },
    headers: ['Link'],
  })
  async list(
    @Context() context: RequestContext,
    @Query() query: PoolListQuery,
  ): Promise<TypedPoolListDto | PastPoolListDto> {
    const { as_of: asOf } = query;
    if (asOf !== undefined) {
      const successor = `/api/v1/pools/past?at=${encodeURIComponent(asOf)}`;
      const past = await this.pastPools.list(context, query, asOf, 'as_of');
      void context.reply.header('link', `<${successor}>; rel="successor-version"`);
      return past;
    }
    const filter = filterOf(query);
    return {
      ...(await this.page(context, filter, query)),
      read_as: filter.typed?.readAs ?? null,
    };
  }

  @Get('blocks')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listBlocks',
    summary: 'List blocks',
    description: 'Lists the pools below others: what is planned or taken.',
    answer: PoolListDto,
  })
  blocks(@Context() context: RequestContext, @Query() query: BlocksQuery): Promise<PoolListDto> {
    const under = idsOf(query.pools, 'pools');
    const accountIds = idsOf(query.accounts, 'accounts', recordId.maximum);
    return this.page(
      context,
      { ...filterOf(query), accountIds, ...(under ? { under } : { nested: true }) },
      query,
    );
  }

  @Post('pools')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'createPool',
    summary: 'Create a pool',
    description:
      'Makes a pool in its place in the tree; pools that it contains become its children.',
    answer: PoolDto,
    status: 201,
    problems: [
      ...SPACE_PROBLEMS,
      'pool_overlap',
      'parent_mismatch',
      'rules_broken',
      'invalid_rules',
      'gone_since',
    ],
    named: NAMED_BY_POOLS,
    headers: ['ETag', 'Location'],
  })
  create(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: NewPoolDto,
  ): Promise<PoolDto> {
    const pool = newPoolOf(body);
    return context.write(
      (change) => this.createPools.execute(change, [pool]),
      ([created]) => {
        if (!created || 'error' in created)
          throw created?.error ?? new PoolError('invalid_field', 'The pool was not created.');
        const made = {
          ...PoolDto.of(created.pool),
          ...warningsOf(created.uses, context.accessScope),
        };
        return createdAnswer(made, '/api/v1/pools');
      },
      { named: [body] },
      { isGone: poolsGone(this.storage) },
    );
  }

  @Post('pools/bulk')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'createPools',
    summary: 'Create many pools',
    description: 'Makes up to 10,000 pools at once, whatever their order.',
    answer: BulkResultDto,
    problems: [
      ...SPACE_PROBLEMS,
      'pool_overlap',
      'parent_mismatch',
      'rules_broken',
      'invalid_rules',
      'gone_since',
    ],
    named: NAMED_BY_POOLS,
  })
  bulk(
    @Context() context: RequestContext,
    @Query() query: BulkQuery,
    @Body() body: BulkPoolsDto,
  ): Promise<BulkResultDto> {
    const mode = query.mode ?? 'atomic';
    const wrong = new Map<number, CidrError | SchemaError>();
    const asked = body.items.flatMap((item, index) => {
      try {
        return [{ index, row: item as NewPoolDto, pool: bulkPoolOf(item) }];
      } catch (error) {
        if (!(error instanceof CidrError || error instanceof SchemaError)) throw error;
        if (mode === 'atomic') throw inRow(error, index);
        wrong.set(index, error);
        return [];
      }
    });
    return context.write(
      (change) =>
        this.createPools.execute(
          change,
          asked.map(({ pool }) => pool),
          mode,
        ),
      (results) => {
        const told = [
          ...results.map((result, at) =>
            bulkRow(asked[at]?.index ?? at, result, context.accessScope),
          ),
          ...[...wrong].map(([index, error]): BulkRowResultDto => ({
            index,
            status: 'error',
            problem: problemOf(error, '/api/v1/pools/bulk', ''),
          })),
        ].sort((a, b) => a.index - b.index);
        return {
          status: 200,
          body: { created: told.filter((each) => each.status === 'created').length, results: told },
        };
      },
      { named: asked.map(({ row }) => row) },
      { isGone: poolsGone(this.storage) },
    );
  }

  @Get('pools/:id')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'getPool',
    summary: 'Get a pool',
    description: 'Gives a pool with its version as ETag.',
    answer: PoolDto,
    problems: ['pool_not_found'],
    headers: ['ETag'],
  })
  async get(@Context() context: RequestContext, @PathId() id: number): Promise<PoolDto> {
    const { pool, count } = await context.seen(this.storage).read(async (stores) => {
      const found = await existing(stores, id);
      return { pool: found, count: (await stores.pools.childCounts([id])).get(id) ?? 0 };
    });
    context.reply.header('etag', `"${pool.version}"`);
    return PoolDto.of(pool, count);
  }

  @Patch('pools/:id')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'updatePool',
    summary: 'Change a pool',
    description:
      'Changes the fields that are given; another CIDR or VRF moves the pool and leaves its ' +
      'children. With If-Match only the version that was read.',
    answer: PoolDto,
    problems: [
      'pool_not_found',
      ...SPACE_PROBLEMS,
      'pool_overlap',
      'cloud_owned',
      'would_orphan_children',
      'rules_broken',
      'invalid_rules',
      'version_mismatch',
    ],
    named: NAMED_BY_POOLS,
    headers: ['ETag'],
  })
  patch(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: PoolPatchDto,
  ): Promise<PoolDto> {
    const patch = {
      ...fieldsOf(body),
      cidr: body.cidr === undefined ? undefined : parseCidr(body.cidr),
      vrfId: body.vrf_id,
    };
    return context.write(
      (change) => this.updatePool.execute(change, id, patch, context.expectedVersion),
      (pool) => versionedAnswer(PoolDto.of(pool)),
      { pools: [id], named: [body] },
      { versioned: true },
    );
  }

  @Delete('pools/:id')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'deletePool',
    summary: 'Delete a pool',
    description: 'Deletes a pool; its children move up to its parent, or go with it (`cascade`).',
    answer: DeletionDto,
    problems: ['pool_not_found', 'cloud_owned', 'version_mismatch'],
  })
  remove(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: DeleteQuery,
  ): Promise<DeletionDto> {
    return context.write(
      (change) =>
        this.deletePool.execute(change, id, {
          cascade: query.cascade,
          expected: context.expectedVersion,
        }),
      (deletion) => ({
        status: 200,
        body: {
          deleted: deletion.deleted.slice(0, 100).map(poolBrief),
          deleted_count: deletion.deleted.length,
          reparented_count: deletion.reparented.length,
        },
      }),
      { pools: [id] },
      { versioned: true },
    );
  }

  @Get('pools/:id/history')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'getPoolHistory',
    summary: 'Get the history of a pool',
    description: 'Gives what happened to a pool, newest first, also after it was deleted.',
    answer: PoolEventListDto,
    problems: ['pool_not_found', 'invalid_cursor'],
  })
  async history(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: HistoryQuery,
  ): Promise<PoolEventListDto> {
    const { page = 1, page_size: size = 50 } = query;
    const bound = new BoundCursor({ history: id });
    const before = bound.readId(query.cursor);
    const from = before === undefined ? { skip: (page - 1) * size } : { before };
    const { events, total, hasMore } = await poolHistory(context.seen(this.storage), id, {
      size,
      ...from,
    });
    if (total === 0) throw poolNotFound(id);
    const items = events.map(({ entry, state }) => ({
      ...auditRecord(entry),
      state: state?.facts ?? null,
    }));
    const next = bound.write(hasMore ? String(events.at(-1)?.entry.id) : null);
    return listBody(items, total, { page: query.page, size }, next);
  }

  @Get('pools/:id/children')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listChildren',
    summary: 'List the children of a pool',
    description: 'Lists the direct children of a pool.',
    answer: PoolListDto,
    problems: ['pool_not_found'],
  })
  async children(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: PoolPageQuery,
  ): Promise<PoolListDto> {
    await context.seen(this.storage).read((stores) => existing(stores, id));
    return this.page(context, { parentId: id }, query);
  }

  @Get('pools/:id/ancestors')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listAncestors',
    summary: 'List the ancestors of a pool',
    description: 'Lists the pools around a pool, the root first.',
    answer: PoolsDto,
    problems: ['pool_not_found'],
  })
  ancestors(@Context() context: RequestContext, @PathId() id: number): Promise<PoolsDto> {
    return context.seen(this.storage).read(async (stores) => {
      await existing(stores, id);
      return { items: (await stores.pools.ancestors(id)).map((pool) => PoolDto.of(pool)) };
    });
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
    const bound = new BoundCursor({ tree: id, depth });
    const wanted = { depth, size, from: bound.read(query.cursor) };
    const pause = pauses(context.gone);
    const seen = context.seen(this.storage);
    const { tree, next } = await seen.read(async (stores) =>
      treePage(stores, await existing(stores, id), wanted, pause),
    );
    return { ...tree, next_cursor: bound.write(next) };
  }

  @Get('pools/:id/blocks')
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
    const { new_prefix_len: length, status = 'all', page_size: size = 50 } = query;
    const bound = new BoundCursor({ blocks: id, length, status });
    const after = bound.read(query.cursor);
    const seen = context.seen(this.storage);
    const page = await seen.read((stores) =>
      blocksOf(stores, id, length, status, size, { cursor: after, page: query.page }),
    );
    return {
      items: page.items.map(({ cidr, free, pool }) => ({
        cidr: formatCidr(cidr),
        status: free
          ? 'free'
          : pool && pool.cidr.prefixLength > cidr.prefixLength
            ? 'partial'
            : 'used',
        pool_id: pool?.id ?? null,
        pool_name: pool?.name ?? null,
      })),
      total: String(page.total),
      page: query.page ?? 1,
      page_size: size,
      next_cursor: bound.write(page.nextCursor),
    };
  }

  @Get('pools/:id/free')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listFreeBlocks',
    summary: 'List the free blocks of a pool',
    description:
      'Lists the free blocks of a pool, each as large as it goes, and tells the largest.',
    answer: FreePageDto,
    problems: ['pool_not_found'],
  })
  free(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: FreeQuery,
  ): Promise<FreePageDto> {
    const size = query.page_size ?? 50;
    const bound = new BoundCursor({ free: id });
    return context.seen(this.storage).read(async (stores) => {
      const pool = await existing(stores, id);
      const after = bound.readNumber(query.cursor);
      const from = after === undefined ? {} : { after };
      const blocks = await stores.pools.freeBlocks(id, {
        order: 'address',
        limit: size + 1,
        ...from,
      });
      const largest = largestFree(
        await stores.pools.freeBlocks(id, {
          order: 'address',
          limit: 1,
          maxPrefixLength: pool.cidr.family === 4 ? 32 : 128,
        }),
      );
      const items = blocks.slice(0, size);
      return {
        items: items.map((block) => ({
          cidr: formatCidr(block),
          size: String(addressCount(block)),
        })),
        largest_free: largest ? formatCidr(largest) : null,
        next_cursor: bound.write(blocks.length > size ? String(items.at(-1)?.first ?? 0n) : null),
      };
    });
  }

  private async page(
    context: RequestContext,
    filter: PoolFilter,
    query: PoolPageQuery,
  ): Promise<ListOf<PoolDto>> {
    const bound = new BoundCursor(filter);
    const page = {
      page: query.page,
      size: query.page_size ?? 50,
      after: bound.read(query.cursor),
      sort: sortOf(query.sort),
    };
    return context.seen(this.storage).read(async (stores) => {
      const { items, total, nextCursor } = await stores.pools.list(filter, page);
      const counts = await stores.pools.childCounts(items.map((pool) => pool.id));
      return listBody(
        items.map((pool) => PoolDto.of(pool, counts.get(pool.id) ?? 0)),
        total,
        page,
        bound.write(nextCursor),
      );
    });
  }
}

async function existing(stores: VisibleStores, id: number): Promise<Pool> {
  const pool = await stores.pools.get(id);
  if (!pool) throw poolNotFound(id);
  return pool;
}

const checkRow = checkOf<BulkRowDto>(schemaOf(BulkRowDto));

/** The pool of a row of the bulk route. @throws SchemaError, CidrError */
function bulkPoolOf(item: unknown): NewPool {
  const { id, parent_id: parentId, ...row } = checkRow(item);
  return newPoolOf(id === undefined ? { ...row, parent_id: parentId } : row);
}

/** What is wrong with a row, said of the whole request. */
function inRow(error: CidrError | SchemaError, index: number): Error {
  if (error instanceof CidrError)
    return new PoolError('invalid_field', `items.${index}: ${error.message}`, {
      field: 'cidr',
      index,
    });
  return new SchemaError(
    error.problems.map((each) => ({
      ...each,
      field: each.field === 'body' ? `items.${index}` : `items.${index}.${each.field}`,
    })),
  );
}

function bulkRow(
  index: number,
  result: CreateResult,
  accessScope: AccessScope | undefined,
): BulkRowResultDto {
  return 'pool' in result
    ? { index, status: 'created', pool_id: result.pool.id, ...warningsOf(result.uses, accessScope) }
    : {
        index,
        status: 'error',
        problem: problemOf(withoutHidden(result.error, accessScope), '/api/v1/pools/bulk', ''),
      };
}

function idsOf(
  text: string | undefined,
  field: string,
  max = Number.MAX_SAFE_INTEGER,
): number[] | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,14}(,[1-9]\d{0,14})*$/.test(text))
    throw new PoolError('invalid_field', `${field} must be ids with commas between them.`, {
      field,
    });
  const ids = text.split(',').map(Number);
  if (ids.some((each) => each > max))
    throw new PoolError('invalid_field', `${field} must be ids up to ${max}.`, { field });
  return ids;
}
