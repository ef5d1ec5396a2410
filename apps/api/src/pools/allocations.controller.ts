import { Controller, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Change } from '@cloudpam/audit';
import { formatCidr, parseCidr, type Family, type Strategy } from '@cloudpam/cidr';
import {
  AllocateSubnet,
  MergePools,
  MoveTree,
  SplitPool,
  UpdatePool,
  type Pool,
  type PoolKind,
} from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { Context, PathId, RequestContext, type Answer } from '../http/request-context';
import { BodyOf, Described, DRY_RUN, QueryOf, ref } from '../http/schema';
import { STORAGE, type Storage } from '../storage';
import { poolsGone } from './pools-gone';
import { MERGE, MOVE, NEW_ALLOCATION, SELECTED_ALLOCATION, SPLIT } from './pool-schemas';
import { fieldsOf, poolView, warningsOf, type PoolFieldsBody } from './pool-view';

interface AllocationBody extends PoolFieldsBody {
  name: string;
  prefix_length?: number;
  count?: number;
  key?: string;
  strategy?: Strategy;
  accept_uncounted_hosts?: boolean;
}
interface SelectorBody {
  tags?: Record<string, string>;
  region?: string;
  vrf_id?: number;
  kind?: PoolKind;
  family?: Family;
}

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
  @Described({ query: DRY_RUN, body: NEW_ALLOCATION, answer: ref('Pools'), status: 201 })
  allocate(
    @Context() context: RequestContext,
    @PathId() id: number,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(NEW_ALLOCATION) body: AllocationBody,
  ): Promise<unknown> {
    return this.take(context, { poolId: id }, body, [id]);
  }

  @Post('allocations')
  @Requires('pools:write', 'within limits')
  @Described({ query: DRY_RUN, body: SELECTED_ALLOCATION, answer: ref('Pools'), status: 201 })
  allocateSelected(
    @Context() context: RequestContext,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(SELECTED_ALLOCATION) body: AllocationBody & { selector: SelectorBody },
  ): Promise<unknown> {
    const { tags, region, vrf_id: vrfId, kind, family } = body.selector;
    return this.take(
      context,
      { selector: { tags, region, vrfId, kind, family, reach: context.reach } },
      body,
      [],
    );
  }

  @Post('pools/:id/split')
  @Requires('pools:write', 'within limits')
  @Described({ query: DRY_RUN, body: SPLIT, answer: ref('Pools') })
  split(
    @Context() context: RequestContext,
    @PathId() id: number,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(SPLIT) body: { prefix_length: number },
  ): Promise<unknown> {
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
  @Described({ query: DRY_RUN, body: MERGE, answer: ref('Pool') })
  merge(
    @Context() context: RequestContext,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(MERGE) body: { pool_ids: number[]; name?: string },
  ): Promise<unknown> {
    const merge = (change: Change): Promise<Pool> =>
      this.mergePools.execute(change, body.pool_ids, body.name);
    const answer = (pool: Pool): Answer => ({ status: 200, body: poolView(pool) });
    return context.write(
      merge,
      answer,
      { pools: body.pool_ids },
      { isGone: poolsGone(this.storage) },
    );
  }

  @Post('pools/:id/move')
  @Requires('pools:write', 'within limits')
  @Described({ query: DRY_RUN, body: MOVE, answer: ref('PoolMove') })
  move(
    @Context() context: RequestContext,
    @PathId() id: number,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(MOVE) body: { cidr: string; vrf_id?: number; with_children?: boolean },
  ): Promise<unknown> {
    const patch = { cidr: parseCidr(body.cidr), vrfId: body.vrf_id };
    if (body.with_children === true) {
      return context.write(
        (change) => this.moveTree.execute(change, id, patch, context.expectedVersion),
        ({ pool, moved, uses }) => ({
          status: 200,
          body: {
            ...poolView(pool),
            ...warningsOf(uses, context.reach),
            moved_count: moved.length,
            moved: moved.slice(0, 100).map(({ before, after }) => ({
              pool_id: before.id,
              name: before.name,
              from: formatCidr(before.cidr),
              to: formatCidr(after.cidr),
            })),
          },
        }),
        { pools: [id], named: [body] },
        { versioned: true },
      );
    }
    return context.write(
      (change) => this.updatePool.execute(change, id, patch, context.expectedVersion),
      (pool) => ({ status: 200, body: poolView(pool) }),
      { pools: [id], named: [body] },
      { versioned: true },
    );
  }

  private take(
    context: RequestContext,
    from: Parameters<AllocateSubnet['execute']>[1]['from'],
    body: AllocationBody,
    pools: readonly number[],
  ): Promise<unknown> {
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
          this.allocateSubnet.executeKeyed(change, { ...request, key, reach: context.reach }),
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

function many(pools: readonly Pool[], status: number): Answer {
  const [first] = pools;
  return {
    status,
    body: { items: pools.map((pool) => poolView(pool)) },
    headers: status === 201 && first ? { location: `/api/v1/pools/${first.id}` } : {},
  };
}
