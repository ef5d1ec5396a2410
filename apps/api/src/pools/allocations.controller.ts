import { Body, Controller, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Change } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import {
  AllocateSubnet,
  MergePools,
  MoveTree,
  SplitPool,
  UpdatePool,
  type Pool,
} from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { DryRunQuery } from '../http/common.dto';
import { Operation } from '../http/operation';
import { type Answer } from '../http/answer';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { ALLOCATION_PROBLEMS, NAMED_BY_POOLS, SPACE_PROBLEMS } from './pool-problems';
import { poolsGone } from './pools-gone';
import {
  AllocationDto,
  MergeDto,
  MoveDto,
  PoolMoveDto,
  SelectedAllocationDto,
  SplitDto,
} from './dto/allocation.dto';
import { PoolDto, PoolsDto } from './dto/pool.dto';
import { fieldsOf, warningsOf } from './pool-view';

/** Taking free space, and reshaping pools. */
@ApiTags('pools')
@Controller('api/v1')
export class AllocationsController {
  constructor(
    private readonly allocateSubnet: AllocateSubnet,
    private readonly splitPool: SplitPool,
    private readonly mergePools: MergePools,
    private readonly updatePool: UpdatePool,
    private readonly moveTree: MoveTree,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  @Post('pools/:id/allocations')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'allocate',
    summary: 'Allocate from a pool',
    description:
      'Takes free blocks of a pool, and makes a pool of each. Callers never get the same block.',
    answer: PoolsDto,
    status: 201,
    problems: ['pool_not_found', ...ALLOCATION_PROBLEMS],
    named: NAMED_BY_POOLS,
    headers: ['Location'],
  })
  allocate(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: AllocationDto,
  ): Promise<PoolsDto> {
    return this.take(context, { poolId: id }, body, [id]);
  }

  @Post('allocations')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'allocateFromMatching',
    summary: 'Allocate from whichever pool fits',
    description: 'Takes free blocks of the first pool that is meant and has room.',
    answer: PoolsDto,
    status: 201,
    problems: ['no_matching_pool', ...ALLOCATION_PROBLEMS],
    named: NAMED_BY_POOLS,
    headers: ['Location'],
  })
  allocateSelected(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: SelectedAllocationDto,
  ): Promise<PoolsDto> {
    const { tags, region, vrf_id: vrfId, kind, family } = body.selector;
    return this.take(
      context,
      { selector: { tags, region, vrfId, kind, family, accessScope: context.accessScope } },
      body,
      [],
    );
  }

  @Post('pools/:id/split')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'splitPool',
    summary: 'Split a pool',
    description:
      'Cuts a pool into parts of one size, which take its place. They have its rules, without prefix lengths ' +
      'that no block of a part can have.',
    answer: PoolsDto,
    problems: [
      'pool_not_found',
      'invalid_prefix_length',
      'pool_overlap',
      'range_taken',
      'quarantined',
      'cloud_owned',
      'gone_since',
    ],
  })
  split(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: SplitDto,
  ): Promise<PoolsDto> {
    const split = (change: Change): Promise<Pool[]> =>
      this.splitPool.execute(change, id, body.prefix_length);
    return context.write(
      split,
      (pools) => many(pools, 200),
      { pools: [id] },
      { isGone: poolsGone(this.storage) },
    );
  }

  @Post('pools/merge')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'mergePools',
    summary: 'Merge pools',
    description:
      'Makes one pool of several that together are one CIDR and have the same rules. It has a lease only if all ' +
      'of them have one, and the latest end.',
    answer: PoolDto,
    problems: [
      'not_mergeable',
      'pool_not_found',
      'pool_overlap',
      'range_taken',
      'quarantined',
      'cloud_owned',
      'gone_since',
    ],
  })
  merge(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: MergeDto,
  ): Promise<PoolDto> {
    const merge = (change: Change): Promise<Pool> =>
      this.mergePools.execute(change, body.pool_ids, body.name);
    const answer = (pool: Pool): Answer<PoolDto> => ({ status: 200, body: PoolDto.of(pool) });
    return context.write(
      merge,
      answer,
      { pools: body.pool_ids },
      { isGone: poolsGone(this.storage) },
    );
  }

  @Post('pools/:id/move')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'movePool',
    summary: 'Move a pool',
    description:
      'Gives a pool another place; alone, or with everything below it (`with_children`).',
    answer: PoolMoveDto,
    problems: [
      'pool_not_found',
      ...SPACE_PROBLEMS,
      'pool_overlap',
      'range_taken',
      'quarantined',
      'cloud_owned',
      'would_orphan_children',
      'key_in_use',
      'rules_broken',
      'version_mismatch',
    ],
    named: ['vrf_not_found'],
  })
  move(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: MoveDto,
  ): Promise<PoolMoveDto> {
    const patch = { cidr: parseCidr(body.cidr), vrfId: body.vrf_id };
    if (body.with_children === true) {
      return context.write(
        (change) => this.moveTree.execute(change, id, patch, context.expectedVersion),
        (move) => ({
          status: 200,
          body: PoolMoveDto.moved(move, warningsOf(move.uses, context.accessScope)),
        }),
        { pools: [id], named: [body] },
        { versioned: true },
      );
    }
    return context.write(
      (change) => this.updatePool.execute(change, id, patch, context.expectedVersion),
      (pool) => ({ status: 200, body: PoolDto.of(pool) }),
      { pools: [id], named: [body] },
      { versioned: true },
    );
  }

  private take(
    context: RequestContext,
    from: Parameters<AllocateSubnet['execute']>[1]['from'],
    body: AllocationDto,
    pools: readonly number[],
  ): Promise<PoolsDto> {
    const request = {
      ...fieldsOf(body),
      name: body.name,
      from,
      prefixLength: body.prefix_length,
      count: body.count,
      strategy: body.strategy,
      acceptUncountedHosts: body.accept_uncounted_hosts,
    };
    const { key } = body;
    if (key !== undefined) {
      return context.write(
        (change) =>
          this.allocateSubnet.executeKeyed(change, {
            ...request,
            key,
            accessScope: context.accessScope,
          }),
        ({ pool, created }) => many([pool], created ? 201 : 200),
        { pools, named: [body] },
        { isGone: poolsGone(this.storage) },
      );
    }
    return context.write(
      (change) => this.allocateSubnet.execute(change, request),
      (taken) => many(taken, 201),
      { pools, named: [body] },
      { isGone: poolsGone(this.storage) },
    );
  }
}

function many(pools: readonly Pool[], status: number): Answer<PoolsDto> {
  const [first] = pools;
  return {
    status,
    body: PoolsDto.of(pools),
    headers: status === 201 && first ? { location: `/api/v1/pools/${first.id}` } : {},
  };
}
