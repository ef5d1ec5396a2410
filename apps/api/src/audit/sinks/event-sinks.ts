import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { FollowLog, type SealedEvent } from '@cloudpam/audit';
import { CONFIG, type Config } from '../../config/config';
import { sourceOf } from '../../config/event-source';
import { Outcomes } from '../../background/outcomes';
import { ErrorReports } from '../../http/error-reports';
import { STORAGE, type Storage } from '../../storage/storage';
import { keepFollowing } from '../keep-following';
import { platformsOf, type Platform } from './platforms';
import { SinkSubscriber } from './sink-subscriber';

/**
 * Sends the events of the log to the platforms of the settings; of all servers one at a time, each
 * platform by itself. What speaks to a platform is loaded where that is set. It ends after the last
 * request, when the batch at hand is sent.
 */
@Injectable()
export class EventSinks implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ends: (() => Promise<void>)[] = [];

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(CONFIG) private readonly config: Config,
    private readonly outcomes: Outcomes,
    private readonly reports: ErrorReports,
  ) {}

  onApplicationBootstrap(): void {
    for (const platform of platformsOf(this.config.sinks)) this.follow(platform);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.ends.map((end) => end()));
  }

  private follow(platform: Platform): void {
    const { unitOfWork } = this.storage;
    const { kind, what, name, everyMs } = platform;
    const subscriber = new SinkSubscriber(platform, sourceOf(this.config));
    const { leaseMs, batch } = subscriber;
    const handle = async (events: readonly SealedEvent[]): Promise<number> => {
      const note = (outcome: 'sent' | 'failed'): void => this.outcomes.sinks.note(kind, outcome);
      const taken = await subscriber.handle(events).catch((error: unknown) => {
        note('failed');
        throw error;
      });
      note(taken < events.length ? 'failed' : 'sent');
      return taken;
    };
    const end = keepFollowing(
      new FollowLog(unitOfWork, { name, leaseMs, batch, handle }, randomUUID(), () => new Date()),
      (error) =>
        this.reports.workFailed(
          'sinks',
          `sending events to ${what} failed, it will be tried again`,
          error,
        ),
      { everyMs },
    );
    this.ends.push(async () => {
      await end();
      await subscriber.close();
    });
  }
}
