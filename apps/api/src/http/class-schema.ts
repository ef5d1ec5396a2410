import type { Type } from '@nestjs/common';
import { ANY, fieldsIn } from './fields';
import type { Schema } from './schema';

/**
 * The JSON Schema of a class of fields: what the document says of it. For bodies with thousands of
 * rows, where class-validator takes a hundred times as long as a compiled schema.
 */
export function schemaOf(type: Type<object>): Schema {
  const fields = [...fieldsIn(type)];
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(([name, described]) => [name, schemaIn(described as Schema)]),
    ),
    required: fields.filter(([, described]) => described.required).map(([name]) => name),
    additionalProperties: false,
  };
}

/** Of a class only what it takes to write its objects as JSON: which fields there are, of which types. */
export function writtenFieldsOf(type: Type<object>): Schema {
  return withoutLimits(schemaOf(type));
}

function withoutLimits(schema: Schema): Schema {
  const { type, format, properties, additionalProperties, items, oneOf } = schema as Described;
  // As `withNull` makes it.
  if (oneOf) return { ...withoutLimits(oneOf[0]), nullable: true };
  const fields = Object.entries(properties ?? {});
  return {
    type,
    ...(format === 'date-time' ? { format } : {}),
    ...(properties && {
      properties: Object.fromEntries(fields.map(([name, each]) => [name, withoutLimits(each)])),
    }),
    ...(additionalProperties && { additionalProperties }),
    ...(items && { items: withoutLimits(items) }),
  };
}

/** What there is of types in a schema of `schemaOf`. */
interface Described {
  readonly type?: string | string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly oneOf?: readonly [Schema, Schema];
}

/** The schemas of the fields of a class, by name. */
export function fieldSchemasOf(type: Type<object>): Readonly<Record<string, Schema>> {
  return schemaOf(type)['properties'] as Record<string, Schema>; // made above
}

/** What a field tells Nest, as JSON Schema; classes within it are written out. */
function schemaIn(described: Schema): Schema {
  if (described[ANY] === true) return { description: described['description'] };
  const { required: _required, enumName: _name, isArray, minItems, maxItems, ...rest } = described;
  const { uniqueItems, items, nullable, description, type, ...facts } = rest;
  const one: Schema = {
    ...facts,
    ...(typeof type === 'function' ? schemaOf((type as () => Type)()) : { type: type ?? 'string' }),
  };
  const limits = Object.entries({ minItems, maxItems, uniqueItems }).filter(([, each]) => each);
  const whole: Schema = isArray
    ? { type: 'array', items: items ?? one, ...Object.fromEntries(limits) }
    : one;
  return withNull({ ...whole, description, ...(nullable === true && { nullable }) });
}

/**
 * A schema that Nest made of a class, in the words of 3.1, and as strict as the check: no other
 * field than these.
 */
export function ofClass(schema: Schema): Schema {
  const { properties, ...rest } = schema as { properties?: Record<string, Schema> }; // or an enum
  if (!properties) return schema;
  const in31 = Object.entries(properties).map(([name, property]) => [name, withNull(property)]);
  return { ...rest, properties: Object.fromEntries(in31) as object, additionalProperties: false };
}

/** 3.0 says `nullable`, 3.1 has a type for it. */
function withNull(property: Schema): Schema {
  if (property[ANY] === true) return { description: property['description'] };
  const { nullable, ...rest } = property;
  if (nullable !== true) return property;
  if (typeof rest['type'] === 'string' && !('enum' in rest) && !('allOf' in rest)) {
    return { ...rest, type: [rest['type'], 'null'] };
  }
  const { description, type: of, ...facts } = rest;
  const { allOf, ...told } = facts as { allOf?: readonly Schema[] };
  const [one = { type: of, ...facts }] = allOf ?? [];
  return { ...(allOf && told), description, oneOf: [one, { type: 'null' }] };
}
