import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ComposeDigest, SendDigests, type SendMail } from '@cloudpam/digests';
import { Outcomes } from '../background/outcomes';
import { repeatedly } from '../background/repeatedly';
import { ErrorReports } from '../http/error-reports';
import { STORAGE, type Storage } from '../storage/storage';
import { Mailer } from './mailer';
import { TellDigest } from './tell-digest';

const INTERVAL_MS = 5_000;

/** Sends the digests that are due, where mail is set up; of all servers one sends each. */
@Injectable()
export class Digesting implements OnApplicationBootstrap, OnApplicationShutdown {
  private end: (() => Promise<void>) | undefined;

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly compose: ComposeDigest,
    private readonly teller: TellDigest,
    private readonly mailer: Mailer,
    private readonly outcomes: Outcomes,
    private readonly reports: ErrorReports,
  ) {}

  private readonly failed = (error: unknown): void =>
    this.reports.workFailed('digests', 'sending digests failed, it will be tried again', error);

  private readonly send: SendMail = async (digest, content, id) => {
    const { digests } = this.outcomes;
    try {
      const sent = await this.teller.send(digest, content, id);
      digests.note(digest.id, sent.refused.length > 0 ? 'sent_in_part' : 'sent');
      return sent;
    } catch (error) {
      digests.note(digest.id, 'failed');
      throw error;
    }
  };

  onApplicationBootstrap(): void {
    // What is due waits for a server that can send it.
    if (!this.mailer.isSetUp) return;
    const sender = new SendDigests(
      this.storage.unitOfWork,
      this.compose,
      this.send,
      randomUUID(),
      () => new Date(),
      Math.random,
      (work, everyMs) => repeatedly(work, everyMs, this.failed, everyMs),
      this.failed,
    );
    this.end = repeatedly((stop) => sender.look(stop), INTERVAL_MS, this.failed);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end?.();
  }
}
