import { Body, Controller, Delete, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreatePools, DeletePool, UpdatePool } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { DryRunQuery } from '../http/common.dto';
import { createdAnswer, versionedAnswer } from '../http/answer';
import { Operation } from '../http/operation';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { NewPoolDto, PoolPatchDto } from './dto/new-pool.dto';
import { DeleteQuery, DeletionDto } from './dto/pool-routes.dto';
import { PoolDto } from './dto/pool.dto';
import { CREATION_PROBLEMS, NAMED_BY_POOLS, SPACE_PROBLEMS } from './pool-problems';
import { newPoolOf, patchOf, warningsOf } from './pool-view';
import { poolsGone } from './pools-gone';

/** Making, changing and deleting a pool. */
@ApiTags('pools')
@Controller('api/v1/pools')
export class PoolWritesController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly createPools: CreatePools,
    private readonly updatePool: UpdatePool,
    private readonly deletePool: DeletePool,
  ) {}

  @Post()
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'createPool',
    summary: 'Create a pool',
    description:
      'Makes a pool in its place in the tree; pools that it contains become its children.',
    answer: PoolDto,
    status: 201,
    problems: CREATION_PROBLEMS,
    named: NAMED_BY_POOLS,
    headers: ['ETag', 'Location'],
  })
  create(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: NewPoolDto,
  ): Promise<PoolDto> {
    const pool = newPoolOf(body);
    return context.write(
      (change) => this.createPools.one(change, pool),
      (created) =>
        createdAnswer(
          { ...PoolDto.of(created.pool), ...warningsOf(created.uses, context.accessScope) },
          '/api/v1/pools',
        ),
      { named: [body] },
      { isGone: poolsGone(this.storage) },
    );
  }

  @Patch(':id')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'updatePool',
    summary: 'Change a pool',
    description:
      'Changes the fields that are given; another CIDR or VRF moves the pool and leaves its ' +
      'children. With If-Match only the version that was read.',
    answer: PoolDto,
    problems: [
      'pool_not_found',
      ...SPACE_PROBLEMS,
      'pool_overlap',
      'range_taken',
      'quarantined',
      'cloud_owned',
      'would_orphan_children',
      'rules_broken',
      'invalid_rules',
      'version_mismatch',
    ],
    named: NAMED_BY_POOLS,
    headers: ['ETag'],
  })
  patch(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: PoolPatchDto,
  ): Promise<PoolDto> {
    const patch = patchOf(body);
    return context.write(
      (change) => this.updatePool.execute(change, id, patch, context.expectedVersion),
      (pool) => versionedAnswer(PoolDto.of(pool)),
      { pools: [id], named: [body] },
      { versioned: true },
    );
  }

  @Delete(':id')
  @Requires('pools:write', 'within limits')
  @Operation({
    id: 'deletePool',
    summary: 'Delete a pool',
    description: 'Deletes a pool; its children move up to its parent, or go with it (`cascade`).',
    answer: DeletionDto,
    problems: ['pool_not_found', 'cloud_owned', 'version_mismatch'],
  })
  remove(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() { cascade }: DeleteQuery,
  ): Promise<DeletionDto> {
    return context.write(
      (change) =>
        this.deletePool.execute(change, id, { cascade, expected: context.expectedVersion }),
      (deletion) => ({ status: 200, body: DeletionDto.of(deletion) }),
      { pools: [id] },
      { versioned: true },
    );
  }
}
