import { mkdir } from 'node:fs/promises';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { say } from '../background/lines';
import { repeatedly } from '../background/repeatedly';
import { CONFIG, type Config } from '../config/config';
import { ErrorReports } from '../http/error-reports';
import { fileLine } from './file-line';
import { ImportSnapshots } from './import-snapshots';

const INTERVAL_MS = 5_000;

/**
 * Looks for snapshot files every few seconds, in the folder of the settings, if they name one. It
 * ends when the file at hand is done.
 */
@Injectable()
export class SnapshotWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private end: (() => Promise<void>) | undefined;

  constructor(
    private readonly imports: ImportSnapshots,
    @Inject(CONFIG) private readonly config: Config,
    private readonly reports: ErrorReports,
  ) {}

  onApplicationBootstrap(): void {
    const { snapshotDir: folder } = this.config;
    if (folder === undefined) return;
    const failed = (error: unknown): void =>
      this.reports.workFailed('snapshots', `${folder} could not be read`, error);
    const made = mkdir(folder, { recursive: true }).catch(failed);
    this.end = repeatedly(
      async (stop) => {
        await made;
        await this.imports.execute(folder, (outcome) => say(fileLine(outcome)), stop);
      },
      INTERVAL_MS,
      failed,
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.end?.();
  }
}
