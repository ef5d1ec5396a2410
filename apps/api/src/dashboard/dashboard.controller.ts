import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { allows, type Permission } from '@cloudpam/identity';
import { ReadDashboard } from '@cloudpam/reconciliation';
import { CONFIG, type Config } from '../config/config';
import { Requires } from '../http/access-guard';
import { ErrorReports } from '../http/error-reports';
import { Operation } from '../http/operation';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { DashboardDto } from './dto/dashboard.dto';

/** What the first page shows. */
@ApiTags('operations')
@Controller('api/v1/dashboard')
export class DashboardController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(CONFIG) private readonly config: Config,
    private readonly reports: ErrorReports,
  ) {}

  @Get()
  @Requires('pools:read', 'within limits')
  @Operation({
    id: 'getDashboard',
    summary: 'Get what needs a person, and how all is used',
    description:
      'Gives open findings by age, what ends soon, how far the clouds are known, how the pools together ' +
      'are used and have grown, and the last changes. All pools are counted beside the requests, every ' +
      'few seconds where something changes: `counted_at` says when. What the caller may not read is null.',
    answer: DashboardDto,
  })
  async get(@Context() context: RequestContext): Promise<DashboardDto> {
    const { discoveryInterval: interval, exhaustsSoon: soon } = this.config;
    const may = (permission: Permission): boolean => allows(context.principal, permission);
    const settings = {
      isLimited: context.accessScope !== undefined,
      mayReadDiscovery: may('discovery:read'),
      mayReadAudit: may('audit:read'),
      mayReadWebhooks: context.accessScope === undefined && may('webhooks:manage'),
      interval,
      soon,
    };
    const onFailure = (error: unknown): void =>
      this.reports.workFailed('dashboard', 'a part of the dashboard failed', error);
    const reads = context.query(ReadDashboard, this.storage, settings, onFailure);
    return DashboardDto.of(await reads.dashboard(new Date()));
  }
}
