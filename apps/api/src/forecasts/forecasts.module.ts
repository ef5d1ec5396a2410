import { Module } from '@nestjs/common';
import { ForecastsController } from './forecasts.controller';

/** How pools were used, and when they end. */
@Module({ controllers: [ForecastsController] })
export class ForecastsModule {}
