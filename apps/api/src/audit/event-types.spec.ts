import { readFileSync } from 'node:fs';
import path from 'node:path';
import { IDENTITY_EVENTS } from '@cloudpam/identity';
import { POOL_EVENTS, RECORD_EVENTS } from '@cloudpam/pools';
import { DISCOVERY_EVENTS } from '@cloudpam/reconciliation';

const DECLARED = [POOL_EVENTS, RECORD_EVENTS, DISCOVERY_EVENTS, IDENTITY_EVENTS].flatMap((types) =>
  Object.keys(types),
);

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
