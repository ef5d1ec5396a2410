import { parseInstant } from '@cloudpam/audit';
import { UsageError } from './command';

/**
 * Reads `--name VALUE` and `--name=VALUE`; every argument must be one of these. @throws UsageError
 */
export function givenFlags<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (let at = 0; at < args.length; at++) {
    const [, flag, inline] = /^--([a-z-]+)(?:=(.*))?$/s.exec(args[at] ?? '') ?? [];
    const name = names.find((each) => each === flag);
    if (!name)
      throw new UsageError(
        `${args[at] ?? ''} is not an option; known are ${names.map((each) => `--${each}`).join(', ')}`,
      );
    const value = inline ?? args[++at];
    if (value === undefined) throw new UsageError(`--${name} needs a value`);
    found[name] = value;
  }
  return found;
}

/** @throws UsageError for what is no time */
export function timeFlag(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const time = parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (!time)
    throw new UsageError(`--${name} must be a time such as 2026-01-31T12:00:00Z, not "${text}"`);
  return time;
}
