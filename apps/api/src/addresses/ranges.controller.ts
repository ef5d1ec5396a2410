import { Body, Controller, Delete, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { AddressRange } from '@cloudpam/cidr';
import { KeepRanges, ReadRanges, type RangeFields, type RangeList } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { createdAnswer, versionedAnswer } from '../http/answer';
import { DryRunQuery } from '../http/common.dto';
import { CursorPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { SchemaError } from '../http/schema';
import { STORAGE, type Storage } from '../storage/storage';
import { rangeFilterOf } from './address-filter';
import { addressIn } from './address-in';
import {
  NewRangeDto,
  RangeDto,
  RangeListDto,
  RangePatchDto,
  RangeQuery,
  type RangeFieldsDto,
} from './dto/range.dto';

/** Ranges of addresses: kept apart, changed and ended. */
@ApiTags('addresses')
@Controller('api/v1')
export class RangesController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly keepRanges: KeepRanges,
  ) {}

  @Get('ranges')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listRanges',
    summary: 'List ranges',
    description:
      'Lists ranges of all VRFs by address, narrowed as asked; with what is in quarantine.',
    answer: RangeListDto,
  })
  async list(
    @Context() context: RequestContext,
    @Query() query: RangeQuery,
  ): Promise<RangeListDto> {
    const filter = rangeFilterOf(query);
    const page = new CursorPage(query, filter);
    return answerOf(await this.ranges(context).list(filter, page), page);
  }

  @Get('ranges/:id')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'getRange',
    summary: 'Get a range',
    description: 'Gives a range with its version as ETag.',
    answer: RangeDto,
    problems: ['range_not_found'],
    headers: ['ETag'],
  })
  async get(@Context() context: RequestContext, @PathId() id: number): Promise<RangeDto> {
    const record = await this.ranges(context).get(id);
    context.reply.header('etag', `"${record.version}"`);
    return RangeDto.of(record);
  }

  @Patch('ranges/:id')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'updateRange',
    summary: 'Change a range',
    description:
      'Changes the fields that are given; with If-Match only the version that was read. Its addresses stay.',
    answer: RangeDto,
    problems: ['range_not_found', 'version_mismatch'],
    named: ['account_not_found'],
    headers: ['ETag'],
  })
  patch(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: RangePatchDto,
  ): Promise<RangeDto> {
    return context.write(
      (change) => this.keepRanges.update(change, id, fieldsOf(body), context.expectedVersion),
      (record) => versionedAnswer(RangeDto.of(record)),
      { ranges: [id], named: [body] },
      { versioned: true },
    );
  }

  @Delete('ranges/:id')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'deleteRange',
    summary: 'End a range',
    description:
      'Deletes a range, and gives what it was: what nobody has of it is free. A quarantine is ended so by ' +
      'whoever has deleted what was there.',
    answer: RangeDto,
    problems: ['range_not_found', 'version_mismatch', 'quarantined'],
    headers: ['ETag'],
  })
  remove(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
  ): Promise<RangeDto> {
    return context.write(
      (change) => this.keepRanges.delete(change, id, context.expectedVersion),
      (record) => versionedAnswer(RangeDto.of(record)),
      { ranges: [id] },
      { versioned: true },
    );
  }

  @Post('ranges/:id/release')
  @Requires('quarantine:release', 'within limits')
  @Operation({
    id: 'releaseRange',
    summary: 'Release a quarantine',
    description: 'Ends a quarantine before its time: its addresses are free.',
    answer: RangeDto,
    problems: ['range_not_found', 'version_mismatch'],
    headers: ['ETag'],
  })
  release(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
  ): Promise<RangeDto> {
    return context.write(
      (change) => this.keepRanges.release(change, id, context.expectedVersion),
      (record) => versionedAnswer(RangeDto.of(record)),
      { ranges: [id] },
      { versioned: true },
    );
  }

  @Get('pools/:id/ranges')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listPoolRanges',
    summary: 'List the ranges of a pool',
    description: 'Lists the ranges that lie in a pool and in no pool below it.',
    answer: RangeListDto,
    problems: ['pool_not_found'],
  })
  async ofPool(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: RangeQuery,
  ): Promise<RangeListDto> {
    const filter = rangeFilterOf(query);
    const page = new CursorPage(query, { ...filter, rangesOf: id });
    return answerOf(await this.ranges(context).ofPool(id, filter, page), page);
  }

  @Post('pools/:id/ranges')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'createRange',
    summary: 'Keep a range apart',
    description:
      'Keeps addresses of a pool apart: no pool, no allocation and no other range gets them. Addresses are ' +
      'taken out of it by its id.',
    answer: RangeDto,
    status: 201,
    problems: [
      'pool_not_found',
      'invalid_address',
      'refused_range',
      'pool_overlap',
      'address_taken',
      'range_taken',
      'quarantined',
      'gone_since',
    ],
    named: ['account_not_found'],
    headers: ['ETag', 'Location'],
  })
  create(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: NewRangeDto,
  ): Promise<RangeDto> {
    const span = spanIn(body);
    return context.write(
      (change) =>
        this.keepRanges.create(change, id, {
          ...fieldsOf(body),
          span,
          withAddresses: body.with_addresses,
        }),
      (record) => createdAnswer(RangeDto.of(record), '/api/v1/ranges'),
      { pools: [id], named: [body] },
      {
        isGone: async (answer) => {
          const { id: made } = answer as Partial<RangeDto>; // of this route
          return !(await new ReadRanges(this.storage.unitOfWork).has(made ?? 0));
        },
      },
    );
  }

  private ranges(context: RequestContext): ReadRanges {
    return context.query(ReadRanges, this.storage);
  }
}

/** The addresses that a body names. @throws SchemaError `invalid_address` */
function spanIn({ start_address: start, end_address: end }: NewRangeDto): AddressRange {
  const [first, last] = [addressIn('start_address', start), addressIn('end_address', end)];
  if (first.family !== last.family || first.value > last.value)
    throw new SchemaError([
      {
        field: 'end_address',
        code: 'invalid_address',
        detail: 'end_address is of the family of start_address, and not before it.',
      },
    ]);
  return { family: first.family, first: first.value, last: last.value };
}

/** The fields that a body sets; those it leaves out are left out. */
function fieldsOf(body: RangeFieldsDto): Partial<RangeFields> {
  const { name, purpose, description, tags } = body;
  const { counts_as_used: countsAsUsed, account_id: accountId } = body;
  const fields = { name, purpose, countsAsUsed, accountId, description, tags };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function answerOf(found: RangeList, page: CursorPage): RangeListDto {
  return page.answer(found.items.map(RangeDto.of), found.total, found.nextCursor);
}
