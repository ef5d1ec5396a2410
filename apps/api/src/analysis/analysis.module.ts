import { Module } from '@nestjs/common';
import { AnalysisController } from './analysis.controller';

/** How well space is used, and what to change about it. */
@Module({ controllers: [AnalysisController] })
export class AnalysisModule {}
