import { cloudEventType, type CloudEvent } from '@cloudpam/events';
import { ActorDto } from '../../audit/dto/actor.dto';
import { EventPlaceDto } from '../../audit/dto/audit-entry.dto';
import { DataField, ObjectField, TextField, TimeField, WordField } from '../../http/fields';
import { EVENT_TABLES } from '../../limits/event-types';
import { ENTITIES } from '../../limits/registry';

/** The types of all events, as others know them. */
export const CLOUD_EVENT_TYPES: readonly string[] = EVENT_TABLES.flatMap((table) =>
  Object.entries(table).map(([type, { version }]) => cloudEventType(type, version)),
);

/** What an event tells, as the entry of the audit trail does. */
export class CloudEventDataDto {
  @WordField({
    words: Object.keys(ENTITIES),
    name: 'EntityType',
    description: 'What kind of thing was changed',
    example: 'pool',
  })
  entity_type!: string;

  @TextField({ description: 'The id of what was changed', example: '42' })
  entity_id!: string;

  @ObjectField({ type: () => ActorDto, description: 'Who did it' })
  actor!: ActorDto;

  @TextField({ description: 'The request that did it', example: 'req-1a2b' })
  request_id!: string;

  @TextField({ description: 'Why, where somebody said so', nullable: true, example: 'CHG-1234' })
  reason!: string | null;

  @ObjectField({
    type: () => EventPlaceDto,
    description: 'Where it is after the change, or was before its end; null without a place',
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
  before!: CloudEvent['data']['before'];

  @DataField({
    description: 'The changed fields as they are now; null for a deletion',
    nullable: true,
    example: { name: 'berlin-office' },
  })
  after!: CloudEvent['data']['after'];
}

/** A change as CloudEvents 1.0 has it, in structured JSON. */
export class CloudEventDto implements CloudEvent {
  @WordField({
    words: ['1.0'],
    name: 'CloudEventVersion',
    description: 'The version of CloudEvents',
    example: '1.0',
  })
  specversion!: '1.0';

  @TextField({
    description: 'The place in the log: the same however often it is told',
    example: '4711',
  })
  id!: string;

  @TextField({
    description: 'The server: its `PUBLIC_URL`, or `urn:cloudpam` without',
    example: 'https://ipam.example.com',
  })
  source!: string;

  @WordField({
    words: CLOUD_EVENT_TYPES,
    name: 'CloudEventType',
    description: 'The action, and the version of what its diff has',
    example: 'org.cloudpam.pool.create.v1',
  })
  type!: string;

  @TextField({ description: 'What was changed, as a path of this API', example: 'pools/42' })
  subject!: string;

  @TimeField({ description: 'When it was done' })
  time!: string;

  @TextField({
    description: 'The id with leading zeros: as text it sorts as the log does',
    example: '0000000000004711',
  })
  sequence!: string;

  @WordField({
    words: ['application/json'],
    name: 'CloudEventContentType',
    description: 'What the data is',
    example: 'application/json',
  })
  datacontenttype!: 'application/json';

  @ObjectField({ type: () => CloudEventDataDto, description: 'What was changed' })
  data!: CloudEventDataDto;
}
