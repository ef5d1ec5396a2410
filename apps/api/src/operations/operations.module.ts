import { Module } from '@nestjs/common';
import { ExportController } from './export.controller';
import { HealthController } from './health.controller';
import { SystemController } from './system.controller';

/** What operators ask: exports, health, metrics and what runs. */
@Module({ controllers: [ExportController, HealthController, SystemController] })
export class OperationsModule {}
