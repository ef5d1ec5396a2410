import { Module } from '@nestjs/common';
import { RECORD_ROUTES } from './record-routes';
import { RegionsController } from './regions.controller';

/** What people keep beside pools: accounts, VRFs and VLANs; and the regions of both. */
@Module({
  controllers: [
    ...Object.values(RECORD_ROUTES).map(({ controller }) => controller),
    RegionsController,
  ],
})
export class RecordsModule {}
