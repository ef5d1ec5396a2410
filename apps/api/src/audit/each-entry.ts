import type { AuditEntry, AuditFilter } from '@cloudpam/audit';
import type { Storage } from '../storage';

const PAGE = 500;

/** Entries in the order of their ids, read page by page; those written meanwhile included. */
export async function* eachEntry(unitOfWork: Storage['unitOfWork'], filter: AuditFilter): AsyncGenerator<AuditEntry> {
  for (let beyond: number | undefined; ;) {
    const entries = await unitOfWork.read(({ audit }) => audit.scan(filter, { order: 'oldest', beyond }, PAGE));
    yield* entries;
    if (entries.length < PAGE) return;
    beyond = entries.at(-1)?.id;
  }
}
