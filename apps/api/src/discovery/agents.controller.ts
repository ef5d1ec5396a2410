import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, HttpCode, Inject, Post, type OnModuleDestroy } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Provider } from '@cloudpam/pools';
import {
  ClaimJob,
  FinishJob,
  HEARTBEAT_SECONDS,
  isOnline,
  LEASE_SECONDS,
  NoteHeartbeat,
  ReportProgress,
  ScheduleDiscoveries,
  type ClaimedJob,
  type JobCounts,
  type JobEnd,
} from '@cloudpam/reconciliation';
import { NODE_SECRETS } from '../access/node-secrets';
import { Requires } from '../http/access-guard';
import { Context, listBody, PathId, RequestContext, type Answer } from '../http/request-context';
import { BodyOf, Described, listOf, QueryOf, ref } from '../http/schema';
import { STORAGE, type Storage } from '../storage';
import { checkAccounts } from './check-accounts';
import { AGENT_QUERY, CLAIM, FINISH, HEARTBEAT, PROGRESS, SCHEDULE } from './job-schemas';

interface HeartbeatBody {
  instance: string;
  name: string;
  version: string;
  providers: Provider[];
  accounts: string[];
  interval_seconds: number | null;
}
interface ScheduleBody {
  accounts: string[];
  unproven?: string[];
  older_than_seconds: number;
}
interface FinishBody {
  lease: string;
  status: JobEnd;
  error: string | null;
  counts: JobCounts | null;
}

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
  @Described({ query: AGENT_QUERY, answer: listOf('Agent') })
  list(
    @Context() context: RequestContext,
    @QueryOf(AGENT_QUERY) query: { page?: number; page_size?: number },
  ): Promise<unknown> {
    const page = { page: query.page ?? 1, size: query.page_size ?? 50 };
    const now = new Date();
    return context.seen(this.storage).read(async (stores) => {
      const { items, total } = await stores.agents.list(page.page, page.size);
      const running = (await stores.jobs.list({ status: 'running' }, 1, 500)).items;
      return listBody(
        items.map((agent) => ({
          instance: agent.instance,
          name: agent.name,
          version: agent.version,
          providers: agent.providers,
          accounts: agent.accounts,
          interval_seconds: agent.intervalSeconds,
          status: isOnline(agent, now) ? 'online' : 'offline',
          first_seen_at: agent.firstSeenAt,
          last_seen_at: agent.lastSeenAt,
          job: running.find((job) => job.instance === agent.instance)?.id ?? null,
        })),
        total,
        page,
      );
    });
  }

  @Post('heartbeat')
  @HttpCode(200)
  @Requires('discovery:post')
  @Described({ body: HEARTBEAT, answer: ref('HeartbeatAnswer') })
  heartbeat(
    @Context() context: RequestContext,
    @BodyOf(HEARTBEAT) body: HeartbeatBody,
  ): Promise<unknown> {
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
  @HttpCode(200)
  @Requires('discovery:post')
  @Described({ body: SCHEDULE, answer: ref('Queued') })
  schedule(
    @Context() context: RequestContext,
    @BodyOf(SCHEDULE) body: ScheduleBody,
  ): Promise<unknown> {
    const { accounts, unproven, older_than_seconds: olderThan } = body;
    checkAccounts(accounts, context.principal.accounts);
    return context.write(
      (change) => this.scheduleDiscoveries.execute(change, accounts, olderThan, unproven),
      (queued) => ({ status: 200, body: { queued } }),
    );
  }

  @Post('jobs/claim')
  @HttpCode(200)
  @Requires('discovery:post')
  @Described({ body: CLAIM, answer: ref('Claim') })
  async claim(
    @Context() context: RequestContext,
    @BodyOf(CLAIM) body: { instance: string; wait_seconds?: number },
  ): Promise<unknown> {
    const deadline = performance.now() + (body.wait_seconds ?? 0) * 1_000;
    for (;;) {
      const answer = await this.tryToClaim(context, body.instance);
      const isOver = answer.job !== null || performance.now() >= deadline;
      if (isOver || this.closing.signal.aborted || context.reply.raw.destroyed) return answer;
      await sleep(POLL_MS, undefined, { signal: this.closing.signal }).catch(() => undefined); // rejects when the server closes
    }
  }

  @Post('jobs/:id/progress')
  @HttpCode(200)
  @Requires('discovery:post')
  @Described({ body: PROGRESS, answer: ref('Lease') })
  progress(
    @Context() context: RequestContext,
    @PathId() id: number,
    @BodyOf(PROGRESS)
    body: { lease: string; scopes_done: number; scopes_total: number | null; message: string },
  ): Promise<unknown> {
    const progress = {
      scopesDone: body.scopes_done,
      scopesTotal: body.scopes_total,
      message: body.message,
    };
    return context.write(
      (change) => this.reportProgress.execute(change, id, body.lease, progress),
      (job) => ({ status: 200, body: { lease_expires_at: job.leaseUntil } }),
    );
  }

  @Post('jobs/:id/finish')
  @HttpCode(200)
  @Requires('discovery:post')
  @Described({ body: FINISH, answer: { type: 'object' } })
  finish(
    @Context() context: RequestContext,
    @PathId() id: number,
    @BodyOf(FINISH) body: FinishBody,
  ): Promise<unknown> {
    return context.write(
      (change) => this.finishJob.execute(change, id, body.lease, body),
      () => ({ status: 200, body: {} }),
    );
  }

  /**
   * Looks first: waiting agents must not keep the writer of an SQLite file busy. A key stays free
   * until there is a job for it.
   */
  private async tryToClaim(context: RequestContext, instance: string): Promise<{ job: unknown }> {
    const open =
      context.hasKey ||
      (await this.storage.unitOfWork.read(
        async (stores) =>
          (await stores.jobs.list({ open: true }, 1, 1)).total > 0 ||
          !(await stores.agents.get(instance)),
      ));
    if (!open) return { job: null };
    const answer = (claimed: ClaimedJob | undefined): Answer => ({
      status: 200,
      body: { job: claimed ? claimView(claimed) : null },
    });
    return (await context.write(
      (change) =>
        this.claimJob.execute(
          change,
          instance,
          NODE_SECRETS.randomText(32),
          context.principal.accounts,
        ),
      answer,
      undefined,
      {
        kept: (claimed) => (claimed ? answer(claimed) : null),
      },
    )) as { job: unknown }; // as `answer` makes it
  }
}

function claimView({ job, accountKey }: ClaimedJob): unknown {
  return {
    id: job.id,
    account: accountKey,
    lease: job.lease,
    lease_expires_at: job.leaseUntil,
    requested_at: job.requestedAt,
    attempt: job.attempt,
  };
}
