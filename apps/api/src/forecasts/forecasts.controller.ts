import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { dayOf, ReadForecasts } from '@cloudpam/forecast';
import { Requires } from '../http/access-guard';
import { CursorPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { SchemaError } from '../http/schema';
import { STORAGE, type Storage } from '../storage/storage';
import { readDay } from './dto/day';
import {
  EndingQuery,
  ForecastQuery,
  PoolForecastDto,
  PoolForecastListDto,
} from './dto/forecast.dto';
import { PoolUsageDto, UsageQuery } from './dto/usage.dto';

const YEAR = 365;
const LONGEST_DAYS = 20 * YEAR;
const STANDARD_WITHIN = '90d';

/** How pools were used, and when they end. */
@ApiTags('forecasts')
@Controller('api/v1')
export class ForecastsController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get('pools/:id/usage')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'getPoolUsage',
    summary: 'Get how a pool was used',
    description:
      'Gives the days on which the space of a pool has changed. They are counted out of the audit log, a few ' +
      'seconds behind it; a long time is told in steps of weeks or months.',
    answer: PoolUsageDto,
    problems: ['pool_not_found'],
  })
  async usage(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: UsageQuery,
  ): Promise<PoolUsageDto> {
    const to = query.to === undefined ? dayOf(new Date()) : readDay('to', query.to);
    const from = query.from === undefined ? to - YEAR : readDay('from', query.from);
    if (from > to || to - from > LONGEST_DAYS)
      throw new SchemaError([
        {
          field: 'from',
          code: 'invalid_field',
          detail: 'must be `to` or up to 20 years before it',
        },
      ]);
    return PoolUsageDto.of(await this.forecasts(context).history(id, from, to), from, to);
  }

  @Get('pools/:id/forecast')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'getPoolForecast',
    summary: 'Get when a pool ends',
    description:
      'Tells when a block of a prefix length no longer fits into a pool, by its growth of up to three years; ' +
      'or why no honest day can be told. The same past gives the same answer.',
    answer: PoolForecastDto,
    problems: ['pool_not_found', 'invalid_prefix_length'],
  })
  async forecast(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() query: ForecastQuery,
  ): Promise<PoolForecastDto> {
    const today = dayOf(new Date());
    return PoolForecastDto.of(await this.forecasts(context).ofPool(id, query.prefix_length, today));
  }

  @Get('forecasts')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listForecasts',
    summary: 'List pools that end soon',
    description:
      'Lists pools into which a block of their usual length soon no longer fits, as it was told in the last ' +
      'night, the soonest first.',
    answer: PoolForecastListDto,
  })
  async ending(
    @Context() context: RequestContext,
    @Query() query: EndingQuery,
  ): Promise<PoolForecastListDto> {
    const { within = STANDARD_WITHIN, vrf_id: vrfId, account_id: accountId } = query;
    const page = new CursorPage(query, { forecasts: within, vrfId, accountId });
    const until = dayOf(new Date()) + Number.parseInt(within, 10);
    const { size, skip, after } = page;
    const found = await this.forecasts(context).ending(
      { until, vrfId, accountId },
      { size, skip, after },
    );
    return page.answer(found.items.map(PoolForecastDto.of), found.total, found.nextCursor);
  }

  private forecasts(context: RequestContext): ReadForecasts {
    return context.query(ReadForecasts, this.storage);
  }
}
