import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cloudEventOf } from '@cloudpam/events';
import { EVENT_TABLES, EVENT_TYPES } from '../limits/event-types';

const ROOT = path.resolve(__dirname, '../../../..');

/** What is told of an event of a type, of an entity with the id 42. */
function told(type: string, version: number): { readonly type: string; readonly subject: string } {
  const [entityType = ''] = type.split('.');
  const entry = { id: 1, at: new Date(0), type, version, entityType, entityId: '42' };
  const rest = { requestId: '', reason: null, place: null, formerPlace: null };
  const actor = { type: 'system', id: 'system', name: 'system' } as const;
  const diff = { before: null, after: null };
  const seal = { seq: 1, entryId: 1, hash: '' };
  return cloudEventOf({ seal, entry: { ...entry, ...rest, actor, diff } }, 'urn:test');
}

/** The types that the table of docs/audit.md names. */
function documented(): string[] {
  const text = readFileSync(path.join(ROOT, 'docs/audit.md'), 'utf8');
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
    expect(EVENT_TYPES.filter((type, at) => EVENT_TYPES.indexOf(type) !== at)).toEqual([]);
  });

  it.each(['event-schemas', 'event-types'])(
    'are what %s has made of them',
    (tool) => {
      const made = spawnSync(process.execPath, [path.join(ROOT, `tools/${tool}.mjs`), '--check']);
      expect([made.status, made.stderr.toString('utf8')]).toEqual([0, '']);
    },
    120_000,
  );

  it('stand in the documentation, all of them and no others', () => {
    expect(documented().sort()).toEqual([...EVENT_TYPES].sort());
  });

  it('stand in docs/events.md with what they are about, as webhooks tell of them', () => {
    const text = readFileSync(path.join(ROOT, 'docs/events.md'), 'utf8');
    const rows = text.slice(text.indexOf('| about |'), text.indexOf('`POST')).split('\n').slice(2);
    const stood = rows.flatMap((row) => {
      const [, , subject = '', types = ''] = row.split('|');
      return [...types.matchAll(/`([\w.]+)`/g)].map(([, type]) => [type, subject.trim()]);
    });
    const expected = EVENT_TABLES.flatMap((table) => Object.entries(table)).map(
      ([name, { version }]) => {
        const { type, subject } = told(name, version);
        return [type, `\`${subject.replace('42', '{id}')}\``];
      },
    );
    expect(stood.sort()).toEqual(expected.sort());
  });
});
