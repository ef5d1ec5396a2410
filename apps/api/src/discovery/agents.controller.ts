import { setTimeout as sleep } from 'node:timers/promises';
import { Body, Controller, Get, Inject, Post, Query, type OnModuleDestroy } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ClaimJob,
  FinishJob,
  HEARTBEAT_SECONDS,
  LEASE_SECONDS,
  NoteHeartbeat,
  ReadJobs,
  ReportProgress,
  ScheduleDiscoveries,
  type ClaimedJob,
} from '@cloudpam/reconciliation';
import { NODE_SECRETS } from '../access/node-secrets';
import { Requires } from '../http/access-guard';
import { NamedPageQuery } from '../http/common.dto';
import { ListPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { type Answer } from '../http/answer';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { checkAccounts } from './check-accounts';
import {
  ClaimDto,
  ClaimRequestDto,
  FinishDto,
  FinishedDto,
  LeaseDto,
  ProgressDto,
  QueuedDto,
  ScheduleDto,
} from './dto/agent-job.dto';
import { AgentListDto, HeartbeatAnswerDto, HeartbeatDto } from './dto/agent.dto';

const POLL_MS = 500;

/** Collectors in agent mode: they dial in, and take the jobs that they can do. */
@ApiTags('collectors')
@Controller('api/v1/collectors')
export class AgentsController implements OnModuleDestroy {
  private readonly closing = new AbortController();

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly noteHeartbeat: NoteHeartbeat,
    private readonly claimJob: ClaimJob,
    private readonly reportProgress: ReportProgress,
    private readonly finishJob: FinishJob,
    private readonly scheduleDiscoveries: ScheduleDiscoveries,
  ) {}

  /** Agents that wait for a job are sent away, so that the server can end. */
  onModuleDestroy(): void {
    this.closing.abort();
  }

  @Get()
  @Requires('discovery:read', 'within limits')
  @Operation({
    id: 'listAgents',
    summary: 'List agents',
    description: 'Lists collectors in agent mode, those that were seen last first.',
    answer: AgentListDto,
  })
  async list(
    @Context() context: RequestContext,
    @Query() query: NamedPageQuery,
  ): Promise<AgentListDto> {
    const page = new ListPage(query, 'agents');
    const reads = context.query(ReadJobs, this.storage);
    const found = await reads.agents({ name: query.name }, page.page, page.size);
    return AgentListDto.of(found, page, new Date());
  }

  @Post('heartbeat')
  @Requires('discovery:post')
  @Operation({
    id: 'sendHeartbeat',
    summary: 'Say that an agent is there',
    description: 'Notes what an agent is and what it can list. Agents without one get no jobs.',
    answer: HeartbeatAnswerDto,
  })
  heartbeat(
    @Context() context: RequestContext,
    @Body() body: HeartbeatDto,
  ): Promise<HeartbeatAnswerDto> {
    const { interval_seconds: intervalSeconds, ...agent } = body;
    return context.write(
      (change) =>
        this.noteHeartbeat.execute(
          change,
          { ...agent, intervalSeconds },
          context.principal.accounts,
        ),
      () => ({
        status: 200,
        body: { lease_seconds: LEASE_SECONDS, heartbeat_seconds: HEARTBEAT_SECONDS },
      }),
    );
  }

  @Post('jobs/schedule')
  @Requires('discovery:post')
  @Operation({
    id: 'scheduleDiscoveries',
    summary: 'Queue the discoveries that are due',
    description:
      "Queues a job for each account of an agent's schedule that is due and has no open job.",
    answer: QueuedDto,
  })
  schedule(@Context() context: RequestContext, @Body() body: ScheduleDto): Promise<QueuedDto> {
    const { accounts, unproven, older_than_seconds: olderThan } = body;
    checkAccounts(accounts, context.principal.accounts);
    return context.write(
      (change) => this.scheduleDiscoveries.execute(change, accounts, olderThan, unproven),
      (queued) => ({ status: 200, body: { queued } }),
    );
  }

  @Post('jobs/claim')
  @Requires('discovery:post')
  @Operation({
    id: 'claimJob',
    summary: 'Take a job',
    description:
      'Gives an agent the oldest job that it can do, or null; waits for one as long as it is ' +
      'asked to. Of several agents each job goes to one.',
    answer: ClaimDto,
    problems: ['agent_not_found'],
  })
  async claim(
    @Context() context: RequestContext,
    @Body() body: ClaimRequestDto,
  ): Promise<ClaimDto> {
    const deadline = performance.now() + (body.wait_seconds ?? 0) * 1_000;
    for (;;) {
      const answer = await this.tryToClaim(context, body.instance);
      const isOver = answer.job !== null || performance.now() >= deadline;
      if (isOver || this.closing.signal.aborted || context.reply.raw.destroyed) return answer;
      // Rejects when the server closes.
      await sleep(POLL_MS, undefined, { signal: this.closing.signal }).catch(() => undefined);
    }
  }

  @Post('jobs/:id/progress')
  @Requires('discovery:post')
  @Operation({
    id: 'reportProgress',
    summary: 'Report how far a job is',
    description: 'Notes how far an agent is, and lets it keep the job for longer.',
    answer: LeaseDto,
    problems: ['job_not_found', 'lease_lost', 'job_cancelled'],
  })
  progress(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Body() body: ProgressDto,
  ): Promise<LeaseDto> {
    const progress = {
      scopesDone: body.scopes_done,
      scopesTotal: body.scopes_total,
      message: body.message,
    };
    return context.write(
      (change) => this.reportProgress.execute(change, id, body.lease, progress),
      (job) => ({ status: 200, body: LeaseDto.of(job) }),
    );
  }

  @Post('jobs/:id/finish')
  @Requires('discovery:post')
  @Operation({
    id: 'finishJob',
    summary: 'Report how a job ended',
    description: 'Ends a job, or hands it back. The same report again changes nothing.',
    answer: FinishedDto,
    problems: ['job_not_found', 'lease_lost', 'job_cancelled'],
  })
  finish(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Body() body: FinishDto,
  ): Promise<FinishedDto> {
    return context.write(
      (change) => this.finishJob.execute(change, id, body.lease, body),
      () => ({ status: 200, body: {} }),
    );
  }

  /** A key stays free until there is a job for it. */
  private async tryToClaim(context: RequestContext, instance: string): Promise<ClaimDto> {
    if (!context.hasKey && !(await this.claimJob.isWorthwhile(instance))) return { job: null };
    const answer = (claimed: ClaimedJob | undefined): Answer<ClaimDto> => ({
      status: 200,
      body: ClaimDto.of(claimed),
    });
    return context.write(
      (change) =>
        this.claimJob.execute(
          change,
          instance,
          NODE_SECRETS.randomText(32),
          context.principal.accounts,
        ),
      answer,
      undefined,
      { kept: (claimed) => (claimed ? answer(claimed) : null) },
    );
  }
}
