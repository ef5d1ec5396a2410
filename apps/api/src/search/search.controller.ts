import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { parseRange } from '@cloudpam/cidr';
import { Requires } from '../http/access-guard';
import { Context, RequestContext } from '../http/request-context';
import {
  bool,
  Described,
  id,
  integer,
  list,
  object,
  oneOf,
  QueryOf,
  READ_AS,
  recordId,
  ref,
  text,
  type Schema,
} from '../http/schema';
import { STORAGE, type Storage } from '../storage';
import { MATCHES, RESULT_TYPES, search, type ResultType } from './search-query';

const QUERY = object(
  {
    q: text(500),
    type: oneOf(RESULT_TYPES),
    cidr_contains: text(100),
    cidr_within: text(100),
    vrf_id: recordId,
    limit: integer(1, 100),
  },
  [],
);
export const SEARCH_COMPONENTS: Record<string, Schema> = {
  SearchResult: object(
    {
      type: oneOf(RESULT_TYPES),
      id,
      title: text(),
      subtitle: text(),
      cidr: text(),
      vrf_id: recordId,
      vrf_name: text(),
      account_id: recordId,
      account_key: text(),
      pool: ref('Pool'),
      account: ref('Account'),
      match: oneOf(MATCHES),
    },
    ['type', 'id', 'title', 'subtitle', 'match'],
  ),
  SearchAnswer: object({
    query_kind: oneOf(['ip', 'cidr', 'range', 'tag', 'text']),
    ...READ_AS,
    results: list(ref('SearchResult')),
    total: { type: 'integer', description: 'All that was found, also beyond `limit`' },
    total_is_estimate: bool,
  }),
};

interface Query {
  q?: string;
  type?: ResultType;
  cidr_contains?: string;
  cidr_within?: string;
  vrf_id?: number;
  limit?: number;
}

/** One box that takes anything pasted: an address, a CIDR, a range, a cloud id, a name, a tag. */
@ApiTags('search')
@Controller('api/v1/search')
export class SearchController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get()
  @Requires('pools:read', 'within limits')
  @Described({ query: QUERY, answer: ref('SearchAnswer') })
  async search(@Context() context: RequestContext, @QueryOf(QUERY) query: Query): Promise<unknown> {
    const { typed, results, total, estimate } = await context.seen(this.storage).read((stores) =>
      search(stores, {
        q: query.q ?? '',
        type: query.type,
        vrfId: query.vrf_id,
        limit: query.limit ?? 20,
        contains: query.cidr_contains === undefined ? undefined : parseRange(query.cidr_contains),
        within: query.cidr_within === undefined ? undefined : parseRange(query.cidr_within),
      }),
    );
    return {
      query_kind: typed.form,
      read_as: typed.readAs,
      results,
      total,
      total_is_estimate: estimate,
    };
  }
}
