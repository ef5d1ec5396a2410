import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '../http/access-guard';
import { Context, RequestContext } from '../http/request-context';
import { Described, object, QueryOf, recordId, ref } from '../http/schema';
import { STORAGE, type Storage } from '../storage';

const QUERY = object({ account_id: recordId }, []);
/** How many accounts are looked at for the regions that people gave them. */
const ACCOUNTS = 10_000;

/** The regions that there are: what a filter by region can offer. */
@ApiTags('regions')
@Controller('api/v1/regions')
export class RegionsController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get()
  @Requires('pools:read', 'within limits')
  @Described({ query: QUERY, answer: ref('Regions') })
  list(
    @Context() context: RequestContext,
    @QueryOf(QUERY) { account_id: accountId }: { account_id?: number },
  ): Promise<unknown> {
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
