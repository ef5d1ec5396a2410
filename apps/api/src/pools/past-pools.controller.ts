import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '../http/access-guard';
import { Operation } from '../http/operation';
import { Context, RequestContext } from '../http/request-context';
import { PastPoolsQuery } from './dto/pool-query.dto';
import { PastPoolListDto } from './dto/pool.dto';
import { PastPools } from './past-pools';

/** Pools as they were. */
@ApiTags('pools')
@Controller('api/v1/pools/past')
export class PastPoolsController {
  constructor(private readonly pastPools: PastPools) {}

  @Get()
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
}
