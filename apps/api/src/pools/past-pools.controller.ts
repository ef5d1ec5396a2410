import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReadHistory } from '@cloudpam/pools';
import { PoolEventDto, PoolEventListDto } from '../audit/dto/audit-entry.dto';
import { Requires } from '../http/access-guard';
import { CursorPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { PastPoolListDto } from './dto/past-pool.dto';
import { PastPoolsQuery } from './dto/pool-query.dto';
import { HistoryQuery } from './dto/pool-routes.dto';
import { PastPools } from './past-pools';

/** Pools as they were, and what happened to them. */
@ApiTags('pools')
@Controller('api/v1/pools')
export class PastPoolsController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly pastPools: PastPools,
  ) {}

  @Get('past')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listPastPools',
    summary: 'List the pools of a time past',
    description:
      'Lists pools as they were, by CIDR, with the filters of the list of pools. Reads the audit ' +
      'log up to then: a time that was asked for before costs less.',
    answer: PastPoolListDto,
  })
  list(
    @Context() context: RequestContext,
    @Query() query: PastPoolsQuery,
  ): Promise<PastPoolListDto> {
    return this.pastPools.list(context, query, query.at, 'at');
  }

  @Get(':id/history')
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
    const page = new CursorPage(query, { history: id });
    const { events, total, hasMore } = await context.query(ReadHistory, this.storage).of(id, {
      size: page.size,
      skip: page.skip,
      before: page.afterId,
    });
    const next = hasMore ? (events.at(-1)?.entry.id ?? null) : null;
    return page.answer(events.map(PoolEventDto.event), total, next);
  }
}
