import { formatCidr } from '@cloudpam/cidr';
import {
  auditRecord,
  type AuditEntry,
  type AuditRecord,
  type Place,
  type TrailPage,
} from '@cloudpam/audit';
import type { PoolEvent } from '@cloudpam/pools';
import { listOf } from '../../http/common.dto';
import type { CursorPage } from '../../http/list-page';
import {
  CidrField,
  DataField,
  ObjectField,
  ObjectsField,
  RecordIdField,
  TextField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { ENTITIES } from '../../limits/registry';
import { ActorDto } from './actor.dto';

/** What a change has changed. */
export class AuditDiffDto {
  @DataField({
    description: 'The changed fields as they were; null for a creation',
    nullable: true,
    example: { name: 'office' },
  })
  before!: AuditRecord['diff']['before'];

  @DataField({
    description: 'The changed fields as they are now; null for a deletion',
    nullable: true,
    example: { name: 'berlin-office' },
  })
  after!: AuditRecord['diff']['after'];
}

/** Where something is that a change is about; what does not apply is null. */
export class EventPlaceDto {
  @RecordIdField({ description: 'The VRF', nullable: true, example: 1 })
  vrf_id!: number | null;

  @RecordIdField({ description: 'The account', nullable: true, example: 7 })
  account_id!: number | null;

  @CidrField({ description: 'Its addresses', nullable: true })
  cidr!: string | null;

  @TextField({ description: 'The kind of pool or resource', nullable: true, example: 'subnet' })
  kind!: string | null;

  static of({ vrfId, accountId, cidr, kind }: Place): EventPlaceDto {
    return { vrf_id: vrfId, account_id: accountId, cidr: cidr && formatCidr(cidr), kind };
  }
}

/** One change in the audit trail. */
export class AuditEntryDto implements AuditRecord {
  @WholeField({ description: 'The id; it grows with every entry', example: 4711 })
  id!: number;

  @TimeField({ description: 'When it was done' })
  timestamp!: string;

  @ObjectField({ type: () => ActorDto, description: 'Who did it' })
  actor!: ActorDto;

  @TextField({ description: 'What was done: `entity.verb`', example: 'pool.create' })
  action!: string;

  @WordField({
    words: Object.keys(ENTITIES),
    name: 'EntityType',
    description: 'What kind of thing was changed',
    example: 'pool',
  })
  entity_type!: string;

  @TextField({ description: 'The id of what was changed', example: '42' })
  entity_id!: string;

  @ObjectField({ type: () => AuditDiffDto, description: 'What was changed' })
  diff!: AuditDiffDto;

  @TextField({
    description: 'The request that did it, as the log of the server names it',
    example: 'req-1a2b',
  })
  request_id!: string;

  @TextField({
    description: 'Why, as X-Change-Reason said; null where nobody said',
    nullable: true,
    example: 'CHG-1234',
  })
  reason!: string | null;

  @WholeField({
    description: 'Which fields the diff of this action has; counted up when they change',
    min: 1,
    example: 1,
  })
  version!: number;

  @ObjectField({
    type: () => EventPlaceDto,
    description:
      'Where it is after the change, or was before its end; null for what has no place, such as a token',
    nullable: true,
  })
  place!: EventPlaceDto | null;

  @ObjectField({
    type: () => EventPlaceDto,
    description: 'Where it was before the change; null where that is the same place',
    nullable: true,
  })
  former_place!: EventPlaceDto | null;

  static of(entry: AuditEntry): AuditEntryDto {
    const { version, place, formerPlace } = entry;
    return {
      ...auditRecord(entry),
      version,
      place: place && EventPlaceDto.of(place),
      former_place: formerPlace && EventPlaceDto.of(formerPlace),
    };
  }
}

/** A change to a pool, and what the pool was then. */
export class PoolEventDto extends AuditEntryDto {
  @DataField({
    description:
      'The pool after the change, without its place in the tree; null once it is deleted',
    nullable: true,
  })
  state!: object | null;

  static event({ entry, state }: PoolEvent): PoolEventDto {
    return { ...AuditEntryDto.of(entry), state: state?.facts ?? null };
  }
}

/** A part of the audit trail. */
export class AuditListDto extends listOf(AuditEntryDto, 'AuditListDto') {
  @ObjectsField({
    type: () => AuditEntryDto,
    description: 'The same as `items`, for one release more',
    deprecated: true,
  })
  entries!: readonly AuditEntryDto[];

  @TextField({
    description: 'How `actor` was read, where that is not word for word',
    nullable: true,
  })
  read_as!: string | null;

  static of({ entries, total, actorBy, next }: TrailPage, page: CursorPage): AuditListDto {
    const items = entries.map(AuditEntryDto.of);
    return {
      ...page.answer(items, total, next),
      entries: items,
      read_as: actorBy === 'name' ? 'Read as part of a name: no actor has this id.' : null,
    };
  }
}

export class PoolEventListDto extends listOf(PoolEventDto, 'PoolEventListDto') {}
