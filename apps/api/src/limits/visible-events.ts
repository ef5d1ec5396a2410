import { isEventInScope, type AccessScope, type SealedEvent } from '@cloudpam/audit';
import type { Storage } from '../storage/storage';
import { VisibleEntries } from './visible-entries';

/**
 * Sealed events as a caller may read them: those that the audit trail shows, told in the same way.
 * @param accessScope undefined without limits
 */
export async function visibleEvents(
  { unitOfWork }: Pick<Storage, 'unitOfWork'>,
  accessScope: AccessScope | undefined,
  events: readonly SealedEvent[],
): Promise<readonly SealedEvent[]> {
  if (!accessScope) return events;
  const inScope = events.filter(({ entry }) => isEventInScope(accessScope, entry));
  if (inScope.length === 0) return [];
  const entries = inScope.map(({ entry }) => entry);
  const told = await unitOfWork.read(({ audit }) =>
    new VisibleEntries(audit, accessScope).redacted(entries),
  );
  return inScope.flatMap(({ seal }, at) => {
    const entry = told[at];
    return entry ? [{ seal, entry }] : [];
  });
}
