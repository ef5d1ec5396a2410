import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '../http/access-guard';
import { Context, RequestContext } from '../http/request-context';
import { Operation } from '../http/operation';
import { STORAGE, type Storage } from '../storage/storage';
import { RegionQuery, RegionsDto } from './dto/region.dto';

/** How many accounts are looked at for the regions that people gave them. */
const ACCOUNTS = 10_000;

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
    description: 'Lists the regions of scopes, accounts and pools: what a filter can offer.',
    answer: RegionsDto,
  })
  list(
    @Context() context: RequestContext,
    @Query() { account_id: accountId }: RegionQuery,
  ): Promise<RegionsDto> {
    return context.seen(this.storage).read(async (stores) => {
      const scopes = (await stores.discovery.scopeStates()).filter(
        (scope) => accountId === undefined || scope.accountId === accountId,
      );
      const accounts =
        accountId === undefined
          ? (await stores.accounts.list({}, 1, ACCOUNTS)).items
          : await stores.accounts.getMany([accountId]);
      const ofPools = accountId === undefined ? await stores.pools.regions() : [];
      const names = new Set([
        ...scopes.map(({ region }) => region),
        ...accounts.flatMap(({ regions }) => regions),
        ...ofPools,
      ]);
      return { items: [...names].sort().map((region) => ({ region })) };
    });
  }
}
