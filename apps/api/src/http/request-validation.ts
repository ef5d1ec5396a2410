import { type ArgumentMetadata, Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { unstorableAt } from '@cloudpam/audit';
import { validateSync, type ValidationError } from 'class-validator';
import { bulkCheckOf } from './bulk-body';
import { schemaOf } from './class-schema';
import { fieldsIn, readFromQuery } from './fields';
import { SchemaError, testOf, unknownField, UNSTORABLE } from './schema';
import { shapeOf } from './shape';

/** Makes something of a class when a request first names it: by then all of its fields are declared. */
function perClass<T extends object>(make: (type: Type) => T): (type: Type) => T {
  const made = new WeakMap<Type, T>();
  return (type) => {
    const known = made.get(type) ?? make(type);
    made.set(type, known);
    return known;
  };
}

const fieldsOf = perClass(fieldsIn);

/**
 * Whether a value is beyond doubt one of the class: its schema, compiled, takes nothing that class-validator would
 * refuse, and tells in a fraction of the time. What is wrong with the others class-validator finds and words.
 */
export const fitOf = perClass((type) => testOf(schemaOf(type)));

type Problem = SchemaError['problems'][number];

/** Nobody mends more at once, and an answer is no longer than the request. */
const MOST_TOLD = 20;
/** What TypeScript leaves of types that are no classes of fields. */
const PLAIN: readonly unknown[] = [String, Boolean, Number, Array, Object, Date];

/**
 * Checks bodies and queries against the classes that routes name as their types, and tells what is
 * wrong: `unknown_field`, `missing_field`, `invalid_field`. Values keep their types: a number in a
 * body is a number, in a query a text that looks like one.
 */
@Injectable()
export class RequestValidation implements PipeTransform {
  /** @returns an instance of the class, but for a `BulkBody`. @throws SchemaError */
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || !metatype || PLAIN.includes(metatype))
      return value;
    const given = type === 'query' ? storable(value as object) : objectIn(value, metatype as Type);
    const bulkCheck = bulkCheckOf(metatype);
    if (bulkCheck) return bulkCheck(given);
    const problems: Problem[] = [];
    const instance = instanceOf(metatype as Type, given, '', problems);
    if (problems.length > 0) throw new SchemaError(problems.slice(0, MOST_TOLD));
    // class-validator takes a class without fields for one that it does not know.
    if (fieldsOf(metatype as Type).size === 0) return instance;
    const errors = fitOf(metatype as Type)(instance)
      ? []
      : validateSync(instance, { stopAtFirstError: true, forbidUnknownValues: true });
    if (errors.length === 0) return withEnough(instance, shapeOf(metatype).minProperties);
    throw new SchemaError(errors.flatMap((error) => problemsOf(error, '')).slice(0, MOST_TOLD));
  }
}

/** @throws SchemaError for a query that holds NUL or half of a surrogate pair */
function storable(query: object): object {
  const field = unstorableAt(query)?.[0];
  if (field === undefined) return query;
  throw new SchemaError([
    { field: field.slice(0, 200), code: 'invalid_field', detail: UNSTORABLE },
  ]);
}

/** The body; `{}` where there is none and none is needed. @throws SchemaError `missing_field` */
function objectIn(body: unknown, type: Type): object {
  if (body === undefined && fieldsOf(type).size === 0) return {};
  if (isObject(body)) return body;
  throw new SchemaError([
    { field: 'body', code: 'missing_field', detail: 'is required, as a JSON object' },
  ]);
}

/**
 * An instance of a class with these values, and instances in it where fields are of classes. Names
 * are looked up as fields and nowhere else: `__proto__` and `toString` are unknown ones.
 */
function instanceOf(type: Type, values: object, above: string, problems: Problem[]): object {
  const fields = fieldsOf(type);
  const instance = new type() as Record<string, unknown>;
  for (const [name, value] of Object.entries(values)) {
    const described = fields.get(name);
    if (!described) {
      if (!shapeOf(type).additionalProperties) problems.push(unknownField(`${above}${name}`));
      continue;
    }
    const read = readFromQuery(type.prototype as object, name, value);
    const below =
      typeof described.type === 'function' ? (described.type as () => Type)() : undefined;
    const one = (each: unknown, at: string): unknown =>
      below && isObject(each) ? instanceOf(below, each, `${above}${at}.`, problems) : each;
    instance[name] =
      described.isArray && Array.isArray(read)
        ? read.map((each, at) => one(each, `${name}.${at}`))
        : one(read, name);
  }
  return instance;
}

/** @throws SchemaError for less fields than the class asks for */
function withEnough(instance: object, least = 0): object {
  if (Object.keys(instance).length >= least) return instance;
  const detail = `must have ${least} field at least`;
  throw new SchemaError([{ field: 'body', code: 'invalid_field', detail }]);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function problemsOf(error: ValidationError, above: string): Problem[] {
  const { property, value, constraints, children } = error;
  const field = `${above}${property}`;
  const inside = (children ?? []).flatMap((child) => problemsOf(child, `${field}.`));
  const [detail] = Object.values(constraints ?? {});
  if (detail === undefined) return inside;
  if (value === undefined) return [{ field, code: 'missing_field', detail: 'is required' }];
  return [{ field, code: 'invalid_field', detail }, ...inside];
}
