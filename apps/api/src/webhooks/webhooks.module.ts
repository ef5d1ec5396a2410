import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { KeepWebhooks } from '@cloudpam/events';
import { CONFIG, type Config } from '../config/config';
import { sourceOf } from '../config/event-source';
import { useCases } from '../storage/use-case';
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
      provide: PostEvent,
      inject: [TargetGuard],
      useFactory: (guard: TargetGuard) => new PostEvent(guard, now),
    },
    {
      provide: TellWebhook,
      inject: [PostEvent, SecretVault, CONFIG],
      useFactory: (poster: PostEvent, vault: SecretVault, config: Config) =>
        new TellWebhook(poster, vault, sourceOf(config), now),
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
