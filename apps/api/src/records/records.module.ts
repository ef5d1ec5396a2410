import { Module } from '@nestjs/common';
import { AllocateVlan } from '@cloudpam/pools';
import { useCases } from '../storage/use-case';
import { RECORD_ROUTES } from './record-routes';
import { RegionsController } from './regions.controller';

/** What people keep beside pools: accounts, VRFs, VLANs and their groups; and the regions of both. */
@Module({
  controllers: [
    ...Object.values(RECORD_ROUTES).map(({ controller }) => controller),
    RegionsController,
  ],
  providers: [...useCases(AllocateVlan)],
})
export class RecordsModule {}
