import {
  DISCOVERY_POLICIES,
  POOL_KINDS,
  POOL_SOURCES,
  POOL_STATUSES,
  PROVIDERS,
  SYNC_STATUSES,
  type AllocationRules,
  type Tags,
} from '@cloudpam/pools';
import type { KeptHistory } from '@cloudpam/import';
import type { Row } from '../rows/row';
import { quoted, wrong } from '../rows/row-problem';

/** What a spreadsheet would run as a formula, as the writer of our CSV sees it. */
const FORMULA = /^'+[\s\p{Cc}\p{Cf}=+\-@＝＋－＠]/u;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/**
 * The text of a cell as it was before the writer put an apostrophe in front of it, where a
 * spreadsheet would have run it.
 */
function ownText(cell: string): string {
  return FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** The words that a column of ours can have. */
const WORDS = {
  kind: POOL_KINDS,
  status: POOL_STATUSES,
  source: POOL_SOURCES,
  sync_status: SYNC_STATUSES,
  provider: PROVIDERS,
  discovery_policy: DISCOVERY_POLICIES,
} as const;

/** Cells of our own export: as they are, not trimmed. */
export class OwnCells {
  constructor(private readonly row: Row) {}

  has(field: string): boolean {
    return this.row.has(field);
  }

  /** null: the cell is empty. */
  text(field: string): string | null {
    const cell = this.row.exact(field);
    return cell ? ownText(cell) : null;
  }

  /** @throws RowEnd `missing_value` */
  required(field: string): string {
    const text = this.text(field);
    if (text === null) throw wrong('missing_value', `${field} is missing.`, field);
    return text;
  }

  /** One of the words of its column; null: the cell is empty. @throws RowEnd `unknown_word` */
  word<Field extends keyof typeof WORDS>(field: Field): (typeof WORDS)[Field][number] | null {
    return this.oneOf(field, WORDS[field]);
  }

  /** One of these words; null: the cell is empty. @throws RowEnd `unknown_word` */
  oneOf<Word extends string>(field: string, words: readonly Word[]): Word | null {
    const text = this.text(field);
    if (text === null) return null;
    const word = words.find((each) => each === text);
    if (word !== undefined) return word;
    throw wrong('unknown_word', `${quoted(text)} is none of ${words.join(', ')}.`, field);
  }

  /** @throws RowEnd `invalid_value` */
  time(field: string): Date | null {
    const text = this.text(field);
    if (text === null) return null;
    const time = TIME.test(text) ? new Date(text) : undefined;
    // A day that a month does not have becomes one of the next.
    if (time && time.getTime() >= 0 && time.toISOString().startsWith(text.slice(0, 10)))
      return time;
    throw wrong(
      'invalid_value',
      `${quoted(text)} is no time such as 2026-01-31T12:00:00.000Z.`,
      field,
    );
  }

  /** @throws RowEnd `invalid_value` unless it is a whole number from 1 on */
  count(field: string): number | null {
    const text = this.text(field);
    if (text === null) return null;
    const number = /^\d{1,15}$/.test(text) ? Number(text) : 0;
    if (number > 0) return number;
    throw wrong('invalid_value', `${quoted(text)} is no whole number from 1 on.`, field);
  }

  /** @throws RowEnd `invalid_value` */
  tags(): Tags {
    const tags = this.json('tags');
    if (tags === undefined) return {};
    if (isObject(tags) && Object.values(tags).every((value) => typeof value === 'string'))
      return tags as Tags; // as has just been looked at
    throw wrong('invalid_value', 'tags is no JSON object of texts.', 'tags');
  }

  /** @throws RowEnd `invalid_value` */
  texts(field: string): string[] {
    const list = this.json(field);
    if (list === undefined) return [];
    if (Array.isArray(list) && list.every((each) => typeof each === 'string')) return list;
    throw wrong('invalid_value', `${field} is no JSON list of texts.`, field);
  }

  /** @throws RowEnd `invalid_rules` */
  rules(): AllocationRules | null {
    const rules = this.json('rules', 'invalid_rules');
    if (rules === undefined) return null;
    const length = (name: string): number | null => {
      const value = isObject(rules) ? (rules[name] ?? null) : undefined;
      if (value === null || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 128))
        return value as number | null; // as has just been looked at
      throw wrong('invalid_rules', `${name} of rules is no prefix length.`, 'rules');
    };
    const requiredTags: unknown = isObject(rules) ? (rules['required_tags'] ?? []) : [];
    if (!Array.isArray(requiredTags) || !requiredTags.every((each) => typeof each === 'string'))
      throw wrong('invalid_rules', 'required_tags of rules is no list of texts.', 'rules');
    const days: unknown = isObject(rules) ? (rules['quarantine_days'] ?? null) : null;
    if (days !== null && !Number.isInteger(days))
      throw wrong('invalid_rules', 'quarantine_days of rules is no number of days.', 'rules');
    return {
      minPrefixLength: length('min_prefix_length'),
      maxPrefixLength: length('max_prefix_length'),
      defaultPrefixLength: length('default_prefix_length'),
      requiredTags,
      ...(days === null ? {} : { quarantineDays: days as number }), // as has just been looked at
    };
  }

  /** undefined where the export does not tell it. */
  history(): KeptHistory | undefined {
    const createdAt = this.time('created_at');
    const updatedAt = this.time('updated_at');
    const version = this.count('version');
    return createdAt && updatedAt && version !== null
      ? { createdAt, updatedAt, version }
      : undefined;
  }

  /** undefined: the cell is empty. */
  json(field: string, code: 'invalid_value' | 'invalid_rules' = 'invalid_value'): unknown {
    const text = this.text(field);
    if (text === null) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw wrong(code, `${field} is no JSON.`, field);
    }
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
