import { IntersectionType, PickType } from '@nestjs/swagger';
import { cloudEventType, type CloudEvent } from '@cloudpam/events';
import { AuditDiffDto, AuditEntryDto } from '../../audit/dto/audit-entry.dto';
import { ObjectField, TextField, TimeField, WordField } from '../../http/fields';
import { EVENT_TABLES } from '../../limits/event-types';

/** The types of all events, as others know them. */
export const CLOUD_EVENT_TYPES: readonly string[] = EVENT_TABLES.flatMap((table) =>
  Object.entries(table).map(([type, { version }]) => cloudEventType(type, version)),
);

/** What an event tells: what the entry of the audit trail does, under the same names. */
export class CloudEventDataDto extends IntersectionType(
  PickType(AuditEntryDto, [
    'entity_type',
    'entity_id',
    'actor',
    'request_id',
    'reason',
    'place',
    'former_place',
  ]),
  AuditDiffDto,
) {}

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

  @TextField({
    description:
      'What it is about: a path below /api/v1, or the name of an entity and its id where there is none',
    example: 'pools/42',
  })
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
