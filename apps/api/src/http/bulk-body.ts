import type { Type } from '@nestjs/common';
import { schemaOf } from './class-schema';
import { checkOf, type Schema } from './schema';

type Check = (value: unknown) => unknown;
const checks = new WeakMap<object, Check>();

/**
 * A body with thousands of rows: checked against the compiled schema of its class, where
 * class-validator takes a hundred times as long. Its values stay plain objects.
 * @param about `first` is called before the fields are checked, for what may have others
 * @param apart a list whose items the route checks one by one
 */
export function BulkBody({
  apart,
  first,
}: { readonly apart?: string; readonly first?: Check } = {}): ClassDecorator {
  return (target) => {
    const schema = schemaOf(target as unknown as Type); // what Nest makes bodies of
    const check = checkOf(apart === undefined ? schema : withoutItems(schema, apart));
    checks.set(target, (value) => {
      first?.(value);
      return check(value);
    });
  };
}

/** A schema that does not say what the items of one of its lists are. */
function withoutItems(schema: Schema, name: string): Schema {
  const { [name]: list, ...others } = schema['properties'] as Readonly<Record<string, Schema>>; // of `schemaOf`
  return { ...schema, properties: { ...others, [name]: { ...list, items: {} } } };
}

/** The check of a class that is a `BulkBody`. It throws SchemaError. */
export function bulkCheckOf(type: object): Check | undefined {
  return checks.get(type);
}
