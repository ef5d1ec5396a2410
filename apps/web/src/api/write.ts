import type { operations } from '@cloudpam/api-client';

/** A dry run gives the same answer and writes nothing; a real write carries an idempotency key. */
export type Write =
  { readonly dryRun: true; readonly signal?: AbortSignal } | { readonly idempotencyKey: string };

/** The parameters that make a call a dry run or a real write. */
export function writeParams(
  write: Write,
): Pick<operations['createPool']['parameters'], 'query' | 'header'> {
  return 'dryRun' in write
    ? { query: { dry_run: true } }
    : { header: keyHeader(write.idempotencyKey) };
}

/** The header of a write that has its effect once, however often it arrives. */
export function keyHeader(idempotencyKey: string): { readonly 'Idempotency-Key': string } {
  return { 'Idempotency-Key': idempotencyKey };
}

/** What ends a dry run that nobody waits for any more. */
export function signalOf(write: Write): AbortSignal | undefined {
  return 'dryRun' in write ? write.signal : undefined;
}

/** The header of a change that is based on a version; a newer one on the server makes it 412. */
export function ifMatch(version: number): { readonly 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}
