import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { analysisTimes, ReadAnalysis } from '@cloudpam/analysis';
import { dayOf } from '@cloudpam/forecast';
import { Requires } from '../http/access-guard';
import { CursorPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { PoolAnalysisDto } from './dto/pool-analysis.dto';
import {
  KeptRecommendationDto,
  RecommendationListDto,
  RecommendationQuery,
} from './dto/recommendation.dto';

/** How well space is used, and what to change about it. */
@ApiTags('analysis')
@Controller('api/v1')
export class AnalysisController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get('analysis')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'listRecommendations',
    summary: 'List what is recommended about pools',
    description:
      'Lists what the last analysis of all pools recommends, what matters most first, with what was seen and what ' +
      'to do. All pools are analysed every few minutes, large estates every six hours; the analysis of one pool is ' +
      'that of now.',
    answer: RecommendationListDto,
  })
  async list(
    @Context() context: RequestContext,
    @Query() query: RecommendationQuery,
  ): Promise<RecommendationListDto> {
    const { kind, severity, vrf_id: vrfId, account_id: accountId } = query;
    const filter = { kind, severity, vrfId, accountId };
    const page = new CursorPage(query, { analysis: filter });
    const { size, skip, after } = page;
    const found = await this.analysis(context).list(filter, { size, skip, after });
    const { last, next } = await this.storage.unitOfWork.read(analysisTimes);
    const items = found.items.map(KeptRecommendationDto.of);
    return RecommendationListDto.of(
      page.answer(items, found.total, found.nextCursor),
      found,
      // How long it takes to the next one depends on how many pools there are.
      { last, next: context.accessScope === undefined ? next : null },
    );
  }

  @Get('pools/:id/analysis')
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'getPoolAnalysis',
    summary: 'Get how the space of a pool is used',
    description:
      'Tells how far the free space of a pool is in pieces, for each prefix length, and what is recommended about ' +
      'the pool and its first 500 children, as they are now.',
    answer: PoolAnalysisDto,
    problems: ['pool_not_found'],
  })
  async ofPool(@Context() context: RequestContext, @PathId() id: number): Promise<PoolAnalysisDto> {
    return PoolAnalysisDto.of(await this.analysis(context).ofPool(id, dayOf(new Date())));
  }

  private analysis(context: RequestContext): ReadAnalysis {
    return context.query(ReadAnalysis, this.storage);
  }
}
