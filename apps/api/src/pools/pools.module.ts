import { Module } from '@nestjs/common';
import {
  AllocateSubnet,
  CreatePools,
  DeletePool,
  MergePools,
  MoveTree,
  ReleaseExpired,
  SplitPool,
  UpdatePool,
} from '@cloudpam/pools';
import { useCases } from '../storage/use-case';
import { AllocationsController } from './allocations.controller';
import { BulkPoolsController } from './bulk-pools.controller';
import { PastPools } from './past-pools';
import { PastPoolsController } from './past-pools.controller';
import { PoolReadsController } from './pool-reads.controller';
import { PoolSpaceController } from './pool-space.controller';
import { PoolWritesController } from './pool-writes.controller';

/** Pools and allocations. */
@Module({
  controllers: [
    PastPoolsController,
    PoolReadsController,
    PoolSpaceController,
    PoolWritesController,
    BulkPoolsController,
    AllocationsController,
  ],
  providers: [
    PastPools,
    ...useCases(
      CreatePools,
      UpdatePool,
      DeletePool,
      MoveTree,
      AllocateSubnet,
      SplitPool,
      MergePools,
      ReleaseExpired,
    ),
  ],
  exports: [ReleaseExpired],
})
export class PoolsModule {}
