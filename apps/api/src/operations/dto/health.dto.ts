import { WordField } from '../../http/fields';

const STATUSES = ['ok', 'ready', 'read_only'] as const;

/** How the server is. */
export class HealthDto {
  @WordField({
    words: STATUSES,
    name: 'HealthStatus',
    description:
      '`ok`: it runs; `ready`: it answers; `read_only`: it answers, and nothing can be written',
    example: 'ready',
  })
  status!: (typeof STATUSES)[number];
}
