import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { FollowLog } from '@cloudpam/audit';
import { loopTurn } from '@cloudpam/event-loop';
import { COUNT_USAGE, ForecastPools } from '@cloudpam/forecast';
import { keepFollowing } from '../audit/keep-following';
import { repeatedly } from '../background/repeatedly';
import { ErrorReports } from '../http/error-reports';
import { STORAGE, type Storage, type Stores } from '../storage/storage';

const INTERVAL_MS = 10_000;

/**
 * Counts the log into days of usage, and tells once a day when pools end; of all servers one does
 * each. It ends after the last request, when the batch at hand is done.
 */
@Injectable()
export class UsageCounting implements OnApplicationBootstrap, OnApplicationShutdown {
  private ends: readonly (() => Promise<void>)[] = [];

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly reports: ErrorReports,
  ) {}

  onApplicationBootstrap(): void {
    const { unitOfWork } = this.storage;
    const [holder, now] = [randomUUID(), () => new Date()];
    const forecasts = new ForecastPools(unitOfWork, holder, now, loopTurn);
    this.ends = [
      keepFollowing(new FollowLog<Stores>(unitOfWork, COUNT_USAGE, holder, now), (error) =>
        this.reports.workFailed('usage', 'counting usage failed, it will be tried again', error),
      ),
      repeatedly(
        (stop) => forecasts.execute(stop),
        INTERVAL_MS,
        (error) => this.reports.workFailed('forecasts', 'telling forecasts failed', error),
        INTERVAL_MS,
      ),
    ];
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.ends.map((end) => end()));
  }
}
