import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CancelJob,
  DiscoveryError,
  RequestDiscovery,
  type Job,
  type JobStatus,
} from '@cloudpam/reconciliation';
import { Requires } from '../http/access-guard';
import { Context, listBody, PathId, RequestContext } from '../http/request-context';
import { BodyOf, Described, listOf, QueryOf, ref } from '../http/schema';
import type { SeenStores } from '../limits/seen-stores';
import { STORAGE, type Storage } from '../storage';
import { accountsOf, jobView } from './discovery-views';
import { JOB_QUERY, TRIGGER } from './job-schemas';

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
  @HttpCode(202)
  @Requires('discovery:decide', 'within limits')
  @Described({ body: TRIGGER, answer: ref('Job'), status: 202 })
  async trigger(
    @Context() context: RequestContext,
    @BodyOf(TRIGGER) body: { account_id: number },
  ): Promise<unknown> {
    const accounts = await context
      .seen(this.storage)
      .read((stores) => accountsOf(stores, [{ accountId: body.account_id }]));
    return context.write(
      (change) => this.requestDiscovery.execute(change, body.account_id),
      (job) => ({
        status: 202,
        body: jobView(job, accounts),
        headers: { location: `/api/v1/discovery/jobs/${job.id}` },
      }),
      { accounts: [body.account_id] },
    );
  }

  @Get('jobs')
  @Requires('discovery:read', 'within limits')
  @Described({ query: JOB_QUERY, answer: listOf('Job') })
  list(
    @Context() context: RequestContext,
    @QueryOf(JOB_QUERY)
    query: {
      page?: number;
      page_size?: number;
      account_id?: number;
      status?: JobStatus;
      open?: boolean;
    },
  ): Promise<unknown> {
    const page = { page: query.page ?? 1, size: query.page_size ?? 50 };
    return context.seen(this.storage).read(async (stores) => {
      const { items, total } = await stores.jobs.list(
        { accountId: query.account_id, status: query.status, open: query.open },
        page.page,
        page.size,
      );
      return listBody(await jobViews(stores, items), total, page);
    });
  }

  @Get('jobs/:id')
  @Requires('discovery:read', 'within limits')
  @Described({ answer: ref('Job') })
  job(@Context() context: RequestContext, @PathId() id: number): Promise<unknown> {
    return context.seen(this.storage).read(async (stores) => {
      const job = await stores.jobs.get(id);
      if (!job) throw new DiscoveryError('job_not_found', `There is no job ${id}.`);
      return (await jobViews(stores, [job]))[0];
    });
  }

  @Post('jobs/:id/cancel')
  @HttpCode(200)
  @Requires('discovery:decide', 'within limits')
  @Described({ answer: ref('Job') })
  async cancel(@Context() context: RequestContext, @PathId() id: number): Promise<unknown> {
    const accounts = await context.seen(this.storage).read(async (stores) => {
      const found = await stores.jobs.get(id);
      return accountsOf(stores, found ? [found] : []);
    });
    return context.write(
      (change) => this.cancelJob.execute(change, id),
      (job) => ({ status: 200, body: jobView(job, accounts) }),
      { jobs: [id] },
    );
  }
}

async function jobViews(stores: SeenStores, jobs: readonly Job[]): Promise<unknown[]> {
  const accounts = await accountsOf(stores, jobs);
  return jobs.map((job) => jobView(job, accounts));
}
