import type { Finding } from '@cloudpam/storage-typeorm';

/** What a check has found, or why it could not look. */
export interface Diagnosis extends Omit<Finding, 'level'> {
  readonly check: string;
  readonly level: Finding['level'] | 'unchecked';
}

/** Does a check. What goes wrong in it is what it tells. */
export async function diagnose(check: string, work: () => Promise<Finding>): Promise<Diagnosis> {
  try {
    return { check, ...(await work()) };
  } catch (error) {
    return { check, level: 'unchecked', found: `it could not be looked at: ${messageOf(error)}` };
  }
}

/** 0 when all is well, 1 when something is not, 2 when something could not be looked at. */
export function exitCode(all: readonly Diagnosis[]): number {
  if (all.some(({ level }) => level === 'fault')) return 1;
  return all.some(({ level }) => level === 'unchecked') ? 2 : 0;
}

/** What an error says. Where a name has several addresses it says nothing by itself. */
export function messageOf(error: unknown): string {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.map((each) => (each instanceof Error ? each.message : String(each))).join('; ');
}
