import { TextField, WholeField, inQuery } from '../../http/fields';

/** Whose types an event has: `pool.*,range.create`. */
export const TYPES_PATTERN = /^([a-z_]+\.([a-z_]+|\*)|\*)(,([a-z_]+\.([a-z_]+|\*)|\*))*$/;

/** Which events. */
export class EventStreamQuery {
  @inQuery('number')
  @WholeField({
    description:
      'After this place in the log, as an earlier answer has named it, or 0 for all; without it from now on. ' +
      'A place beyond the end of the log is its end',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    optional: true,
    example: 4711,
  })
  after?: number;

  @TextField({
    description:
      'Of these types, with commas between them: an action, `pool.create`, or the beginning of several, `pool.*`',
    max: 1_000,
    pattern: TYPES_PATTERN,
    optional: true,
    example: 'pool.*,range.*',
  })
  types?: string;
}

/** Which events, and how long to wait for them. */
export class EventsQuery extends EventStreamQuery {
  @inQuery('number')
  @WholeField({
    description: 'Waits so many seconds for events where there are none',
    min: 0,
    max: 60,
    optional: true,
    default: 0,
    example: 0,
  })
  wait?: number;
}
