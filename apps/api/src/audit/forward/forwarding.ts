import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config';
import { ErrorReports } from '../../http/error-reports';
import { STORAGE, type Storage } from '../../storage/storage';
import { keepFollowing } from '../keep-following';
import { forwardAudit } from './forward-audit';

/**
 * Forwards the audit log to the target of the settings, if they name one. It ends after the last
 * request, when the batch at hand is sent.
 */
@Injectable()
export class Forwarding implements OnApplicationBootstrap, OnApplicationShutdown {
  private end: (() => Promise<void>) | undefined;

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(CONFIG) private readonly config: Config,
    private readonly reports: ErrorReports,
  ) {}

  onApplicationBootstrap(): void {
    const { auditForward, auditForwardFormat } = this.config;
    if (auditForward === undefined) return;
    this.end = keepFollowing(
      forwardAudit(this.storage.unitOfWork, auditForward, auditForwardFormat),
      (error) =>
        this.reports.workFailed(
          'forwarding',
          'forwarding the audit log failed, it will be tried again',
          error,
        ),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end?.();
  }
}
