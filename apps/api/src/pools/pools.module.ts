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
import { PastPools } from './past-pools';
import { PastPoolsController } from './past-pools.controller';
import { PoolsController } from './pools.controller';

/** Pools and allocations. */
@Module({
  controllers: [PastPoolsController, PoolsController, AllocationsController],
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
