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
