import { Module } from '@nestjs/common';
import { AccountsController } from './accounts.controller';
import { RegionsController } from './regions.controller';
import { VlansController } from './vlans.controller';
import { VrfsController } from './vrfs.controller';

/** What people keep beside pools: accounts, VRFs and VLANs; and the regions of both. */
@Module({
  controllers: [AccountsController, RegionsController, VrfsController, VlansController],
})
export class RecordsModule {}
