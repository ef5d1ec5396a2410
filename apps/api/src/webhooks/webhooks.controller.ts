import { Body, Controller, Delete, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  KeepWebhooks,
  WebhookError,
  WEBHOOKS_LIMIT,
  type ReplayWish,
  type Webhook,
} from '@cloudpam/events';
import { CONFIG, type Config } from '../config/config';
import { sourceOf } from '../config/event-source';
import { Requires } from '../http/access-guard';
import { type Answer } from '../http/answer';
import { DryRunQuery } from '../http/common.dto';
import { CursorPage, pageOfAll } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathRecordId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import {
  DeliveryAttemptDto,
  DeliveryQuery,
  PreviewedEventDto,
  WebhookDeliveriesDto,
  WebhookDeliveryDto,
  WebhookPreviewDto,
  WebhookReplayDto,
} from './dto/delivery.dto';
import {
  NewWebhookDto,
  WebhookDto,
  WebhookPatchDto,
  WebhookQuery,
  WebhooksDto,
  WebhookWithSecretDto,
} from './dto/webhook.dto';
import { eventBody } from './event-body';
import { newestEvent } from './preview-event';
import { SecretVault } from './secret-vault';
import { newWebhookSecret } from './signature';
import { TargetGuard } from './target-guard';
import { TellWebhook } from './tell-webhook';
import { filterOf, newSettings, templateOf, wishedSettings } from './wished-webhook';

