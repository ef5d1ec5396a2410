import { cloudEventType, type CloudEvent, type CloudEventData } from '@cloudpam/events';
import { ActorDto } from '../../audit/dto/actor.dto';
import { EventPlaceDto } from '../../audit/dto/audit-entry.dto';
import { DataField, ObjectField, TextField, TimeField, WordField } from '../../http/fields';
import { EVENT_TABLES } from '../../limits/event-types';

/** The types of all events, as others know them. */
export const CLOUD_EVENT_TYPES: readonly string[] = EVENT_TABLES.flatMap((table) =>
  Object.entries(table).map(([type, { version }]) => cloudEventType(type, version)),
);

/** What an event tells. */
export class CloudEventDataDto implements CloudEventData {
  @TextField({ description: 'What kind of thing was changed', example: 'pool' })
  entity_type!: string;

  @TextField({ description: 'The id of what was changed', example: '42' })
  entity_id!: string;

  @ObjectField({ type: () => ActorDto, description: 'Who did it' })
  actor!: ActorDto;

  @TextField({ description: 'The request that did it', example: 'req-1a2b' })
  request_id!: string;

  @TextField({ description: 'Why, as X-Change-Reason said', nullable: true, example: 'CHG-1234' })
  reason!: string | null;

  @ObjectField({
    type: () => EventPlaceDto,
    description: 'Where it is after the change, or was before its end',
    nullable: true,
  })
  place!: EventPlaceDto | null;

  @ObjectField({
    type: () => EventPlaceDto,
    description: 'Where it was before the change; null where that is the same place',
    nullable: true,
  })
  former_place!: EventPlaceDto | null;

  @DataField({
    description: 'The changed fields as they were; null for a creation',
    nullable: true,
    example: { name: 'office' },
  })
  before!: CloudEventData['before'];

  @DataField({
    description: 'The changed fields as they are now; null for a deletion',
    nullable: true,
    example: { name: 'berlin-office' },
  })
  after!: CloudEventData['after'];
}

/** An event as others are told of it: CloudEvents 1.0 in JSON. */
export class CloudEventDto implements CloudEvent {
  @WordField({
    words: ['1.0'],
    name: 'CloudEventsVersion',
    description: 'The version of CloudEvents',
    example: '1.0',
  })
  specversion!: '1.0';

  @TextField({
    description: 'Its place in the log: the same each time it is told',
    example: '4711',
  })
  id!: string;

  @TextField({ description: 'The public URL of the server', example: 'https://ipam.example.com' })
  source!: string;

  @WordField({
    words: CLOUD_EVENT_TYPES,
    name: 'CloudEventType',
    description: 'The action of the audit trail, with the version of its fields',
    example: 'org.cloudpam.pool.update.v1',
  })
  type!: string;

  @TextField({ description: 'What it is about, as a path below /api/v1', example: 'pools/42' })
  subject!: string;

  @TimeField({ description: 'When it was done' })
  time!: string;

  @TextField({
    description: 'The id with leading zeros, which sorts as the log does',
    example: '0000000000004711',
  })
  sequence!: string;

  @WordField({
    words: ['application/json'],
    name: 'CloudEventContentType',
    description: 'The media type of `data`',
    example: 'application/json',
  })
  datacontenttype!: 'application/json';

  @ObjectField({ type: () => CloudEventDataDto, description: 'What it tells' })
  data!: CloudEventDataDto;
}
