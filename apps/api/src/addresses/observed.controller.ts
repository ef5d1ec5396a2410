import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReadObserved } from '@cloudpam/reconciliation';
import { Requires } from '../http/access-guard';
import { rangeOf } from '../http/address-range';
import { CursorPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import {
  HostUsageDto,
  ObservedAddressDto,
  ObservedAddressListDto,
  ObservedQuery,
} from './dto/observed.dto';

/** Addresses that clouds have given to something. */
@ApiTags('addresses')
@Controller('api/v1/pools')
export class ObservedController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get(':id/observed-addresses')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listObservedAddresses',
    summary: 'List what has addresses of a pool in clouds',
    description:
      'Lists by address what clouds have given the addresses of a pool to, those of pools below it and those ' +
      'that are gone and still held among them. Collectors list them with --interfaces.',
    answer: ObservedAddressListDto,
    problems: ['pool_not_found'],
  })
  async list(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: ObservedQuery,
  ): Promise<ObservedAddressListDto> {
    const { name, cidr_within: text } = query;
    const page = new CursorPage(query, { name, within: text, observedIn: id });
    const filter = { name, within: rangeOf(text) };
    const found = await this.observed(context).ofPool(id, filter, page);
    return page.answer(found.items.map(ObservedAddressDto.of), found.total, found.nextCursor);
  }

  @Get(':id/host-usage')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'getHostUsage',
    summary: 'Tell how hosts fill a pool',
    description:
      'Counts the addresses of a pool: those that nobody gets, those that clouds have given to something, those ' +
      'with a record, and those that can be given out. What others have counts, though it may not be told.',
    answer: HostUsageDto,
    problems: ['pool_not_found'],
  })
  async usage(@Context() context: RequestContext, @PathId() id: number): Promise<HostUsageDto> {
    return HostUsageDto.of(await this.observed(context).hostUsage(id));
  }

  private observed(context: RequestContext): ReadObserved {
    return context.query(ReadObserved, this.storage);
  }
}
