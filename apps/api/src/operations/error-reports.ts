import { Inject, Injectable, type OnModuleInit, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config';

/** So long the last reports may take to go out, in milliseconds. */
const LAST_REPORTS_MS = 2_000;

/** Reports errors to Sentry, where `SENTRY_DSN` says where. */
@Injectable()
export class ErrorReports implements OnModuleInit, OnApplicationShutdown {
  private close: (() => PromiseLike<boolean>) | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async onModuleInit(): Promise<void> {
    const { sentryDsn: dsn } = this.config;
    if (dsn === undefined) return;
    // Loaded by those alone who use it: it costs memory, and a third of the time of a start.
    const { init, close } = await import('@sentry/nestjs');
    init({ dsn, sendDefaultPii: false });
    this.close = () => close(LAST_REPORTS_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close?.();
  }
}
