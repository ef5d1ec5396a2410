import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Search } from '@cloudpam/reconciliation';
import { Requires } from '../http/access-guard';
import { rangeOf } from '../http/address-range';
import { ListPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { SearchAnswerDto, SearchQuery } from './dto/search.dto';

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
      'Finds pools, address records, ranges, accounts and discovered resources by what is pasted, best first; ' +
      'whoever has limits finds what lies in them. A resource that a pool stands for is found as that pool.',
    answer: SearchAnswerDto,
    compiled: true,
  })
  async search(
    @Context() context: RequestContext,
    @Query() query: SearchQuery,
  ): Promise<SearchAnswerDto> {
    const { limit = 20 } = query;
    const page = new ListPage({ ...query, page_size: limit }, 'search');
    const answer = await context.query(Search, this.storage).find({
      text: query.q ?? '',
      type: query.type,
      vrfId: query.vrf_id,
      contains: rangeOf(query.cidr_contains),
      within: rangeOf(query.cidr_within),
      skip: page.skip,
      limit,
    });
    return SearchAnswerDto.of(answer, page);
  }
}
