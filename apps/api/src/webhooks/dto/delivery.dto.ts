import {
  DELIVERY_STATUSES,
  type Attempt,
  type Delivery,
  type DeliveryStatus,
} from '@cloudpam/events';
import { listOf, PageQuery } from '../../http/common.dto';
import {
  BooleanField,
  ObjectField,
  TextField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { CloudEventDto } from '../../events/dto/cloud-event.dto';
import { EventFilterDto, NewWebhookTemplateDto } from './webhook.dto';

const STATUS = {
  words: DELIVERY_STATUSES,
  name: 'DeliveryStatus',
  description: '`waiting` to be tried again, `delivered`, or `dead`: given up',
} as const;

/** More than a body can have: an event tells all that a request can have changed, before and after. */
const LONGEST_BODY = 10_000_000;

/** How an attempt to tell of an event went. */
export class DeliveryAttemptDto {
  @TimeField({ description: 'When it was made' })
  at!: Date;

  @WholeField({ description: 'How long it took, in milliseconds', example: 42 })
  ms!: number;

  @WholeField({
    description: 'The HTTP status of the answer; null where there was none',
    nullable: true,
    example: 204,
  })
  http_status!: number | null;

  @TextField({ description: 'The first kilobyte of the answer', nullable: true, example: 'ok' })
  answer!: string | null;

  @TextField({
    description: 'Why it has failed; null where it has not',
    nullable: true,
    example: 'HTTP 503',
  })
  error!: string | null;

  static attempt({ at, ms, httpStatus, answer, error }: Attempt): DeliveryAttemptDto {
    return { at, ms, http_status: httpStatus, answer, error };
  }
}

/** An event that a webhook is told of, with the last attempt. */
export class WebhookDeliveryDto extends DeliveryAttemptDto {
  @WholeField({ description: 'The place of the event in the log, which is its id', example: 4711 })
  seq!: number;

  @TextField({ description: 'The action of the audit trail', example: 'pool.create' })
  type!: string;

  @WordField({ ...STATUS, example: 'delivered' })
  status!: DeliveryStatus;

  @WholeField({ description: 'Attempts that were made', example: 1 })
  attempts!: number;

  @TimeField({ description: 'When it is tried again; null where it is not', nullable: true })
  next_at!: Date | null;

  @TimeField({ description: 'When it was given up; null where it was not', nullable: true })
  dead_at!: Date | null;

  static of(delivery: Delivery): WebhookDeliveryDto {
    const { seq, type, status, attempts, nextAt, deadAt } = delivery;
    return {
      ...DeliveryAttemptDto.attempt(delivery),
      seq,
      type,
      status,
      attempts,
      next_at: nextAt,
      dead_at: deadAt,
    };
  }
}

/** A page of the deliveries of a webhook. */
export class WebhookDeliveriesDto extends listOf(WebhookDeliveryDto, 'WebhookDeliveriesDto') {}

/** Which deliveries are listed. */
export class DeliveryQuery extends PageQuery {
  @WordField({ ...STATUS, optional: true })
  status?: DeliveryStatus;
}

/** What is to be told again: a part of the log, or what is dead. */
export class WebhookReplayDto {
  @WholeField({
    description: 'The first event',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    optional: true,
  })
  from_seq?: number;

  @WholeField({
    description: 'The last event',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    optional: true,
  })
  to_seq?: number;

  @BooleanField({
    description: 'In place of a part: all that was given up',
    optional: true,
    example: true,
  })
  dead?: boolean;
}

/** A webhook that is only thought of. */
export class WebhookPreviewDto {
  @ObjectField({ type: () => EventFilterDto, description: 'What it is told of', optional: true })
  filter?: EventFilterDto;

  @ObjectField({
    type: () => NewWebhookTemplateDto,
    description: 'What it is sent',
    optional: true,
  })
  template?: NewWebhookTemplateDto;
}

/** What would be sent. */
export class PreviewedEventDto {
  @ObjectField({
    type: () => CloudEventDto,
    description: 'The newest of the last 5,000 events that passes; null for none',
    nullable: true,
  })
  event!: CloudEventDto | null;

  @TextField({ description: 'The media type of the body', nullable: true })
  content_type!: string | null;

  @TextField({
    description: 'The body that would be sent; a routing key is left out',
    max: LONGEST_BODY,
    nullable: true,
  })
  body!: string | null;
}
