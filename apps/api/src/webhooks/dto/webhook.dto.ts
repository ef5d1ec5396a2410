import { PartialType } from '@nestjs/swagger';
import {
  placeFilterFacts,
  TEMPLATE_KINDS,
  WEBHOOK_STATES,
  type EventFilter,
  type TemplateKind,
  type Webhook,
  type WebhookState,
} from '@cloudpam/events';
import { FINDING_SEVERITIES, type FindingSeverity } from '@cloudpam/reconciliation';
import { listOf, NameFilterField, WholeListQuery } from '../../http/common.dto';
import {
  BooleanField,
  IdsField,
  NameField,
  ObjectField,
  RecordIdField,
  TextField,
  TextsField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { TEMPLATE_LENGTH } from '../custom-template';

const MOST = { max: 100, optional: true } as const;
const EXAMPLE_URL = 'https://hooks.example.com/cloudpam';

/** Which events a webhook is told of: those that fit every given field. */
export class EventFilterDto {
  @TextsField({
    description: 'Any of these types, `pool.create`, or those that begin alike, `pool.*`',
    ...MOST,
    longest: 100,
    pattern: /^(\*|[a-z_]+\.(\*|[a-z_]+))$/,
    example: ['pool.*', 'address.create'],
  })
  types?: string[];

  @IdsField({ description: 'In any of these VRFs, before or after', ...MOST, unique: true })
  vrf_ids?: number[];

  @IdsField({ description: 'Of any of these accounts, before or after', ...MOST, unique: true })
  account_ids?: number[];

  @IdsField({
    description:
      'At or below any of these pools, before or after; a pool counts where it lies, and where it lay when the ' +
      'event happened',
    ...MOST,
    unique: true,
  })
  pool_ids?: number[];

  @TextsField({
    description:
      'With any of these tags, `key` or `key:value`. A change tells tags only where they differ',
    ...MOST,
    longest: 400,
    example: ['env:prod'],
  })
  tags?: string[];

  @TextsField({
    words: FINDING_SEVERITIES,
    name: 'FindingSeverity',
    description: 'With any of these severities among its facts; other events do not pass',
    max: FINDING_SEVERITIES.length,
    optional: true,
    example: ['critical'],
  })
  severities?: FindingSeverity[];

  static of(filter: EventFilter): EventFilterDto {
    const { types, severities } = filter;
    return {
      types: [...(types ?? [])],
      ...placeFilterFacts(filter),
      severities: [...(severities ?? [])] as FindingSeverity[], // no others are taken
    };
  }
}

/** What the bodies of a webhook are. */
export class WebhookTemplateDto {
  @WordField({
    words: TEMPLATE_KINDS,
    name: 'TemplateKind',
    description:
      '`cloudevents`: CloudEvents 1.0 in JSON; `slack`, `teams`, `pagerduty`: what these take; `custom`: `text`',
    example: 'cloudevents',
  })
  kind!: TemplateKind;

  @TextField({
    description:
      'Of `custom`: a Mustache template of JSON, without partials and unescaped values; left out otherwise',
    min: 1,
    max: TEMPLATE_LENGTH,
    optional: true,
    nullable: true,
  })
  text?: string | null;
}

/** What the bodies of a webhook are, and by what the service knows us. */
export class NewWebhookTemplateDto extends WebhookTemplateDto {
  @TextField({
    description: 'Of `pagerduty`: the integration key. It is kept as a secret, and not told',
    min: 1,
    max: 200,
    optional: true,
  })
  routing_key?: string;
}

/** A webhook that is to be made. */
export class NewWebhookDto {
  @NameField({ description: 'The name; no other webhook has it', example: 'chat-ops' })
  name!: string;

  @TextField({
    description: 'Where events are posted to: http or https, without user and password',
    min: 1,
    max: 2_000,
    example: EXAMPLE_URL,
  })
  url!: string;

  @ObjectField({
    type: () => EventFilterDto,
    description: 'What it is told of; everything when left out',
    optional: true,
  })
  filter?: EventFilterDto;

  @ObjectField({
    type: () => NewWebhookTemplateDto,
    description: 'What it is sent; CloudEvents when left out',
    optional: true,
  })
  template?: NewWebhookTemplateDto;

  @BooleanField({
    description: 'An event waits until the one before it has arrived or is given up',
    optional: true,
    default: true,
  })
  ordered?: boolean;
}

/** What is to be changed of a webhook. */
export class WebhookPatchDto extends PartialType(NewWebhookDto, { skipNullProperties: false }) {}

/** Someone who is told of events. */
export class WebhookDto {
  @RecordIdField({ description: 'The id', example: 3 })
  id!: number;

  @NameField({ description: 'The name', example: 'chat-ops' })
  name!: string;

  @TextField({ description: 'Where events are posted to', example: EXAMPLE_URL })
  url!: string;

  @ObjectField({ type: () => EventFilterDto, description: 'What it is told of' })
  filter!: EventFilterDto;

  @ObjectField({ type: () => WebhookTemplateDto, description: 'What it is sent' })
  template!: WebhookTemplateDto;

  @BooleanField({ description: 'An event waits until the one before it has arrived' })
  ordered!: boolean;

  @WordField({
    words: WEBHOOK_STATES,
    name: 'WebhookState',
    description: '`ok`, `retrying`: what failed is tried again; `paused`: nothing is told',
    example: 'ok',
  })
  state!: WebhookState;

  @TextField({
    description: 'What went wrong last; null where all is well',
    nullable: true,
    example: 'HTTP 503',
  })
  failure!: string | null;

  @WholeField({
    description: 'The last event of the log that it has been told of, or passed over',
    example: 4711,
  })
  seq!: number;

  @WholeField({ description: 'Events that wait to be tried again', example: 0 })
  waiting!: number;

  @TimeField({
    description: 'When the first of them is tried; null where none waits',
    nullable: true,
  })
  next_attempt_at!: Date | null;

  @TimeField({
    description: 'Until then the former secret signs too; null where it does not',
    nullable: true,
  })
  former_secret_until!: Date | null;

  @TimeField({ description: 'When it was made' })
  created_at!: Date;

  @TimeField({ description: 'When it was last changed' })
  updated_at!: Date;

  @WholeField({ description: 'Counts the changes', example: 1 })
  version!: number;

  static of(webhook: Webhook): WebhookDto {
    const { id, name, url, filter, template, isOrdered, state, failure, seq, waiting } = webhook;
    return {
      id,
      name,
      url,
      filter: EventFilterDto.of(filter),
      template: { kind: template.kind, text: template.text },
      ordered: isOrdered,
      state,
      failure,
      seq,
      waiting,
      next_attempt_at: webhook.nextAt,
      former_secret_until: webhook.formerUntil,
      created_at: webhook.createdAt,
      updated_at: webhook.updatedAt,
      version: webhook.version,
    };
  }
}

/** A webhook with its secret, which is told this once. */
export class WebhookWithSecretDto extends WebhookDto {
  @TextField({
    description: 'Signs what is sent (Standard Webhooks); null where it was told before',
    nullable: true,
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  })
  secret!: string | null;

  static withSecret(webhook: Webhook, secret: string | null): WebhookWithSecretDto {
    return { ...WebhookDto.of(webhook), secret };
  }
}

/** All webhooks. */
export class WebhooksDto extends listOf(WebhookDto, 'WebhooksDto') {}

/** Which of the webhooks are listed. */
export class WebhookQuery extends WholeListQuery {
  @NameFilterField()
  name?: string;
}
