import { Module } from '@nestjs/common';
import { ExportController } from './export.controller';
import { HealthController } from './health.controller';

/** What operators ask: exports, health and metrics. */
@Module({ controllers: [ExportController, HealthController] })
export class OperationsModule {}
