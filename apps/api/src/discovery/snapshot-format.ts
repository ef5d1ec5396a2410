import { DiscoveryError } from '@cloudpam/reconciliation';

/** The form of snapshots that this server knows: more fields that may be left out do not make another. */
export const SNAPSHOT_FORMAT = 1;

/**
 * Asked before the fields, which a later form may have others of.
 * @throws DiscoveryError `snapshot_too_new`
 */
export function checkSnapshotFormat(body: unknown): void {
  const format: unknown = (body as { readonly format?: unknown } | null)?.format;
  if (typeof format !== 'number' || !Number.isSafeInteger(format) || format <= SNAPSHOT_FORMAT)
    return;
  throw new DiscoveryError(
    'snapshot_too_new',
    `The snapshot has format ${format}, and this server knows ${SNAPSHOT_FORMAT}. ` +
      'Update the server, then its collectors.',
    'format',
  );
}
