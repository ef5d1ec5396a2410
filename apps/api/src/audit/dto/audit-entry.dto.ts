import { auditRecord, type AuditEntry, type AuditRecord, type TrailPage } from '@cloudpam/audit';
import type { PoolEvent } from '@cloudpam/pools';
import { listOf } from '../../http/common.dto';
import type { CursorPage } from '../../http/list-page';
import {
  DataField,
  ObjectField,
  ObjectsField,
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

  @TextField({ description: 'The request that did it, as the log of the server names it' })
  request_id!: string;

  @TextField({
    description: 'Why, as X-Change-Reason said; null where nobody said',
    nullable: true,
    example: 'CHG-1234',
  })
  reason!: string | null;

  static of(entry: AuditEntry): AuditEntryDto {
    return auditRecord(entry);
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
