import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DeliverWebhooks } from '@cloudpam/events';
import { Outcomes } from '../background/outcomes';
import { repeatedly } from '../background/repeatedly';
import { ErrorReports } from '../http/error-reports';
import { STORAGE, type Storage } from '../storage/storage';
import { TellWebhook } from './tell-webhook';

const INTERVAL_MS = 1_000;

/**
 * Tells webhooks of the log, looking every second. It ends after the last request, when the attempts
 * at hand are done.
 */
@Injectable()
export class Delivering implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly dispatcher: DeliverWebhooks;
  private end: (() => Promise<void>) | undefined;

  constructor(
    @Inject(STORAGE) storage: Storage,
    teller: TellWebhook,
    outcomes: Outcomes,
    private readonly reports: ErrorReports,
  ) {
    this.dispatcher = new DeliverWebhooks(storage.unitOfWork, {
      send: (webhook, event) => teller.tell(webhook, event),
      holder: randomUUID(),
      now: () => new Date(),
      random: Math.random,
      onError: this.failed,
      onTold: (deliveries) => {
        for (const { webhookId, status } of deliveries)
          outcomes.webhooks.note(webhookId, status === 'waiting' ? 'failed' : status);
      },
    });
  }

  private readonly failed = (error: unknown): void =>
    this.reports.workFailed('webhooks', 'telling webhooks failed, it will be tried again', error);

  onApplicationBootstrap(): void {
    this.end = repeatedly((stop) => this.dispatcher.look(stop), INTERVAL_MS, this.failed);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end?.();
    await this.dispatcher.idle();
  }
}
