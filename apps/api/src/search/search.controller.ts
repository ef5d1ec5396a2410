import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { parseRange } from '@cloudpam/cidr';
import { Requires } from '../http/access-guard';
import { ListPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { SearchAnswerDto, SearchQuery } from './dto/search.dto';
import { search } from './search-query';

/** One box that takes anything pasted: an address, a CIDR, a range, a cloud id, a name, a tag. */
@ApiTags('search')
@Controller('api/v1/search')
export class SearchController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get()
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'search',
    summary: 'Search everything',
    description:
      'Finds pools, accounts and discovered resources by what is pasted, best first; whoever has ' +
      'limits finds what lies in them. A resource that a pool stands for is found as that pool.',
    answer: SearchAnswerDto,
  })
  async search(
    @Context() context: RequestContext,
    @Query() query: SearchQuery,
  ): Promise<SearchAnswerDto> {
    const { limit = 20 } = query;
    const page = new ListPage({ ...query, page_size: limit }, 'search');
    const { typed, results, total, estimate, hasMore } = await context
      .seen(this.storage)
      .read((stores) =>
        search(stores, {
          q: query.q ?? '',
          type: query.type,
          vrfId: query.vrf_id,
          skip: page.skip,
          limit,
          contains: query.cidr_contains === undefined ? undefined : parseRange(query.cidr_contains),
          within: query.cidr_within === undefined ? undefined : parseRange(query.cidr_within),
        }),
      );
    return {
      query_kind: typed.form,
      read_as: typed.readAs,
      items: results,
      results,
      total,
      total_is_estimate: estimate,
      next_cursor: hasMore ? page.next : null,
    };
  }
}
