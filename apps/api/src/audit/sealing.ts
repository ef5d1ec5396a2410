import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { SealAudit } from '@cloudpam/audit';
import { repeatedly } from '../background/repeatedly';
import { ErrorReports } from '../http/error-reports';

const INTERVAL_MS = 1_000;

/**
 * Seals what was written to the audit log, every second. It ends after the last request, when the
 * batch at hand is done.
 */
@Injectable()
export class Sealing implements OnApplicationBootstrap, OnApplicationShutdown {
  private end: (() => Promise<void>) | undefined;

  constructor(
    private readonly seal: SealAudit,
    private readonly reports: ErrorReports,
  ) {}

  onApplicationBootstrap(): void {
    this.end = repeatedly(
      (stop) => this.seal.execute(stop),
      INTERVAL_MS,
      (error) => this.reports.workFailed('sealing', 'sealing the audit log failed', error),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end?.();
  }
}
