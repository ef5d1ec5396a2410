import type { Schema } from '../schema';

type Schemas = Readonly<Record<string, Schema>>;
/** What has no example; it is no value of JSON. */
const NONE = Symbol('none');

/**
 * Examples of schemas, made of those of their fields: a field that may be left out stands in them
 * where it has an example of its own.
 */
export class Examples {
  /** The fields that have no example and need one, as `Vlan.name`. */
  readonly missing = new Set<string>();

  constructor(private readonly schemas: Schemas) {}

  /** That of a named schema; undefined where a field of it has none. */
  of(name: string): unknown {
    const found = this.valueOf({ $ref: `#/components/schemas/${name}` }, name, []);
    return found === NONE ? undefined : found;
  }

  /** @param around the named schemas that it stands in: of what holds itself there is none */
  private valueOf(schema: Schema, field: string, around: readonly string[]): unknown {
    for (const told of ['example', 'default', 'const'])
      if (schema[told] !== undefined) return schema[told];
    const { $ref, allOf, oneOf, type } = schema as {
      $ref?: string;
      allOf?: readonly Schema[];
      oneOf?: readonly Schema[];
      type?: string | readonly string[];
    };
    const name = $ref?.split('/').at(-1);
    if (name !== undefined) {
      return around.includes(name)
        ? NONE
        : this.valueOf(this.schemas[name] ?? {}, name, [...around, name]);
    }
    const [of = oneOf?.[0]] = allOf ?? [];
    if (of) {
      const found = this.valueOf(of, field, around);
      return found === NONE && oneOf?.some((each) => each['type'] === 'null') ? null : found;
    }
    if (type?.includes('null')) return null;
    if (Array.isArray(schema['enum'])) return schema['enum'][0];
    if (type === 'array') {
      const item = this.valueOf(schema['items'] as Schema, field, around);
      return item === NONE ? [] : [item];
    }
    if (type === 'object') return this.objectOf(schema, field, around);
    if (type === 'boolean') return false;
    if (type === 'integer' || type === 'number') return schema['minimum'] ?? 0;
    this.missing.add(field);
    return NONE;
  }

  private objectOf(schema: Schema, name: string, around: readonly string[]): unknown {
    const { properties = {}, required = [] } = schema as {
      properties?: Schemas;
      required?: readonly string[];
    };
    const shown = Object.entries(properties).filter(
      ([field, each]) => required.includes(field) || each['example'] !== undefined,
    );
    const values = shown.map(([field, each]) => [
      field,
      this.valueOf(each, `${name}.${field}`, around),
    ]);
    return values.some(([, value]) => value === NONE) ? NONE : Object.fromEntries(values);
  }
}
