import { LRUCache } from 'lru-cache';
import type { StatementName } from './trace-point';

const KEPT_NAMES = 1_000;

const WRITES = [
  ['INSERT', /\binsert into (\w+)/i],
  ['DELETE', /\bdelete from (\w+)/i],
  ['LOCK', /^\s*lock table (\w+)/i],
  // Neither `for update` nor `on conflict do update set`.
  ['UPDATE', /\bupdate (\w+)\s+(?:as \w+\s+)?set\b/i],
] as const;
/** What is read from: a table, and no function. */
const SOURCES = /\b(?:from|join)\s+(\w+)\b(?!\s*\()/gi;
/** What is no table either: quoted text, and the `from` of `extract`. */
const NO_SOURCES = /'[^']*'|\bextract\(\w+ from\b/gi;
const PARTS = /(?:\bwith(?: recursive)?|,)\s*(\w+)\s*(?:\([^()]*\)\s*)?as (?:materialized )?\(/gi;

/**
 * Names statements by their texts, in which values have placeholders: what they write, or else the first table that
 * they read. What stands in quotes is no table.
 */
export class StatementNames {
  private readonly known = new LRUCache<string, StatementName>({ max: KEPT_NAMES });

  constructor(readonly system: StatementName['system']) {}

  /** @param pieces the text between its values */
  of(pieces: readonly string[]): StatementName {
    const text = pieces.join('?');
    const known = this.known.get(text);
    if (known) return known;
    const name = { system: this.system, ...nameOf(text.replaceAll(NO_SOURCES, '?')) };
    this.known.set(text, name);
    return name;
  }
}

function nameOf(text: string): Omit<StatementName, 'system'> {
  for (const [operation, pattern] of WRITES) {
    const table = pattern.exec(text)?.[1];
    if (table !== undefined) return { operation, table };
  }
  const parts = new Set([...text.matchAll(PARTS)].map(([, part]) => part));
  const sources = [...text.matchAll(SOURCES)].map(([, source]) => source);
  const table = sources.find((each) => !parts.has(each));
  return { operation: 'SELECT', ...(table === undefined ? {} : { table }) };
}
