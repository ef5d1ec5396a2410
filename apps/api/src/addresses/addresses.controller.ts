import { Body, Controller, Delete, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AllocateAddresses,
  dnsNameOf,
  GLOBAL_VRF_ID,
  hostOf,
  KeepAddresses,
  PoolError,
  macOf,
  ReadAddresses,
  type AddressFields,
  type AddressFilter,
  type AddressList,
  type AddressRecord,
} from '@cloudpam/pools';
import { ReadObserved } from '@cloudpam/reconciliation';
import { Requires } from '../http/access-guard';
import { createdAnswer, versionedAnswer } from '../http/answer';
import { DryRunQuery, type TypedListOf } from '../http/common.dto';
import { CursorPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { addressFilterOf } from './address-filter';
import { addressIn } from './address-in';
import {
  AddressAllocationDto,
  AddressDto,
  AddressesDto,
  BulkAddressesDto,
  AddressListDto,
  AddressPatchDto,
  AddressQuery,
  ForbiddenAddressDto,
  NewAddressDto,
  PoolAddressListDto,
  type AddressFieldsDto,
} from './dto/address.dto';
import { AddressUseDto } from './dto/observed.dto';

/** Single addresses: taken out of a pool, recorded, changed and given back. */
@ApiTags('addresses')
@Controller('api/v1')
export class AddressesController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly allocateAddresses: AllocateAddresses,
    private readonly keepAddresses: KeepAddresses,
  ) {}

  @Get('addresses')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listAddresses',
    summary: 'List addresses',
    description: 'Lists address records of all VRFs by address, narrowed as asked.',
    answer: AddressListDto,
  })
  async list(
    @Context() context: RequestContext,
    @Query() query: AddressQuery,
  ): Promise<AddressListDto> {
    const filter = addressFilterOf(query);
    const page = new CursorPage(query, filter);
    const found = await this.addresses(context).list(filter, page);
    return answerOf(await this.observedWith(context, found.items), found, page, filter);
  }

  @Post('addresses')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'createAddress',
    summary: 'Record an address',
    description:
      'Records an address that was chosen elsewhere, in the smallest pool around it. To have one chosen, ' +
      'ask a pool for it.',
    answer: AddressDto,
    status: 201,
    problems: [
      'invalid_address',
      'refused_range',
      'address_taken',
      'address_in_use',
      'address_reserved',
      'range_taken',
      'quarantined',
      'gone_since',
    ],
    named: ['account_not_found', 'vrf_not_found', 'range_not_found'],
    headers: ['ETag', 'Location'],
  })
  create(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: NewAddressDto,
  ): Promise<AddressDto> {
    const { family, value } = addressIn('address', body.address);
    const host = hostOf(family, value);
    return context.write(
      (change) =>
        this.keepAddresses.create(
          change,
          body.vrf_id ?? GLOBAL_VRF_ID,
          host,
          {
            ...fieldsOf(body),
            ...(body.range_id === undefined ? {} : { rangeId: body.range_id }),
          },
          body.accept_observed,
        ),
      (record) => createdAnswer(AddressDto.of(record), '/api/v1/addresses'),
      { named: [body] },
      { isGone: this.areGone },
    );
  }

  @Get('addresses/:id')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'getAddress',
    summary: 'Get an address',
    description: 'Gives an address record with its version as ETag.',
    answer: AddressDto,
    problems: ['address_not_found'],
    headers: ['ETag'],
  })
  async get(@Context() context: RequestContext, @PathId() id: number): Promise<AddressDto> {
    const record = await this.addresses(context).get(id);
    context.reply.header('etag', `"${record.version}"`);
    const [answer] = await this.observedWith(context, [record]);
    return answer ?? AddressDto.of(record);
  }

  @Patch('addresses/:id')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'updateAddress',
    summary: 'Change an address',
    description: 'Changes the fields that are given; with If-Match only the version that was read.',
    answer: AddressDto,
    problems: ['address_not_found', 'version_mismatch'],
    named: ['account_not_found'],
    headers: ['ETag'],
  })
  patch(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: AddressPatchDto,
  ): Promise<AddressDto> {
    return context.write(
      (change) => this.keepAddresses.update(change, id, fieldsOf(body), context.expectedVersion),
      (record) => versionedAnswer(AddressDto.of(record)),
      { addresses: [id], named: [body] },
      { versioned: true },
    );
  }

  @Delete('addresses/:id')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'deleteAddress',
    summary: 'Give an address back',
    description: 'Deletes an address record, and gives what it was: the address is free again.',
    answer: AddressDto,
    problems: ['address_not_found', 'version_mismatch'],
    headers: ['ETag'],
  })
  remove(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
  ): Promise<AddressDto> {
    return context.write(
      (change) => this.keepAddresses.delete(change, id, context.expectedVersion),
      (record) => versionedAnswer(AddressDto.of(record)),
      { addresses: [id] },
      { versioned: true },
    );
  }

  @Post('addresses/bulk')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'changeAddresses',
    summary: 'Change many addresses',
    description:
      'Changes the same of up to 1,000 addresses, or gives them back: all of them, or none. Answers what they ' +
      'are then, or what they were.',
    answer: AddressesDto,
    problems: ['address_not_found'],
    named: ['account_not_found'],
  })
  bulk(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() { ids, action, set }: BulkAddressesDto,
  ): Promise<AddressesDto> {
    if ((action === 'update') !== (set !== undefined))
      throw new PoolError(
        'invalid_field',
        'set says what action=update changes, and nothing else has it.',
        {
          field: 'set',
        },
      );
    return context.write(
      (change) =>
        set
          ? this.keepAddresses.updateMany(change, ids, fieldsOf(set))
          : this.keepAddresses.deleteMany(change, ids),
      (records) => ({ status: 200, body: { items: records.map(AddressDto.of) } }),
      { addresses: ids, named: set ? [set] : [] },
    );
  }

  @Get('pools/:id/addresses')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listPoolAddresses',
    summary: 'List the addresses of a pool',
    description:
      'Lists the address records that lie in a pool and in no pool below it, and which of its addresses ' +
      'nobody gets.',
    answer: PoolAddressListDto,
    problems: ['pool_not_found'],
  })
  async ofPool(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: AddressQuery,
  ): Promise<PoolAddressListDto> {
    const filter = addressFilterOf(query);
    const page = new CursorPage(query, { ...filter, addressesOf: id });
    const found = await this.addresses(context).ofPool(id, filter, page);
    return {
      ...answerOf(await this.observedWith(context, found.items), found, page, filter),
      forbidden: found.forbidden.map(ForbiddenAddressDto.of),
    };
  }

  @Post('pools/:id/addresses')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'allocateAddresses',
    summary: 'Take addresses of a pool',
    description:
      'Takes free addresses of a pool. Callers never get the same one, nor one that a pool is made of.',
    answer: AddressesDto,
    status: 201,
    problems: [
      'pool_not_found',
      'pool_exhausted',
      'hosts_not_counted',
      'range_taken',
      'gone_since',
    ],
    named: ['account_not_found', 'range_not_found'],
    headers: ['Location'],
  })
  allocate(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: AddressAllocationDto,
  ): Promise<AddressesDto> {
    const request = {
      ...fieldsOf(body),
      poolId: id,
      count: body.count,
      strategy: body.strategy,
      rangeId: body.range_id,
      acceptUncountedHosts: body.accept_uncounted_hosts,
    };
    return context.write(
      (change) => this.allocateAddresses.execute(change, request),
      (records) => ({
        status: 201,
        body: { items: records.map(AddressDto.of) },
        headers: { location: `/api/v1/addresses/${records[0]?.id ?? ''}` },
      }),
      { pools: [id], named: [body] },
      { isGone: this.areGone },
    );
  }

  /** Whether one of the addresses that an answer of ours tells of is there no more. */
  private readonly areGone = async (body: unknown): Promise<boolean> => {
    const { id, items = [] } = body as Partial<AddressDto & AddressesDto>; // of the two routes that ask
    const ids = [...items.map((each) => each.id), ...(id === undefined ? [] : [id])];
    return !(await new ReadAddresses(this.storage.unitOfWork).has(ids));
  };

  /** Records with what has their addresses in clouds. */
  private async observedWith(
    context: RequestContext,
    records: readonly AddressRecord[],
  ): Promise<AddressDto[]> {
    const uses = await context.query(ReadObserved, this.storage).ofRecords(records);
    return records.map((record) => {
      const use = uses.get(record.id);
      return { ...AddressDto.of(record), observed: use ? AddressUseDto.of(use) : null };
    });
  }

  private addresses(context: RequestContext): ReadAddresses {
    return context.query(ReadAddresses, this.storage);
  }
}

/** The fields that a body sets; those it leaves out are left out. */
function fieldsOf(body: AddressFieldsDto): Partial<AddressFields> {
  const { name, status, role, dns_name: dnsName, mac, account_id: accountId } = body;
  const { description, tags, expires_at: expiresAt } = body;
  const fields = {
    name,
    status,
    role,
    dnsName: typeof dnsName === 'string' ? dnsNameOf(dnsName) : dnsName,
    mac: typeof mac === 'string' ? macOf(mac) : mac,
    accountId,
    description,
    tags,
    expiresAt: typeof expiresAt === 'string' ? new Date(expiresAt) : expiresAt,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function answerOf(
  items: readonly AddressDto[],
  found: AddressList,
  page: CursorPage,
  { typed }: AddressFilter,
): TypedListOf<AddressDto> {
  const list = page.answer(items, found.total, found.nextCursor);
  return { ...list, read_as: typed?.readAs ?? null };
}
