import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReadPastAddresses, ReadPools } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { pauses } from '../http/client-gone';
import { CursorPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { instantOf, SchemaError } from '../http/schema';
import { STORAGE, type Storage } from '../storage/storage';
import { PastAddressDto, PastAddressesQuery, PastAddressListDto } from './dto/past-address.dto';

/** Address records as they were. */
@ApiTags('addresses')
@Controller('api/v1/pools')
export class PastAddressesController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get(':id/addresses/past')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listPastAddresses',
    summary: 'List the addresses of a time past',
    description:
      'Lists the address records that lay in the CIDR of a pool at a time, by address, those of pools below it ' +
      'among them. Reads what the audit log tells of addresses there until then.',
    answer: PastAddressListDto,
    problems: ['pool_not_found', 'refused_range'],
  })
  async list(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: PastAddressesQuery,
  ): Promise<PastAddressListDto> {
    const at = instantOf(query.at, 'at');
    if (at > new Date())
      throw new SchemaError([{ field: 'at', code: 'invalid_field', detail: 'lies in the future' }]);
    const page = new CursorPage(query, { pastAddressesOf: id, at: query.at, name: query.name });
    const { pool } = await context.query(ReadPools, this.storage).get(id);
    const { gone, accessScope } = context;
    const past = new ReadPastAddresses(this.storage.unitOfWork, accessScope);
    const { cidr, vrfId } = pool;
    const filter = { cidr, vrfId, name: query.name };
    const found = await past.within(filter, at, page, pauses(gone));
    return page.answer(found.items.map(PastAddressDto.of), found.total, found.nextCursor);
  }
}
