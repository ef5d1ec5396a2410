import type { Type } from '@nestjs/common';
import { schemaOf } from './class-schema';
import { checkOf } from './schema';

type Check = (value: unknown) => unknown;
const checks = new WeakMap<object, Check>();

/**
 * A body with thousands of rows: checked against the compiled schema of its class, where
 * class-validator takes a hundred times as long. Its values stay plain objects.
 */
export function BulkBody(): ClassDecorator {
  return (target) => {
    checks.set(target, checkOf(schemaOf(target as unknown as Type))); // what Nest makes bodies of
  };
}

/** The check of a class that is a `BulkBody`. It throws SchemaError. */
export function bulkCheckOf(type: object): Check | undefined {
  return checks.get(type);
}
