import { BulkBody } from './bulk-body';
import { ObjectsField, TextField, WholeField } from './fields';
import { RequestValidation } from './request-validation';
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
