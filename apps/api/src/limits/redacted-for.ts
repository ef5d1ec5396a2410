import type { AccessScope } from '@cloudpam/audit';
import type { Stores } from '../storage/storage';
import { ENTITIES } from './registry';

const REDACTIONS = Object.values(ENTITIES).flatMap(({ answers }) => answers ?? []);

/**
 * The result of a write as someone with limits may read it: every entity in it as reads tell it. It
 * is made in the unit of work of the write, so that dry runs and answers that are kept for a key hold
 * nothing else.
 */
export async function redactedFor<T>(
  accessScope: AccessScope,
  stores: Pick<Stores, 'pools' | 'ranges' | 'discovery'>,
  result: T,
): Promise<T> {
  const redacted = new Map<object, object>();
  for (const { is, redacted: redact } of REDACTIONS) {
    const found: object[] = [];
    mapped(result, (value) => (is(value) ? (found.push(value), value) : undefined));
    const told = await redact(accessScope, stores, found);
    found.forEach((value, at) => redacted.set(value, told[at]));
  }
  return mapped(result, (value) => redacted.get(value)) as T; // of the same shape
}

/**
 * The value with the objects in it replaced for which there is something else; what is no plain
 * object or list stays as it is.
 */
function mapped(value: unknown, other: (value: object) => object | undefined): unknown {
  if (Array.isArray(value)) return value.map((each) => mapped(each, other));
  if (
    typeof value !== 'object' ||
    value === null ||
    Object.getPrototypeOf(value) !== Object.prototype
  )
    return value;
  return (
    other(value) ??
    Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapped(each, other)]))
  );
}
