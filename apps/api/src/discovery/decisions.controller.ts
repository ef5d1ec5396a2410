import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  DecideResources,
  type Decided,
  type Decision,
  type DecisionRequest,
  type FindingType,
} from '@cloudpam/reconciliation';
import { Requires } from '../http/access-guard';
import { problemOf } from '../http/problem-filter';
import { Context, PathId, RequestContext } from '../http/request-context';
import { BodyOf, Described, DRY_RUN, instantOf, QueryOf, ref } from '../http/schema';
import { withoutHidden } from '../limits/without-hidden';
import { STORAGE, type Storage } from '../storage';
import { DECISION, DECISION_QUERY, IGNORE, NOTHING, RESTORE } from './discovery-schemas';
import { accountsOf, type Accounts } from './accounts-of';
import { ResourceDto } from './dto/resource.dto';

interface DismissalBody {
  reason?: string;
  until?: string | null;
  findings?: FindingType[];
}

/** What people decide about discovered resources, one by one or many at once. */
@ApiTags('discovery')
@Controller('api/v1/discovery')
export class DecisionsController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly decideResources: DecideResources,
  ) {}

  @Post('decisions')
  @HttpCode(200)
  @Requires('discovery:decide', 'within limits')
  @Described({ query: DECISION_QUERY, body: DECISION, answer: ref('Decisions') })
  decideMany(
    @Context() context: RequestContext,
    @QueryOf(DECISION_QUERY) query: { mode?: 'atomic' | 'partial' },
    @BodyOf(DECISION) body: DismissalBody & { decision: Decision; resource_ids: number[] },
  ): Promise<unknown> {
    return this.decide(
      context,
      { ...requestOf(body.decision, body.resource_ids, body), mode: query.mode ?? 'atomic' },
      body.reason,
      (decided, accounts) => {
        const results = decided.map((each) =>
          'error' in each
            ? {
                resource_id: each.id,
                status: 'refused',
                problem: problemOf(
                  withoutHidden(each.error, context.reach),
                  '/api/v1/discovery/decisions',
                  context.requestId,
                ),
              }
            : {
                resource_id: each.id,
                status: 'done',
                resource: each.resource && ResourceDto.of(each.resource, accounts),
              },
        );
        return {
          done: results.filter((each) => each.status === 'done').length,
          refused: results.filter((each) => each.status === 'refused').length,
          results,
        };
      },
    );
  }

  @Post('resources/:id/import')
  @HttpCode(200)
  @Requires('discovery:decide', 'within limits')
  @Described({ query: DRY_RUN, body: NOTHING, answer: ref('Resource') })
  import(
    @Context() context: RequestContext,
    @PathId() id: number,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(NOTHING) _body: unknown,
  ): Promise<unknown> {
    return this.decideOne(context, 'import', id);
  }

  @Post('resources/:id/approve')
  @HttpCode(200)
  @Requires('discovery:decide', 'within limits')
  @Described({ query: DRY_RUN, body: NOTHING, answer: ref('Resource') })
  approve(
    @Context() context: RequestContext,
    @PathId() id: number,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(NOTHING) _body: unknown,
  ): Promise<unknown> {
    return this.decideOne(context, 'approve', id);
  }

  @Post('resources/:id/reject')
  @HttpCode(200)
  @Requires('discovery:decide', 'within limits')
  @Described({ query: DRY_RUN, body: IGNORE, answer: ref('Resource') })
  reject(
    @Context() context: RequestContext,
    @PathId() id: number,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(IGNORE) body: DismissalBody,
  ): Promise<unknown> {
    return this.decideOne(context, 'reject', id, body);
  }

  @Post('resources/:id/ignore')
  @HttpCode(200)
  @Requires('discovery:decide', 'within limits')
  @Described({ query: DRY_RUN, body: IGNORE, answer: ref('Resource') })
  ignore(
    @Context() context: RequestContext,
    @PathId() id: number,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(IGNORE) body: DismissalBody,
  ): Promise<unknown> {
    return this.decideOne(context, 'ignore', id, body);
  }

  @Post('resources/:id/restore')
  @HttpCode(200)
  @Requires('discovery:decide', 'within limits')
  @Described({ query: DRY_RUN, body: RESTORE, answer: ref('Resource') })
  restore(
    @Context() context: RequestContext,
    @PathId() id: number,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(RESTORE) body: DismissalBody,
  ): Promise<unknown> {
    return this.decideOne(context, 'restore', id, body);
  }

  @Post('resources/:id/adopt')
  @HttpCode(200)
  @Requires('discovery:decide', 'within limits')
  @Described({ query: DRY_RUN, body: NOTHING, answer: ref('Resource') })
  adopt(
    @Context() context: RequestContext,
    @PathId() id: number,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(NOTHING) _body: unknown,
  ): Promise<unknown> {
    return this.decideOne(context, 'adopt', id);
  }

  /** The resource is gone after it; the answer is what it was. */
  @Post('resources/:id/release')
  @HttpCode(200)
  @Requires('discovery:decide', 'within limits')
  @Described({ query: DRY_RUN, body: NOTHING, answer: ref('Resource') })
  async release(
    @Context() context: RequestContext,
    @PathId() id: number,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(NOTHING) _body: unknown,
  ): Promise<unknown> {
    const before = await context.seen(this.storage).read((stores) => stores.discovery.resource(id));
    return this.decide(context, requestOf('release', [id]), undefined, (_decided, accounts) =>
      before ? ResourceDto.of(before, accounts) : null,
    );
  }

  private decideOne(
    context: RequestContext,
    decision: Decision,
    id: number,
    body: DismissalBody = {},
  ): Promise<unknown> {
    return this.decide(
      context,
      requestOf(decision, [id], body),
      body.reason,
      ([decided], accounts) =>
        decided && 'resource' in decided && decided.resource
          ? ResourceDto.of(decided.resource, accounts)
          : null,
    );
  }

  private async decide(
    context: RequestContext,
    request: DecisionRequest,
    reason: string | undefined,
    present: (decided: readonly Decided[], accounts: Accounts) => unknown,
  ): Promise<unknown> {
    const accounts = await this.accountsFor(context, request.ids);
    return context.write(
      (change) => this.decideResources.execute(reason ? { ...change, reason } : change, request),
      (decided) => ({ status: 200, body: present(decided, accounts) }),
      { resources: request.ids },
    );
  }

  private accountsFor(context: RequestContext, ids: readonly number[]): Promise<Accounts> {
    return context.seen(this.storage).read(async (stores) => {
      const [id] = ids;
      if (id === undefined || ids.length > 1)
        return new Map(
          (await stores.accounts.list({}, 1, 100_000)).items.map((account) => [
            account.id,
            account,
          ]),
        );
      const found = await stores.discovery.resource(id);
      return accountsOf(stores, found ? [found] : []);
    });
  }
}

function requestOf(
  decision: Decision,
  ids: readonly number[],
  { until, findings }: DismissalBody = {},
): DecisionRequest {
  return {
    decision,
    ids,
    findings,
    ...(typeof until === 'string' ? { until: instantOf(until, 'until') } : {}),
  };
}
