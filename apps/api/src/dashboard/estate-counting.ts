import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { loopTurn } from '@cloudpam/event-loop';
import { CountEstate } from '@cloudpam/forecast';
import { repeatedly } from '../background/repeatedly';
import { ErrorReports } from '../http/error-reports';
import { STORAGE, type Storage } from '../storage/storage';

/** How often it is looked whether a count is due. */
const INTERVAL_MS = 5_000;
const FIRST_AFTER_MS = 1_000;

/** Counts all pools for the dashboard; of all servers one does. A count that is not done when it ends is left. */
@Injectable()
export class EstateCounting implements OnApplicationBootstrap, OnApplicationShutdown {
  private end: () => Promise<void> = () => Promise.resolve();

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly reports: ErrorReports,
  ) {}

  onApplicationBootstrap(): void {
    const now = (): Date => new Date();
    const count = new CountEstate(this.storage.unitOfWork, randomUUID(), now, loopTurn);
    this.end = repeatedly(
      (stop) => count.execute(stop),
      INTERVAL_MS,
      (error) => this.reports.workFailed('estate', 'counting all pools failed', error),
      FIRST_AFTER_MS,
    );
  }

  onApplicationShutdown(): Promise<void> {
    return this.end();
  }
}
