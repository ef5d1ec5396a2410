import { text, time } from '../http/schema';

/** For the export, which still checks by schemas. */
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
