import { IMPORT_ACTIONS, IMPORT_FORMATS, type ImportFormat } from '@cloudpam/import';
import { DryRunQuery } from '../../http/common.dto';
import { inQuery, TextField, WholeField, WordField } from '../../http/fields';

/** Rows of the plan in one answer. */
const ROWS_LIMIT = 10_000;

/** How files are read, what is done with them, and which rows the answer has. */
export class ImportQuery extends DryRunQuery {
  @WordField({
    words: ['auto', ...IMPORT_FORMATS],
    name: 'ImportFormat',
    description: 'How the files are written; `auto` finds out',
    optional: true,
    default: 'auto',
  })
  format?: ImportFormat | 'auto';

  @WordField({
    words: ['all', 'partial'],
    name: 'ImportMode',
    description:
      '`all` imports nothing where a row is wrong; `partial` imports the others, and tells which',
    optional: true,
    default: 'all',
  })
  mode?: 'all' | 'partial';

  @TextField({
    description:
      'The hash of the plan that a dry run has told: nothing is imported where there is another one by now',
    pattern: /^[0-9a-f]{64}$/,
    max: 64,
    optional: true,
  })
  plan?: string;

  @WordField({
    words: ['canonical'],
    name: 'ImportFix',
    description: '`canonical`: host bits that are set are taken away in place of refusing the row',
    optional: true,
  })
  fix?: 'canonical';

  @TextField({
    description: `Which rows are told: ${IMPORT_ACTIONS.join(', ')}, with commas between them; without it all`,
    pattern: new RegExp(`^(${IMPORT_ACTIONS.join('|')})(,(${IMPORT_ACTIONS.join('|')}))*$`),
    max: 100,
    optional: true,
  })
  action?: string;

  @inQuery('number')
  @WholeField({
    description: 'How many rows are told at once',
    min: 1,
    max: ROWS_LIMIT,
    optional: true,
    default: 1_000,
  })
  limit?: number;

  @TextField({
    description:
      'The `next_cursor` of the answer before: the same files again, and the rows that follow',
    max: 200,
    optional: true,
  })
  cursor?: string;

  @TextField({
    description: 'What the file is called, where the body is the file itself',
    max: 200,
    optional: true,
  })
  filename?: string;
}
