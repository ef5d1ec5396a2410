import { Body, Query, UseGuards, type CanActivate, type ExecutionContext, type PipeTransform, applyDecorators } from '@nestjs/common';
import { ApiBody, ApiQuery, ApiResponse } from '@nestjs/swagger';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifyRequest } from 'fastify';

/** A JSON Schema (draft 2020-12 as OpenAPI 3.1 has it); the one description of a shape, for checking and for the document. */
export type Schema = { readonly [key: string]: unknown };

/** What of a request does not fit its schema. */
export class SchemaError extends Error {
  constructor(readonly problems: readonly { field: string; code: string; detail: string }[]) {
    super(problems.map((each) => `${each.field}: ${each.detail}`).slice(0, 5).join('; '));
    this.name = 'SchemaError';
  }
}

const bodies = new Ajv({ allErrors: false, strict: false });
const queries = new Ajv({ allErrors: true, strict: false, coerceTypes: 'array' });
for (const ajv of [bodies, queries]) addFormats(ajv);

/** A check of values against a schema, for what does not come as a request. @throws SchemaError */
export function checkOf<T>(schema: Schema): (value: unknown) => T {
  const pipe = new SchemaPipe(schema, bodies);
  return (value) => pipe.transform(value) as T; // the schema describes T
}

class SchemaPipe implements PipeTransform {
  private readonly validate: ValidateFunction;

  constructor(schema: Schema, ajv: Ajv) {
    this.validate = ajv.compile(schema);
  }

  transform(value: unknown): unknown {
    const checked = value ?? {};
    if (!this.validate(checked)) throw new SchemaError((this.validate.errors ?? []).map(told));
    return checked;
  }
}

function told(error: ErrorObject): { field: string; code: string; detail: string } {
  const field = error.instancePath.slice(1).replaceAll('/', '.');
  const extra = error.params['additionalProperty'] as unknown;
  const missing = error.params['missingProperty'] as unknown;
  if (typeof extra === 'string') return { field: [field, extra].filter(Boolean).join('.').slice(0, 200), code: 'unknown_field', detail: 'is not a field of this request' };
  if (typeof missing === 'string') return { field: [field, missing].filter(Boolean).join('.'), code: 'missing_field', detail: 'is required' };
  const allowed = error.params['allowedValues'] as unknown;
  const detail = Array.isArray(allowed) ? `must be one of ${allowed.join(', ')}` : error.message ?? 'is not valid';
  return { field: field || 'body', code: 'invalid_field', detail };
}

/** The request body, checked against the schema. */
export const BodyOf = (schema: Schema): ParameterDecorator => Body(new SchemaPipe(schema, bodies));
/** The query parameters, checked and converted; unknown ones are refused. */
export const QueryOf = (schema: Schema): ParameterDecorator => Query(new SchemaPipe(schema, queries));

/** Refuses every parameter, on routes that take none. */
class NoParameters implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const names = request.url.startsWith('/api/') ? Object.keys(request.query as object) : []; // Fastify always parses it into an object
    if (names.length > 0) throw new SchemaError(names.map((name) => ({ field: name.slice(0, 200), code: 'unknown_field', detail: 'is not a field of this request' })));
    return true;
  }
}

/** Tells the OpenAPI document about a route: its query, body and answers. A route without a query takes no parameters. */
export function Described(options: { query?: Schema; body?: Schema; answer: Schema; status?: number }): MethodDecorator {
  const properties = Object.entries((options.query?.['properties'] ?? {}) as Record<string, Schema>); // schemas made by `object`
  return applyDecorators(
    ...properties.map(([name, schema]) => ApiQuery({ name, required: false, schema })),
    ...options.query ? [] : [UseGuards(NoParameters)],
    ...options.body ? [ApiBody({ schema: options.body })] : [],
    ApiResponse({ status: options.status ?? 200, description: 'The answer', schema: options.answer }),
  );
}

export const text = (maxLength = 20_000): Schema => ({ type: 'string', maxLength });
export const nullable = (schema: Schema): Schema => ({ ...schema, type: [schema['type'], 'null'], ...schema['enum'] ? { enum: [...schema['enum'] as unknown[], null] } : {} });
export const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: values });
export const id: Schema = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER };
/** An id of an account, VRF or VLAN: storages keep these in 32 bits. */
export const recordId = { type: 'integer', minimum: 1, maximum: 2_147_483_647 } as const satisfies Schema;
export const integer = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum });
export const bool: Schema = { type: 'boolean' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const tags: Schema = { type: 'object', additionalProperties: { type: 'string' } };
export const list = (items: Schema, limits: Schema = {}): Schema => ({ type: 'array', items, ...limits });
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object with these properties and no others; all of them required unless `required` says which. */
export function object(properties: Record<string, Schema>, required: readonly string[] = Object.keys(properties)): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}

export const listOf = (name: string): Schema => object({
  items: list(ref(name)), total: { type: 'integer' }, total_is_estimate: bool, page: { type: 'integer' }, page_size: { type: 'integer' }, next_cursor: nullable(text()),
});
export const PAGE = { page: integer(1, 1_000_000), page_size: integer(1, 500) };
export const DRY_RUN = object({ dry_run: bool }, []);
