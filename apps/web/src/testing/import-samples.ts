import type { Schemas } from '@cloudpam/api-client';

/** A table of a spreadsheet with a column that nothing is known of. */
export function importTable(fields: Partial<Schemas['ImportTable']> = {}): Schemas['ImportTable'] {
  return {
    file: 'sites.csv',
    format: 'spreadsheet',
    because: 'It has a column of CIDRs.',
    entity: 'pool',
    encoding: 'utf-8',
    delimiter: ';',
    header_line: 1,
    columns: ['Network', 'Site', 'State', 'Rack'],
    fields: ['cidr', 'name', 'description', 'vrf', 'status', 'tenant'],
    mapping: { cidr: 'Network', name: 'Site', status: 'State' },
    unknown: ['Rack'],
    sample: [
      ['10.0.0.0/8', 'core', 'in use', 'R1'],
      ['10.1.0.0/16', 'berlin', 'free', 'R2'],
    ],
    ...fields,
  };
}

/** A row that makes a pool. */
export function importRow(fields: Partial<Schemas['ImportRow']> = {}): Schemas['ImportRow'] {
  const cidr = fields.cidr === undefined ? '10.0.0.0/8' : fields.cidr;
  return {
    table: 0,
    file: 'sites.csv',
    line: 2,
    column: null,
    entity: 'pool',
    action: 'create',
    code: null,
    detail: null,
    label: cidr ?? 'a row',
    id: null,
    vrf: 'global',
    changes: null,
    ...fields,
    cidr,
  };
}

const NONE = { create: 0, update: 0, unchanged: 0, skip: 0, error: 0 };

/** What the server says of rows: the counts are theirs. */
export function importAnswer(
  rows: readonly Schemas['ImportRow'][],
  fields: Partial<Schemas['ImportResult']> = {},
): Schemas['ImportResult'] {
  const counts = { ...NONE };
  for (const { action } of rows) counts[action] += 1;
  return {
    format: 'spreadsheet',
    plan: 'plan-1',
    applied: false,
    tables: [importTable()],
    summary: { ...counts, entities: [{ entity: 'pool', ...counts }] },
    rows: [...rows],
    next_cursor: null,
    ...fields,
  };
}

/** Rows of each kind of action that says more than its name. */
export const SAMPLE_ROWS = {
  core: importRow({ label: 'core' }),
  berlin: importRow({ cidr: '10.1.0.0/16', label: 'berlin', line: 3 }),
  wrong: importRow({
    cidr: null,
    label: '10.1.2.3/16',
    line: 4,
    column: 'Network',
    action: 'error',
    code: 'host_bits',
    detail: '10.1.2.3/16 is not canonical; did you mean 10.1.0.0/16?',
  }),
  changed: importRow({
    cidr: '10.2.0.0/16',
    label: 'paris',
    line: 5,
    id: 9,
    action: 'update',
    changes: [{ field: 'name', before: 'old', after: 'paris' }],
  }),
} as const;

/** What was saved by a name. */
export function savedMap(fields: Partial<Schemas['ImportMap']> = {}): Schemas['ImportMap'] {
  return { name: 'sites', map: {}, updated_at: '2026-01-02T03:04:05.000Z', version: 1, ...fields };
}
