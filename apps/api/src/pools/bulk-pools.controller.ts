import { Body, Controller, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreatePools } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { Operation } from '../http/operation';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { BulkPools } from './bulk-pools';
import { BulkPoolsDto, BulkQuery, BulkResultDto } from './dto/bulk.dto';
import { CREATION_PROBLEMS, NAMED_BY_POOLS } from './pool-problems';
import { poolsGone } from './pools-gone';

/** Making many pools at once. */
@ApiTags('pools')
@Controller('api/v1/pools/bulk')
export class BulkPoolsController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly createPools: CreatePools,
  ) {}

  @Post()
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'createPools',
    summary: 'Create many pools',
    description: 'Makes up to 10,000 pools at once, whatever their order.',
    answer: BulkResultDto,
    problems: CREATION_PROBLEMS,
    named: NAMED_BY_POOLS,
  })
  bulk(
    @Context() context: RequestContext,
    @Query() { mode = 'atomic' }: BulkQuery,
    @Body() body: BulkPoolsDto,
  ): Promise<BulkResultDto> {
    const bulk = BulkPools.read(body, mode);
    return context.write(
      (change) => this.createPools.execute(change, bulk.pools, mode),
      (results) => ({ status: 200, body: bulk.answer(results, context.accessScope) }),
      { named: bulk.rows },
      { isGone: poolsGone(this.storage) },
    );
  }
}
