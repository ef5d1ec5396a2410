import {
  Global,
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CONFIG, type Config } from '../config/config';
import { TRACING, type Tracing } from '../tracing/tracing';
import { openStorageAt, STORAGE, type Storage } from './storage';

/** Closes the storage: a global module ends after all others. */
@Injectable()
class StorageEnd implements OnApplicationShutdown {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  onApplicationShutdown(): Promise<void> {
    return this.storage.close();
  }
}

/** What every module may ask for: the settings and the storage. */
@Global()
@Module({})
export class CoreModule {
  /**
   * @param storage closed by whoever gives it; without one that of the settings is opened, migrated,
   *   and closed when the application ends
   */
  static over(config: Config, storage?: Storage, tracing?: Tracing): DynamicModule {
    const open = (): Promise<Storage> =>
      openStorageAt(
        config.databaseUrl,
        config.databaseLimits,
        config.auditKeys[0],
        config.databaseReplicas,
        tracing?.points,
      );
    return {
      module: CoreModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: TRACING, useValue: tracing },
        ...(storage
          ? [{ provide: STORAGE, useValue: storage }]
          : [{ provide: STORAGE, useFactory: open }, StorageEnd]),
      ],
      exports: [CONFIG, STORAGE, TRACING],
    };
  }
}
