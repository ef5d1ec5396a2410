import { Module } from '@nestjs/common';
import { DashboardController } from './dashboard.controller';

/** What the first page shows. */
@Module({ controllers: [DashboardController] })
export class DashboardModule {}
