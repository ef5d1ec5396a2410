import type { AuditEntry, AuditFilter, AuditStore } from './audit-store';
import type { Reader } from './unit-of-work';

/** Reads the audit log in units of work. */
export type AuditReader = Reader<{ readonly audit: Pick<AuditStore, 'scan'> }>;

/**
 * All entries of a filter in the order of their ids, page by page, each in a reading of its own;
 * those written meanwhile included.
 */
export async function* entryPages(
  storage: AuditReader,
  filter: AuditFilter,
  pageSize: number,
): AsyncGenerator<AuditEntry[]> {
  for (let beyond: number | undefined; ;) {
    const entries = await storage.read(({ audit }) =>
      audit.scan(filter, { order: 'oldest', beyond }, pageSize),
    );
    yield entries;
    if (entries.length < pageSize) return;
    beyond = entries.at(-1)?.id;
  }
}
