import type { AccessScope, AuditFilter, AuditStore } from '@cloudpam/audit';
import type { Stores } from '../../storage/storage';
import { VisibleEntries } from '../visible-entries';

/** What can be read of the audit log. */
export type VisibleAudit = Pick<AuditStore, 'list' | 'scan'>;

/** The entries of the access scope. */
export function visibleAudit({ audit }: Stores, accessScope: AccessScope): VisibleAudit {
  return new AuditInScope(audit, accessScope);
}

/** The audit log of what is there and in the access scope. */
class AuditInScope implements VisibleAudit {
  private readonly entries: VisibleEntries;

  constructor(
    private readonly audit: AuditStore,
    private readonly accessScope: AccessScope,
  ) {
    this.entries = new VisibleEntries(audit, accessScope);
  }

  async list(filter: AuditFilter, page: number, pageSize: number): ReturnType<AuditStore['list']> {
    const { entries, ...rest } = await this.audit.list(
      { ...filter, accessScope: this.accessScope },
      page,
      pageSize,
    );
    return { entries: await this.entries.redacted(entries), ...rest };
  }

  async scan(
    filter: AuditFilter,
    ...rest: [Parameters<AuditStore['scan']>[1], number]
  ): ReturnType<AuditStore['scan']> {
    return this.entries.redacted(
      await this.audit.scan({ ...filter, accessScope: this.accessScope }, ...rest),
    );
  }
}
