import { OmitType } from '@nestjs/swagger';
import { PageQuery } from '../../http/common.dto';
import { TextField, TimeField, WordField } from '../../http/fields';

/** Which part of the audit trail. */
export class AuditQuery extends PageQuery {
  @TextField({
    description: 'About this kind of thing',
    max: 100,
    optional: true,
    example: 'pool',
  })
  entity_type?: string;

  @TextField({
    description: 'About the thing with this id',
    max: 200,
    optional: true,
    example: '42',
  })
  entity_id?: string;

  @TextField({
    description: 'The id of an actor; where no entry has it, part of a name',
    max: 200,
    optional: true,
    example: 'user:7',
  })
  actor?: string;

  @TextField({
    description: 'An action, `pool.create`, or the beginning of several, `pool.*`',
    max: 100,
    pattern: /^[^*]*\*?$/,
    optional: true,
    example: 'pool.*',
  })
  action?: string;

  @TimeField({ description: 'From this moment on', optional: true })
  since?: string;

  @TimeField({ description: 'Before this moment', optional: true })
  until?: string;
}

/** What narrows the audit trail. */
export class AuditFilterQuery extends OmitType(AuditQuery, ['page', 'page_size', 'cursor']) {}

const AUDIT_FORMATS = ['jsonl', 'csv'] as const;
type AuditFormat = (typeof AUDIT_FORMATS)[number];

/** Which entries of the audit trail, and how they are written. */
export class AuditExportQuery extends AuditFilterQuery {
  @WordField({
    words: AUDIT_FORMATS,
    name: 'AuditFormat',
    description: 'A line of JSON for each entry, or CSV',
    optional: true,
    default: 'jsonl',
  })
  format?: AuditFormat;
}
