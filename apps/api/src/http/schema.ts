import { Query, type PipeTransform, applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parseInstant, unstorableAt } from '@cloudpam/audit';

/**
 * A JSON Schema (draft 2020-12 as OpenAPI 3.1 has it); the one description of a shape, for checking
 * and for the document.
 */
export type Schema = { readonly [key: string]: unknown };

/** Storages keep the ids of accounts, VRFs, VLANs, tokens and users in 32 bits. */
export const LARGEST_RECORD_ID = 2_147_483_647;

/** What of a request does not fit its schema. */
export class SchemaError extends Error {
  constructor(readonly problems: readonly { field: string; code: string; detail: string }[]) {
    super(
      problems
        .map((each) => `${each.field}: ${each.detail}`)
        .slice(0, 5)
        .join('; '),
    );
    this.name = 'SchemaError';
  }
}

const bodies = new Ajv({ allErrors: false, strict: false, strictNumbers: true });
const queries = new Ajv({ allErrors: true, strict: false, coerceTypes: 'array' });
for (const ajv of [bodies, queries]) {
  addFormats(ajv);
  // Whether a text is a CIDR or an address, the use cases say in their own words.
  for (const format of ['cidr', 'ip']) ajv.addFormat(format, true);
  ajv.addFormat('date-time', {
    type: 'string',
    validate: (text: string) => parseInstant(text) !== undefined,
  });
}

/** Said of a text with NUL or half of a surrogate pair in it. */
export const UNSTORABLE = 'holds NUL or half of a surrogate pair, which no text has';
/** How a whole number stands in a query. */
export const WHOLE = /^(0|-?[1-9]\d{0,15})$/;

/** The moment of a text that its schema has checked. @throws SchemaError otherwise */
export function instantOf(text: string, field: string): Date {
  const instant = parseInstant(text);
  if (!instant)
    throw new SchemaError([
      { field, code: 'invalid_field', detail: 'must be a moment such as 2026-01-31T12:00:00Z' },
    ]);
  return instant;
}

/** What is said of a field that a request does not have. */
export function unknownField(field: string): SchemaError['problems'][number] {
  return {
    field: field.slice(0, 200),
    code: 'unknown_field',
    detail: 'is not a field of this request',
  };
}

/** A check of values against a schema, for what does not come as a request. @throws SchemaError */
export function checkOf<T>(schema: Schema): (value: unknown) => T {
  const pipe = new SchemaPipe(schema, bodies);
  return (value) => pipe.transform(value) as T; // the schema describes T
}

/** Whether a value of a body fits a schema. */
export function testOf(schema: Schema): (value: unknown) => boolean {
  const validate = bodies.compile(schema);
  return (value) => validate(value) === true;
}

class SchemaPipe implements PipeTransform {
  private validate: ValidateFunction | undefined;

  constructor(
    private readonly schema: Schema,
    private readonly ajv: Ajv,
  ) {}

  transform(checked: unknown): unknown {
    // Not before it is asked: a server starts without those that nobody uses.
    this.validate ??= this.ajv.compile(this.schema);
    if (!this.validate(checked))
      throw new SchemaError((this.validate.errors ?? []).map(fieldErrorOf));
    return checked;
  }
}

function fieldErrorOf(error: ErrorObject): { field: string; code: string; detail: string } {
  const field = error.instancePath.slice(1).replaceAll('/', '.');
  const extra = error.params['additionalProperty'] as unknown;
  const missing = error.params['missingProperty'] as unknown;
  if (error.keyword === 'format' && error.params['format'] === 'date-time') {
    return {
      field,
      code: 'invalid_field',
      detail:
        'must be a moment such as 2026-01-31T12:00:00Z, from the year 0001 to 9999 (RFC 3339)',
    };
  }
  if (typeof extra === 'string') return unknownField([field, extra].filter(Boolean).join('.'));
  if (typeof missing === 'string')
    return {
      field: [field, missing].filter(Boolean).join('.'),
      code: 'missing_field',
      detail: 'is required',
    };
  const allowed = error.params['allowedValues'] as unknown;
  const detail = Array.isArray(allowed)
    ? `must be one of ${allowed.join(', ')}`
    : (error.message ?? 'is not valid');
  return { field: field || 'body', code: 'invalid_field', detail };
}

/** Checks query parameters: numbers are written as people write them, and nothing holds NUL. */
class QueryPipe extends SchemaPipe {
  private readonly numbers: readonly string[];

  constructor(schema: Schema) {
    super(schema, queries);
    // Schemas made by `object`.
    const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
    this.numbers = properties
      .filter(([, each]) => each['type'] === 'integer')
      .map(([name]) => name);
  }

  override transform(value: unknown): unknown {
    const query = value as Record<string, unknown>; // Fastify always parses it into an object
    const wrong = this.numbers.filter(
      (name) => typeof query[name] === 'string' && !WHOLE.test(query[name]),
    );
    if (wrong.length > 0)
      throw new SchemaError(
        wrong.map((field) => ({ field, code: 'invalid_field', detail: 'must be a whole number' })),
      );
    const field = unstorableAt(query)?.[0];
    if (field !== undefined)
      throw new SchemaError([
        { field: field.slice(0, 200), code: 'invalid_field', detail: UNSTORABLE },
      ]);
    return super.transform(query);
  }
}

/** The query parameters, checked and converted; unknown ones are refused. */
export const QueryOf = (schema: Schema): ParameterDecorator => Query(new QueryPipe(schema));

/** Tells the OpenAPI document about the parameters of a route. */
export function DescribedQuery(query: Schema): MethodDecorator {
  const properties = Object.entries((query['properties'] ?? {}) as Record<string, Schema>); // schemas made by `object`
  const required = (query['required'] ?? []) as readonly string[];
  return applyDecorators(
    ...properties.map(([name, { description, ...schema }]) =>
      ApiQuery({
        name,
        required: required.includes(name),
        description: String(description),
        schema,
      }),
    ),
  );
}

export const text = (maxLength = 20_000): Schema => ({ type: 'string', maxLength });
/** An id of an account, VRF or VLAN: storages keep these in 32 bits. */
export const recordId = {
  type: 'integer',
  minimum: 1,
  maximum: LARGEST_RECORD_ID,
} as const satisfies Schema;
export const time: Schema = { type: 'string', format: 'date-time' };

/**
 * An object with these properties and no others; all of them required unless `required` says which.
 */
export function object(
  properties: Record<string, Schema>,
  required: readonly string[] = Object.keys(properties),
): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}
