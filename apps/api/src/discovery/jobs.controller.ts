import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CancelJob, ReadJobs, RequestDiscovery } from '@cloudpam/reconciliation';
import { Requires } from '../http/access-guard';
import { ListPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { JobDto, JobListDto, JobQuery, TriggerDto } from './dto/job.dto';

/** Discoveries that people ask for. */
@ApiTags('discovery')
@Controller('api/v1/discovery')
export class JobsController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly requestDiscovery: RequestDiscovery,
    private readonly cancelJob: CancelJob,
  ) {}

  @Post('trigger')
  @Requires('discovery:decide', 'within limits')
  @Operation({
    id: 'triggerDiscovery',
    summary: 'Ask for a discovery',
    description:
      'Queues a job for an account, which the next agent that can list it takes. ' +
      'Where the account has an open job, that one is the answer.',
    answer: JobDto,
    status: 202,
    named: ['account_not_found'],
    headers: ['Location'],
  })
  async trigger(@Context() context: RequestContext, @Body() body: TriggerDto): Promise<JobDto> {
    const accounts = await this.jobs(context).account(body.account_id);
    return context.write(
      (change) => this.requestDiscovery.execute(change, body.account_id),
      (job) => ({
        status: 202,
        body: JobDto.of(job, accounts),
        headers: { location: `/api/v1/discovery/jobs/${job.id}` },
      }),
      { accounts: [body.account_id] },
    );
  }

  @Get('jobs')
  @Requires('discovery:read', 'within limits')
  @Operation({
    id: 'listJobs',
    summary: 'List discovery jobs',
    description: 'Lists jobs, newest first; whoever has limits sees those of their accounts.',
    answer: JobListDto,
  })
  async list(@Context() context: RequestContext, @Query() query: JobQuery): Promise<JobListDto> {
    const page = new ListPage(query, 'jobs');
    const filter = { accountId: query.account_id, status: query.status, open: query.open };
    return JobListDto.of(await this.jobs(context).list(filter, page.page, page.size), page);
  }

  @Get('jobs/:id')
  @Requires('discovery:read', 'within limits')
  @Operation({
    id: 'getJob',
    summary: 'Get a discovery job',
    description: 'Gives a job, with how far its agent is.',
    answer: JobDto,
    problems: ['job_not_found'],
  })
  async job(@Context() context: RequestContext, @PathId() id: number): Promise<JobDto> {
    const { job, accounts } = await this.jobs(context).get(id);
    return JobDto.of(job, accounts);
  }

  @Post('jobs/:id/cancel')
  @Requires('discovery:decide', 'within limits')
  @Operation({
    id: 'cancelJob',
    summary: 'Cancel a discovery job',
    description: 'Ends a job that is queued or running; its agent hears of it and stops.',
    answer: JobDto,
    problems: ['job_not_found'],
  })
  async cancel(@Context() context: RequestContext, @PathId() id: number): Promise<JobDto> {
    const { accounts } = await this.jobs(context).find(id);
    return context.write(
      (change) => this.cancelJob.execute(change, id),
      (job) => ({ status: 200, body: JobDto.of(job, accounts) }),
      { jobs: [id] },
    );
  }

  private jobs(context: RequestContext): ReadJobs {
    return context.query(ReadJobs, this.storage);
  }
}
