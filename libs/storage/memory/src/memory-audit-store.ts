import {
  isEventInScope,
  type AuditEntry,
  type AuditFilter,
  type AuditStore,
  type NewAuditEntry,
} from '@cloudpam/audit';
import { isPartOf, pageOf } from './page-of';
import type { Tables } from './stores';

/** The audit log over a Map. */
export class MemoryAuditStore implements AuditStore {
  constructor(private readonly tables: Tables) {}

  async append(entries: readonly NewAuditEntry[]): Promise<void> {
    for (const entry of entries) {
      const id = this.tables.audit.takeId();
      this.tables.audit.set(id, { ...entry, id });
      this.tables.unsealed.set(id, id);
    }
  }

  async list(filter: AuditFilter, page: number, pageSize: number): ReturnType<AuditStore['list']> {
    const byId = this.isActor(filter);
    const found = this.tables.audit
      .all()
      .filter((entry) => this.matches(entry, filter, byId))
      .sort((a, b) => b.id - a.id);
    const { items, total } = pageOf(found, page, pageSize);
    return {
      entries: items,
      total,
      actorBy: filter.actor === undefined ? null : byId ? 'id' : 'name',
    };
  }

  async scan(
    filter: AuditFilter,
    { order, beyond }: { readonly order: 'oldest' | 'newest'; readonly beyond?: number },
    limit: number,
  ): Promise<AuditEntry[]> {
    const sign = order === 'oldest' ? 1 : -1;
    const byId = this.isActor(filter);
    return this.tables.audit
      .all()
      .filter(
        (entry) =>
          this.matches(entry, filter, byId) &&
          (beyond === undefined || (entry.id - beyond) * sign > 0),
      )
      .sort((a, b) => (a.id - b.id) * sign)
      .slice(0, limit);
  }

  private isActor({ actor, accessScope }: AuditFilter): boolean {
    return (
      actor !== undefined &&
      this.tables.audit
        .all()
        .some(
          (entry) =>
            entry.actor.id === actor && (!accessScope || isEventInScope(accessScope, entry)),
        )
    );
  }

  private matches(entry: AuditEntry, filter: AuditFilter, byId: boolean): boolean {
    return (
      matches(entry, filter, byId) &&
      (!filter.accessScope || isEventInScope(filter.accessScope, entry))
    );
  }
}

function matches(entry: AuditEntry, filter: AuditFilter, byId: boolean): boolean {
  return (
    (filter.entityType === undefined || entry.entityType === filter.entityType) &&
    (filter.entityId === undefined || entry.entityId === filter.entityId) &&
    (filter.actor === undefined ||
      (byId ? entry.actor.id === filter.actor : isPartOf(filter.actor, entry.actor.name))) &&
    (filter.type === undefined || entry.type === filter.type) &&
    (filter.typePrefix === undefined || entry.type.startsWith(filter.typePrefix)) &&
    (filter.since === undefined || entry.at >= filter.since) &&
    (filter.until === undefined || entry.at < filter.until)
  );
}
