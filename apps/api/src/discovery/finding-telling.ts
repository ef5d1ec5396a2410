import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { loopTurn } from '@cloudpam/event-loop';
import { TellFindings } from '@cloudpam/reconciliation';
import { repeatedly } from '../background/repeatedly';
import { CONFIG, type Config } from '../config/config';
import { ErrorReports } from '../http/error-reports';
import { STORAGE, type Storage } from '../storage/storage';

/** How often it is looked whether telling is due. */
const INTERVAL_MS = 5_000;
const FIRST_AFTER_MS = 2_000;

/**
 * Tells the log which findings have appeared or are gone, and warns of leases that end; of all servers one does. It
 * ends before the last requests: what is left is told by another server, or when this one is back.
 */
@Injectable()
export class FindingTelling implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private end: (() => Promise<void>) | undefined;

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(CONFIG) private readonly config: Config,
    private readonly reports: ErrorReports,
  ) {}

  onApplicationBootstrap(): void {
    const { discoveryInterval: interval, exhaustsSoon: soon } = this.config;
    const now = (): Date => new Date();
    const tell = new TellFindings(
      this.storage.unitOfWork,
      { interval, soon },
      randomUUID(),
      now,
      loopTurn,
    );
    this.end = repeatedly(
      (stop) => tell.execute(stop),
      INTERVAL_MS,
      (error) => this.reports.workFailed('findings', 'telling the log of findings failed', error),
      FIRST_AFTER_MS,
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.end?.();
  }
}
