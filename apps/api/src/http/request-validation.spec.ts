import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { BulkBody } from './bulk-body';
import { schemaOf } from './class-schema';
import {
  BooleanField,
  CidrField,
  DataField,
  DecimalField,
  FamilyField,
  IdsField,
  IpField,
  NumberField,
  ObjectField,
  ObjectsField,
  TagsField,
  TextField,
  TextsField,
  TimeField,
  WholeField,
  WordField,
} from './fields';
import { fitOf, RequestValidation } from './request-validation';
import { SchemaError } from './schema';

class Nothing {}

function problemsOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return error.problems.map(({ field, code }) => [field, code]);
  }
}

describe('the check of a body that has no fields', () => {
  const check = (value: unknown): unknown =>
    new RequestValidation().transform(value, { type: 'body', metatype: Nothing });

  it('takes none, and an empty object', () => {
    expect(check(undefined)).toEqual({});
    expect(check({})).toEqual({});
  });

  it('refuses every field by its name', () => {
    expect(problemsOf(() => check({ a: 1, b: 2 }))).toEqual([
      ['a', 'unknown_field'],
      ['b', 'unknown_field'],
    ]);
  });

  it('refuses what is no object', () => {
    expect(problemsOf(() => check([]))).toEqual([['body', 'missing_field']]);
    expect(problemsOf(() => check(null))).toEqual([['body', 'missing_field']]);
  });
});

class Row {
  @TextField({ description: 'Its name', max: 10 })
  name!: string;

  @WholeField({ description: 'Its size', min: 1, max: 9, nullable: true, optional: true })
  size?: number | null;
}

@BulkBody()
class Rows {
  @ObjectsField({ type: () => Row, description: 'The rows', min: 1, max: 3 })
  rows!: Row[];
}

describe('the check of a body with thousands of rows', () => {
  const check = (value: unknown): unknown =>
    new RequestValidation().transform(value, { type: 'body', metatype: Rows });

  it('gives what fits as it came', () => {
    const body = { rows: [{ name: 'a', size: 9 }, { name: 'b', size: null }, { name: 'c' }] };
    expect(check(body)).toBe(body);
  });

  it.each([
    [undefined, 'body', 'missing_field'],
    [{}, 'rows', 'missing_field'],
    [{ rows: [] }, 'rows', 'invalid_field'],
    [{ rows: [{}] }, 'rows.0.name', 'missing_field'],
    [{ rows: [{ name: 'a', size: 10 }] }, 'rows.0.size', 'invalid_field'],
    [{ rows: [{ name: 'a', b: 1 }] }, 'rows.0.b', 'unknown_field'],
  ])('holds %j against what the fields of its classes say', (body, field, code) => {
    expect(problemsOf(() => check(body))).toEqual([[field, code]]);
  });
});

const about = { description: 'A field', optional: true, nullable: true } as const;

class Everything {
  @TextField({ ...about, min: 1, max: 3, pattern: /^[a-c👍]*$/u })
  text?: string | null;

  @CidrField(about)
  cidr?: string | null;

  @IpField(about)
  ip?: string | null;

  @DecimalField(about)
  decimal?: string | null;

  @FamilyField(about)
  family?: number | null;

  @WholeField({ ...about, min: -1, max: 4 })
  whole?: number | null;

  @NumberField(about)
  number?: number | null;

  @BooleanField(about)
  yes?: boolean | null;

  @WordField({ ...about, words: ['a', 'b'], name: 'Letter' })
  word?: string | null;

  @TimeField(about)
  time?: string | null;

  @TagsField(about)
  tags?: Record<string, string> | null;

  @DataField(about)
  data?: object | null;

  @TextsField({ ...about, min: 1, max: 2, longest: 2, pattern: /^[ab]*$/ })
  texts?: string[] | null;

  @TextsField({ ...about, words: ['a', 'b'], name: 'Letters' })
  words?: string[] | null;

  @IdsField({ ...about, min: 1, max: 2, unique: true })
  ids?: number[] | null;

  @ObjectField({ ...about, type: () => Row })
  row?: Row | null;

  @ObjectsField({ ...about, type: () => Row, max: 2 })
  rows?: Row[] | null;
}

describe('the compiled schema of a class', () => {
  const short = fc.constantFrom(
    'a',
    'b',
    'ab',
    'abc',
    'abcd',
    '',
    '👍️',
    '7',
    '1.1.1.1',
    '::1/128',
    '2026-01-31T12:00:00Z',
  );
  const plain = fc.oneof(
    short,
    fc.string(),
    fc.integer({ min: -3, max: 9 }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  );
  const row = fc.record({ name: plain, size: plain, other: plain }, { requiredKeys: [] });
  const value = fc.oneof(
    plain,
    fc.array(plain, { maxLength: 3 }),
    row,
    fc.array(row, { maxLength: 3 }),
    fc.jsonValue(),
  );
  const names = Object.keys(schemaOf(Everything)['properties'] as object);

  it('takes nothing that class-validator would refuse', () => {
    const fits = fitOf(Everything);
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...names), value, (name, given) => {
        const instance = Object.assign(new Everything(), { [name]: withRows(given) });
        if (!fits(instance)) return;
        taken += 1;
        expect(validateSync(instance, { forbidUnknownValues: true })).toEqual([]);
      }),
      { numRuns: 20_000 },
    );
    expect(taken).toBeGreaterThan(1_000);
  });

  /** Objects become rows, as the check makes them before. */
  function withRows(given: unknown): unknown {
    if (Array.isArray(given)) return given.map(withRows);
    const isRow = typeof given === 'object' && given !== null && 'name' in given;
    return isRow ? Object.assign(new Row(), given) : given;
  }
});
