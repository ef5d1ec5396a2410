import { Inject, Injectable, type OnModuleInit, type OnApplicationShutdown } from '@nestjs/common';
import * as Sentry from '@sentry/nestjs';
import { CONFIG, type Config } from '../config/config';

/** So long the last reports may take to go out, in milliseconds. */
const LAST_REPORTS_MS = 2_000;

/** Reports errors to Sentry, where `SENTRY_DSN` says where. */
@Injectable()
export class ErrorReports implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  onModuleInit(): void {
    const { sentryDsn: dsn } = this.config;
    if (dsn !== undefined) Sentry.init({ dsn, sendDefaultPii: false });
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.config.sentryDsn !== undefined) await Sentry.close(LAST_REPORTS_MS);
  }
}
