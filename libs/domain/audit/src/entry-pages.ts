import type { AuditEntry, AuditFilter, AuditStore } from './audit-store';
import type { UnitOfWork } from './unit-of-work';

/** All entries of a filter in the order of their ids, page by page, each in a reading of its own; those written meanwhile included. */
export async function* entryPages(unitOfWork: UnitOfWork<{ readonly audit: AuditStore }>, filter: AuditFilter, pageSize: number): AsyncGenerator<AuditEntry[]> {
  for (let beyond: number | undefined; ;) {
    const entries = await unitOfWork.read(({ audit }) => audit.scan(filter, { order: 'oldest', beyond }, pageSize));
    yield entries;
    if (entries.length < pageSize) return;
    beyond = entries.at(-1)?.id;
  }
}
