import Ajv, { type ValidateFunction } from 'ajv';
import type { Schema } from '../http/schema';
import { EVENT_SCHEMAS, FACT_SCHEMAS } from '../http/document/generated/event-schemas';

const ajv = new Ajv({ strict: false });
const checks = new Map<string, ValidateFunction>();

/** What an entry tells otherwise than its type declares, in words: also a field that it does not declare. */
export function undeclared({
  action,
  diff,
}: {
  readonly action: string;
  readonly diff: { readonly before: object | null; readonly after: object | null };
}): string[] {
  const known = checks.get(action);
  const check =
    known ?? ajv.compile({ type: 'object', properties: closed(EVENT_SCHEMAS[action] ?? {}) });
  checks.set(action, check);
  return check(diff) ? [] : [`${action}: ${ajv.errorsText(check.errors)}`];
}

/** The same schema, with its references written out, which takes no fields but those that it names. */
function closed(schema: unknown): Schema {
  if (Array.isArray(schema)) return schema.map(closed) as unknown as Schema;
  if (typeof schema !== 'object' || schema === null) return schema as unknown as Schema;
  const { $ref, ...rest } = schema as Schema;
  const of = typeof $ref === 'string' ? FACT_SCHEMAS[$ref.split('/').at(-1) ?? ''] : undefined;
  const whole: Record<string, unknown> = { ...of, ...rest };
  const made = Object.fromEntries(
    Object.entries(whole).map(([key, value]) => [
      key,
      key === 'enum' || key === 'required' || key === 'type' ? value : closed(value),
    ]),
  );
  const isOpen = !('properties' in made) || 'additionalProperties' in made;
  const isSchema = made['type'] === 'object' || (made['type'] as string[])?.includes?.('object');
  return isSchema && !isOpen ? { ...made, additionalProperties: false } : made;
}
