import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EVENT_TABLES } from '../limits/event-types';

const DECLARED = EVENT_TABLES.flatMap((types) => Object.keys(types));

/** The types that the table of docs/audit.md names. */
function documented(): string[] {
  const text = readFileSync(path.resolve(__dirname, '../../../../docs/audit.md'), 'utf8');
  const rows = text
    .slice(text.indexOf('| entity | actions |'), text.indexOf('## Reading'))
    .split('\n')
    .slice(2);
  const wordsOf = (cell = ''): string[] =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);
  return rows.flatMap((row) => {
    const [, entities, verbs] = row.split('|');
    return wordsOf(entities).flatMap((entity) => wordsOf(verbs).map((verb) => `${entity}.${verb}`));
  });
}

describe('the types of events', () => {
  it('are declared once each', () => {
    expect(DECLARED.filter((type, at) => DECLARED.indexOf(type) !== at)).toEqual([]);
  });

  it('stand in the documentation, all of them and no others', () => {
    expect(documented().sort()).toEqual([...DECLARED].sort());
  });
});
