import { Body, Controller, Inject, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import {
  DecideResources,
  ReadInventory,
  resourceNotFound,
  type Decided,
  type Decision,
  type DecisionRequest,
  type DiscoveredResource,
} from '@cloudpam/reconciliation';
import { Requires } from '../http/access-guard';
import { DryRunQuery } from '../http/common.dto';
import { Operation } from '../http/operation';
import { problemOf } from '../http/problem';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { withoutHidden } from '../limits/without-hidden';
import { STORAGE, type Storage } from '../storage/storage';

import { requestOf } from './decision-request';
import {
  DecisionQuery,
  DecisionRequestDto,
  DecisionsDto,
  IgnoreDto,
  PlainDecisionDto,
  RestoreDto,
} from './dto/decision.dto';
import { ResourceDto } from './dto/resource.dto';

/** What people decide about discovered resources, one by one or many at once. */
@ApiTags('discovery')
@Controller('api/v1/discovery')
export class DecisionsController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly decideResources: DecideResources,
  ) {}

  @Post('decisions')
  @Requires('discovery:decide', 'within limits')
  @Operation({
    id: 'decide',
    summary: 'Decide about many resources',
    description:
      'Carries one decision out for up to 10,000 resources. With `partial` the answer says of ' +
      'each what came of it; `adopt` and `release` are units of work of their own then. Sent ' +
      'again under its `Idempotency-Key` after it broke off, it goes on with what was not done.',
    answer: DecisionsDto,
    problems: [
      'resource_not_found',
      'resource_managed',
      'resource_overlaps',
      'not_pending',
      'not_drifted',
      'not_orphaned',
      'nothing_to_ignore',
      'pool_overlap',
      'range_taken',
      'quarantined',
      'cloud_owned',
      'would_orphan_children',
      'in_use',
      'invalid_until',
    ],
  })
  async decideMany(
    @Context() context: RequestContext,
    @Query() query: DecisionQuery,
    @Body() body: DecisionRequestDto,
  ): Promise<DecisionsDto> {
    const request = requestOf(body.decision, body.resource_ids, body);
    const accounts = await this.inventory(context).ownersOf(request.ids);
    return this.decide(
      context,
      { ...request, mode: query.mode ?? 'atomic' },
      body.reason,
      (decided) =>
        DecisionsDto.of(decided, accounts, (error) =>
          problemOf(
            withoutHidden(error, context.accessScope),
            '/api/v1/discovery/decisions',
            context.requestId,
          ),
        ),
    );
  }

  @Post('resources/:id/import')
  @ApiBody({ type: PlainDecisionDto, required: false })
  @Requires('discovery:decide', 'within limits')
  @Operation({
    id: 'importResource',
    summary: 'Give a resource its pool',
    description: 'Makes the pool of a resource that has none, or links the one that stands there.',
    answer: ResourceDto,
    problems: [
      'resource_not_found',
      'resource_managed',
      'resource_overlaps',
      'pool_overlap',
      'range_taken',
      'quarantined',
    ],
  })
  import(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() _body: PlainDecisionDto,
  ): Promise<ResourceDto> {
    return this.decideOne(context, 'import', id);
  }

  @Post('resources/:id/approve')
  @ApiBody({ type: PlainDecisionDto, required: false })
  @Requires('discovery:decide', 'within limits')
  @Operation({
    id: 'approveResource',
    summary: 'Approve a resource',
    description: 'Gives a resource that waits for approval its pool.',
    answer: ResourceDto,
    problems: [
      'resource_not_found',
      'not_pending',
      'resource_managed',
      'resource_overlaps',
      'pool_overlap',
      'range_taken',
      'quarantined',
    ],
  })
  approve(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() _body: PlainDecisionDto,
  ): Promise<ResourceDto> {
    return this.decideOne(context, 'approve', id);
  }

  @Post('resources/:id/reject')
  @Requires('discovery:decide', 'within limits')
  @Operation({
    id: 'rejectResource',
    summary: 'Reject a resource',
    description: 'Keeps a resource that waits for approval without a pool.',
    answer: ResourceDto,
    problems: ['resource_not_found', 'not_pending', 'invalid_until'],
  })
  reject(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: IgnoreDto,
  ): Promise<ResourceDto> {
    return this.decideOne(context, 'reject', id, body);
  }

  @Post('resources/:id/ignore')
  @Requires('discovery:decide', 'within limits')
  @Operation({
    id: 'ignoreFindings',
    summary: 'Ignore findings of a resource',
    description: 'Hides findings of a resource, for good or until a moment.',
    answer: ResourceDto,
    problems: ['resource_not_found', 'nothing_to_ignore', 'invalid_until'],
  })
  ignore(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: IgnoreDto,
  ): Promise<ResourceDto> {
    return this.decideOne(context, 'ignore', id, body);
  }

  @Post('resources/:id/restore')
  @Requires('discovery:decide', 'within limits')
  @Operation({
    id: 'restoreFindings',
    summary: 'Show findings of a resource again',
    description: 'Shows findings again that somebody ignored.',
    answer: ResourceDto,
    problems: ['resource_not_found'],
  })
  restore(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: RestoreDto,
  ): Promise<ResourceDto> {
    return this.decideOne(context, 'restore', id, body);
  }

  @Post('resources/:id/adopt')
  @ApiBody({ type: PlainDecisionDto, required: false })
  @Requires('discovery:decide', 'within limits')
  @Operation({
    id: 'adoptResource',
    summary: "Give a pool the cloud's value",
    description: 'Gives the pool of a resource that drifted what the cloud says.',
    answer: ResourceDto,
    problems: [
      'resource_not_found',
      'not_drifted',
      'pool_overlap',
      'range_taken',
      'quarantined',
      'would_orphan_children',
    ],
  })
  adopt(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() _body: PlainDecisionDto,
  ): Promise<ResourceDto> {
    return this.decideOne(context, 'adopt', id);
  }

  @Post('resources/:id/release')
  @ApiBody({ type: PlainDecisionDto, required: false })
  @Requires('discovery:decide', 'within limits')
  @Operation({
    id: 'releaseResource',
    summary: "Free an orphan's space",
    description:
      'Deletes the pool of a resource that is gone from its cloud. The resource is gone after ' +
      'it, and the answer is what it was.',
    answer: ResourceDto,
    problems: ['resource_not_found', 'not_orphaned', 'cloud_owned', 'in_use'],
  })
  async release(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() _body: PlainDecisionDto,
  ): Promise<ResourceDto> {
    const { resource, accounts } = await this.inventory(context).find(id);
    return this.decide(context, requestOf('release', [id]), undefined, () =>
      ResourceDto.of(there(resource, id), accounts),
    );
  }

  private async decideOne(
    context: RequestContext,
    decision: Decision,
    id: number,
    body: IgnoreDto = {},
  ): Promise<ResourceDto> {
    const { accounts } = await this.inventory(context).find(id);
    return this.decide(context, requestOf(decision, [id], body), body.reason, ([decided]) =>
      ResourceDto.of(
        there(decided && 'resource' in decided ? decided.resource : null, id),
        accounts,
      ),
    );
  }

  private decide<T>(
    context: RequestContext,
    request: DecisionRequest,
    reason: string | undefined,
    present: (decided: readonly Decided[]) => T,
  ): Promise<T> {
    return context.write(
      (change) => this.decideResources.execute(reason ? { ...change, reason } : change, request),
      (decided) => ({ status: 200, body: present(decided) }),
      { resources: request.ids },
    );
  }

  private inventory(context: RequestContext): ReadInventory {
    return context.query(ReadInventory, this.storage);
  }
}

/** @throws DiscoveryError when it has gone in between */
function there(resource: DiscoveredResource | null | undefined, id: number): DiscoveredResource {
  if (resource) return resource;
  throw resourceNotFound(id);
}
