import {
  list,
  nullable,
  object,
  oneOf,
  PAGE,
  READ_AS,
  ref,
  text,
  time,
  type Schema,
} from '../http/schema';

export const AUDIT_FILTER = {
  entity_type: text(100),
  entity_id: text(200),
  actor: { ...text(200), description: 'The id of an actor; where no entry has it, part of a name' },
  action: {
    ...text(100),
    pattern: '^[^*]*\\*?$',
    description: 'An action, `pool.create`, or the beginning of several, `pool.*`',
  },
  since: time,
  until: time,
};
export const AUDIT_QUERY = object({ ...PAGE, ...AUDIT_FILTER, cursor: text(40) }, []);
export const AUDIT_EXPORT_QUERY = object({ ...AUDIT_FILTER, format: oneOf(['jsonl', 'csv']) }, []);
const state: Schema = { type: ['object', 'null'], additionalProperties: true };
const ENTRY = {
  id: { type: 'integer' },
  timestamp: time,
  actor: object({
    type: oneOf(['user', 'token', 'collector', 'system']),
    id: text(),
    name: text(),
  }),
  action: text(),
  entity_type: text(),
  entity_id: text(),
  diff: object({ before: state, after: state }),
  request_id: text(),
  reason: nullable(text()),
};

export const AUDIT_COMPONENTS: Record<string, Schema> = {
  AuditEntry: object(ENTRY),
  AuditList: object({
    entries: list(ref('AuditEntry')),
    total: { type: 'integer' },
    next_cursor: nullable(text()),
    ...READ_AS,
  }),
  PoolEvent: object({
    ...ENTRY,
    state: {
      ...state,
      description:
        'The pool after the change, without its place in the tree; null once it is deleted',
    },
  }),
};
