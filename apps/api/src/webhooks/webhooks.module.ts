import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { KeepWebhooks } from '@cloudpam/events';
import { CONFIG, type Config } from '../config/config';
import { useCases } from '../storage/use-case';
import { EVENT_SOURCE, UNNAMED_SOURCE } from './event-source';
import { PostEvent } from './post-event';
import { SecretVault } from './secret-vault';
import { TargetGuard } from './target-guard';
import { TellWebhook } from './tell-webhook';
import { WebhooksController } from './webhooks.controller';

const now = (): Date => new Date();

/** Webhooks: keeping them, and telling them of events. */
@Module({
  controllers: [WebhooksController],
  providers: [
    ...useCases(KeepWebhooks),
    {
      provide: SecretVault,
      inject: [CONFIG],
      useFactory: ({ secretKeys }: Config) => new SecretVault(secretKeys),
    },
    {
      provide: TargetGuard,
      inject: [CONFIG],
      useFactory: ({ webhookAllow }: Config) => new TargetGuard(webhookAllow),
    },
    {
      provide: EVENT_SOURCE,
      inject: [CONFIG],
      useFactory: ({ publicUrl }: Config) => publicUrl ?? UNNAMED_SOURCE,
    },
    {
      provide: PostEvent,
      inject: [TargetGuard],
      useFactory: (guard: TargetGuard) => new PostEvent(guard, now),
    },
    {
      provide: TellWebhook,
      inject: [PostEvent, SecretVault, EVENT_SOURCE],
      useFactory: (poster: PostEvent, vault: SecretVault, source: string) =>
        new TellWebhook(poster, vault, source, now),
    },
  ],
  exports: [TellWebhook],
})
export class WebhooksModule implements OnApplicationShutdown {
  constructor(private readonly poster: PostEvent) {}

  /** Closes the connections to receivers, when nothing is told any more. */
  onApplicationShutdown(): Promise<void> {
    return this.poster.close();
  }
}
