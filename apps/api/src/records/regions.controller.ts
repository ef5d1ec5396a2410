import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReadRegions } from '@cloudpam/reconciliation';
import { Requires } from '../http/access-guard';
import { Context, RequestContext } from '../http/request-context';
import { pageOfAll } from '../http/list-page';
import { Operation } from '../http/operation';
import { STORAGE, type Storage } from '../storage/storage';
import { RegionQuery, RegionsDto } from './dto/region.dto';

/** The regions that there are: what a filter by region can offer. */
@ApiTags('regions')
@Controller('api/v1/regions')
export class RegionsController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get()
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listRegions',
    summary: 'List regions',
    description:
      'Lists the regions of scopes, accounts and pools: what a filter can offer. By name.',
    answer: RegionsDto,
  })
  async list(@Context() context: RequestContext, @Query() query: RegionQuery): Promise<RegionsDto> {
    const regions = await context.query(ReadRegions, this.storage).list(query.account_id);
    return pageOfAll(
      regions.map((region) => ({ region })),
      query,
      'regions',
    );
  }
}
