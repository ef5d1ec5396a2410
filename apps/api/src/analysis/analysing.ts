import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AnalysePools } from '@cloudpam/analysis';
import { loopTurn } from '@cloudpam/event-loop';
import { repeatedly } from '../background/repeatedly';
import { ErrorReports } from '../http/error-reports';
import { STORAGE, type Storage } from '../storage/storage';

const INTERVAL_MS = 60_000;
const FIRST_AFTER_MS = 10_000;

/**
 * Analyses all pools, the more there are the less often; of all servers one does it. What it has begun ends when the
 * server ends.
 */
@Injectable()
export class Analysing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private end: (() => Promise<void>) | undefined;

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly reports: ErrorReports,
  ) {}

  onApplicationBootstrap(): void {
    const { unitOfWork } = this.storage;
    const analyse = new AnalysePools(unitOfWork, randomUUID(), () => new Date(), loopTurn);
    this.end = repeatedly(
      (stop) => analyse.execute(stop),
      INTERVAL_MS,
      (error) => this.reports.workFailed('analysis', 'analysing pools failed', error),
      FIRST_AFTER_MS,
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.end?.();
  }
}