/** Webhooks, and what became of what they were told. */
@ApiTags('webhooks')
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(KeepWebhooks) private readonly keep: KeepWebhooks,
    private readonly vault: SecretVault,
    private readonly guard: TargetGuard,
    private readonly teller: TellWebhook,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Requires('webhooks:manage')
  @Operation({
    id: 'listWebhooks',
    summary: 'List webhooks',
    description: `Gives all webhooks, by id: at most ${WEBHOOKS_LIMIT}; never with their secrets.`,
    answer: WebhooksDto,
  })
  async list(@Context() _: RequestContext, @Query() query: WebhookQuery): Promise<WebhooksDto> {
    const all = await this.storage.unitOfWork.read(({ webhooks }) => webhooks.all(), {
      moment: 'any',
    });
    const named = all.filter(({ name }) => query.name === undefined || name === query.name);
    return pageOfAll(named.map(WebhookDto.of), query, 'webhooks');
  }

  @Post()
  @Requires('webhooks:manage')
  @Operation({
    id: 'createWebhook',
    summary: 'Create a webhook',
    description:
      'Makes a webhook that is told of what happens from now on, and gives its secret this once.',
    answer: WebhookWithSecretDto,
    status: 201,
    problems: [
      'too_many_webhooks',
      'name_taken',
      'secret_key_missing',
      'refused_url',
      'invalid_template',
    ],
    headers: ['Location'],
  })
  create(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: NewWebhookDto,
  ): Promise<WebhookWithSecretDto> {
    const settings = newSettings(body, this.guard);
    const secret = newWebhookSecret();
    const key = body.template?.routing_key;
    const sealed = {
      secret: this.vault.seal(secret),
      routingKey: key === undefined ? null : this.vault.seal(key),
    };
    return context.write(
      (change) => this.keep.create(change, settings, sealed),
      (webhook) => made(webhook, secret),
      undefined,
      { kept: (webhook) => made(webhook, null) },
    );
  }

  @Post('preview')
  @Requires('webhooks:manage')
  @Operation({
    id: 'previewWebhook',
    summary: 'Preview what a webhook would be sent',
    description:
      'Gives the newest of the last 5,000 events that passes the filter, and the body that is made ' +
      'of it. Sends nothing.',
    answer: PreviewedEventDto,
    writesNothing: true,
    problems: ['invalid_template'],
  })
  async preview(
    @Context() _: RequestContext,
    @Body() { filter = {}, template = { kind: 'cloudevents' } }: WebhookPreviewDto,
  ): Promise<PreviewedEventDto> {
    const wished = templateOf(template);
    const event = await newestEvent(this.storage, filterOf(filter), sourceOf(this.config));
    if (!event) return { event: null, content_type: null, body: null };
    const { contentType, text } = eventBody(wished, event, null);
    return { event, content_type: contentType, body: text };
  }

  @Get(':id')
  @Requires('webhooks:manage')
  @Operation({
    id: 'getWebhook',
    summary: 'Get a webhook',
    description: 'Gives a webhook with its version as ETag, and without its secret.',
    answer: WebhookDto,
    problems: ['webhook_not_found'],
    headers: ['ETag'],
  })
  async get(@Context() context: RequestContext, @PathRecordId() id: number): Promise<WebhookDto> {
    const webhook = await this.webhook(id);
    void context.reply.header('etag', `"${webhook.version}"`);
    return WebhookDto.of(webhook);
  }

  @Patch(':id')
  @Requires('webhooks:manage')
  @Operation({
    id: 'updateWebhook',
    summary: 'Change a webhook',
    description: 'Changes the fields that are given; with If-Match only the version that was read.',
    answer: WebhookDto,
    problems: [
      'webhook_not_found',
      'name_taken',
      'version_mismatch',
      'secret_key_missing',
      'refused_url',
      'invalid_template',
    ],
    headers: ['ETag'],
  })
  update(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: WebhookPatchDto,
  ): Promise<WebhookDto> {
    const key = body.template?.routing_key;
    const wish = {
      ...wishedSettings(body, this.guard),
      ...(key === undefined ? {} : { routingKey: this.vault.seal(key) }),
      ...(body.template && body.template.kind !== 'pagerduty' ? { routingKey: null } : {}),
    };
    return context.write(
      (change) => this.keep.update(change, id, wish, context.expectedVersion),
      versioned,
      undefined,
      { versioned: true },
    );
  }

  @Delete(':id')
  @Requires('webhooks:manage')
  @Operation({
    id: 'deleteWebhook',
    summary: 'Delete a webhook',
    description: 'Deletes a webhook with its deliveries, and gives what it was.',
    answer: WebhookDto,
    problems: ['webhook_not_found'],
  })
  remove(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
  ): Promise<WebhookDto> {
    return context.write((change) => this.keep.remove(change, id), plain);
  }

  @Post(':id/test')
  @Requires('webhooks:manage')
  @Operation({
    id: 'testWebhook',
    summary: 'Test a webhook',
    description:
      'Sends an event of the type `org.cloudpam.webhook.test.v1` now, once, and tells how that went. ' +
      'It may take 10 seconds.',
    answer: DeliveryAttemptDto,
    problems: ['webhook_not_found'],
  })
  async test(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
  ): Promise<DeliveryAttemptDto> {
    const answered = await context.answeredBefore<DeliveryAttemptDto>(this.storage);
    if (answered) return answered;
    const attempt = await this.teller.test(await this.webhook(id), context.requestId);
    return context.write(
      (change) => this.keep.noteTest(change, id),
      () => ({ status: 200, body: DeliveryAttemptDto.attempt(attempt) }),
    );
  }

  @Post(':id/rotate')
  @Requires('webhooks:manage')
  @Operation({
    id: 'rotateWebhookSecret',
    summary: 'Give a webhook a new secret',
    description: 'Makes a new secret and gives it this once; for 24 hours both sign what is sent.',
    answer: WebhookWithSecretDto,
    problems: ['webhook_not_found', 'secret_key_missing'],
  })
  rotate(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
  ): Promise<WebhookWithSecretDto> {
    const secret = newWebhookSecret();
    const sealed = this.vault.seal(secret);
    return context.write(
      (change) => this.keep.rotate(change, id, sealed),
      (webhook) => withSecret(webhook, secret),
      undefined,
      { kept: (webhook) => withSecret(webhook, null) },
    );
  }

  @Post(':id/pause')
  @Requires('webhooks:manage')
  @Operation({
    id: 'pauseWebhook',
    summary: 'Pause a webhook',
    description: 'Tells it nothing until it is resumed. Nothing is lost.',
    answer: WebhookDto,
    problems: ['webhook_not_found'],
  })
  pause(@Context() context: RequestContext, @PathRecordId() id: number): Promise<WebhookDto> {
    return context.write((change) => this.keep.pause(change, id), plain);
  }

  @Post(':id/resume')
  @Requires('webhooks:manage')
  @Operation({
    id: 'resumeWebhook',
    summary: 'Resume a webhook',
    description:
      'Has it told of what has happened since it was paused, and what waits tried at once.',
    answer: WebhookDto,
    problems: ['webhook_not_found'],
  })
  resume(@Context() context: RequestContext, @PathRecordId() id: number): Promise<WebhookDto> {
    return context.write((change) => this.keep.resume(change, id), plain);
  }

  @Post(':id/replay')
  @Requires('webhooks:manage')
  @Operation({
    id: 'replayWebhook',
    summary: 'Tell a webhook again',
    description:
      'Has it told again of the events from `from_seq` to `to_seq` that pass its filter, or with `dead` ' +
      'of all that was given up: with the same ids and bodies.',
    answer: WebhookDto,
    problems: ['webhook_not_found', 'invalid_replay'],
  })
  replay(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Body() body: WebhookReplayDto,
  ): Promise<WebhookDto> {
    const wish = replayOf(body);
    return context.write((change) => this.keep.replay(change, id, wish), plain);
  }

  @Get(':id/deliveries')
  @Requires('webhooks:manage')
  @Operation({
    id: 'listWebhookDeliveries',
    summary: 'List the deliveries of a webhook',
    description:
      'Lists what waits, and the last 1,000 that were delivered and 1,000 that were given up, the newest event first.',
    answer: WebhookDeliveriesDto,
    problems: ['webhook_not_found'],
  })
  async deliveries(
    @Context() _: RequestContext,
    @PathRecordId() id: number,
    @Query() { status, ...query }: DeliveryQuery,
  ): Promise<WebhookDeliveriesDto> {
    const page = new CursorPage(query, { list: 'deliveries', id, status });
    await this.webhook(id);
    return this.storage.unitOfWork.read(async ({ deliveries }) => {
      // There are few enough to count the ones before a page that is asked for by its number.
      const limit = page.skip + page.size + 1;
      const found = (await deliveries.list(id, { status, below: page.afterId, limit })).slice(
        page.skip,
      );
      const items = found.slice(0, page.size);
      const next = found.length > page.size ? (items.at(-1)?.seq ?? null) : null;
      return page.answer(
        items.map(WebhookDeliveryDto.of),
        await deliveries.count(id, status),
        next,
      );
    });
  }

  private async webhook(id: number): Promise<Webhook> {
    const webhook = await this.storage.unitOfWork.read(({ webhooks }) => webhooks.get(id), {
      moment: 'any',
    });
    if (!webhook) throw new WebhookError('webhook_not_found', `There is no webhook ${id}.`);
    return webhook;
  }
}

function plain(webhook: Webhook): Answer<WebhookDto> {
  return { status: 200, body: WebhookDto.of(webhook) };
}

function versioned(webhook: Webhook): Answer<WebhookDto> {
  return { ...plain(webhook), headers: { etag: `"${webhook.version}"` } };
}

function withSecret(webhook: Webhook, secret: string | null): Answer<WebhookWithSecretDto> {
  return { status: 200, body: WebhookWithSecretDto.withSecret(webhook, secret) };
}

function made(webhook: Webhook, secret: string | null): Answer<WebhookWithSecretDto> {
  return {
    ...withSecret(webhook, secret),
    status: 201,
    headers: { location: `/api/v1/webhooks/${webhook.id}` },
  };
}

function replayOf({
  from_seq: fromSeq,
  to_seq: toSeq,
  dead = false,
}: WebhookReplayDto): ReplayWish {
  if (dead && fromSeq === undefined && toSeq === undefined) return 'dead';
  if (!dead && fromSeq !== undefined && toSeq !== undefined) return { fromSeq, toSeq };
  throw new WebhookError('invalid_replay', 'Give from_seq and to_seq, or dead alone.', 'from_seq');
}
