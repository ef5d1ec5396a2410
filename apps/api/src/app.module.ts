import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AccessModule } from './access/access.module';
import { AddressesModule } from './addresses/addresses.module';
import { AnalysisModule } from './analysis/analysis.module';
import { AuditModule } from './audit/audit.module';
import type { Config } from './config/config';
import { DashboardModule } from './dashboard/dashboard.module';
import { EventsModule } from './events/events.module';
import { DigestsModule } from './digests/digests.module';
import { DiscoveryModule } from './discovery/discovery.module';
import { ForecastsModule } from './forecasts/forecasts.module';
import { AccessGuard } from './http/access-guard';
import { HttpModule } from './http/http.module';
import { NoExtras } from './http/no-extras';
import { ProblemFilter } from './http/problem-filter';
import { RequestValidation } from './http/request-validation';
import { TlsReload } from './http/tls-reload';
import { ImportModule } from './import/import.module';
import { BackgroundModule } from './operations/background.module';
import { OperationsModule } from './operations/operations.module';
import { PoolsModule } from './pools/pools.module';
import { RecordsModule } from './records/records.module';
import { SearchModule } from './search/search.module';
import { CoreModule } from './storage/core.module';
import type { Storage } from './storage/storage';
import type { Tracing } from './tracing/tracing';
import { WebhooksModule } from './webhooks/webhooks.module';

const FEATURES = [
  PoolsModule,
  AddressesModule,
  ForecastsModule,
  DashboardModule,
  AnalysisModule,
  RecordsModule,
  DiscoveryModule,
  SearchModule,
  ImportModule,
  AuditModule,
  EventsModule,
  WebhooksModule,
  DigestsModule,
  OperationsModule,
  AccessModule,
];

/** What differs between a server, a command and a test. */
export interface Composition {
  /** Opened and closed by the caller; else the application opens and closes that of the settings. */
  readonly storage?: Storage;
  /**
   * Where the work beside the requests is done: sealing, housekeeping and the like. `elsewhere`: in
   * another worker of this server. Without it this is no server, and nobody does it.
   */
  readonly background?: 'here' | 'elsewhere';
  /** Without the guard: for measuring what it costs. */
  readonly open?: boolean;
  /** Traces requests, and the storage that the application opens. */
  readonly tracing?: Tracing;
}

/** The composition root of servers, commands and tests: all features over one storage. */
@Module({})
export class AppModule {
  static over(
    config: Config,
    { storage, background, open = false, tracing }: Composition = {},
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoreModule.over(config, storage, tracing),
        HttpModule,
        ...FEATURES,
        ...(background === 'here' ? [BackgroundModule] : []),
      ],
      providers: [
        ...(background === undefined ? [] : [TlsReload]),
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: RequestValidation },
        ...(open ? [] : [{ provide: APP_GUARD, useClass: AccessGuard }]),
        { provide: APP_GUARD, useClass: NoExtras },
      ],
    };
  }
}
