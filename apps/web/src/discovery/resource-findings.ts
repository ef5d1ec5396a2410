import type { Schemas } from '@cloudpam/api-client';

/** What the server reports about a resource, told by its fields. */
export interface ResourceFinding {
  readonly type: Schemas['ResourceFindingType'];
  readonly reason: string;
  /** Who ignored it, when somebody did. */
  readonly ignored: Schemas['Dismissal'] | undefined;
}

/** The findings of a resource, ignored ones too; the rules are the server's. */
export function findingsOf(resource: Schemas['Resource']): readonly ResourceFinding[] {
  const { overlap_status, explained_by, conflict, sync_status, management, compliance, ignored } =
    resource;
  const reasons: Partial<Record<Schemas['ResourceFindingType'], string>> = {
    ...(overlap_status !== 'nonoverlapping' &&
      explained_by === null && { overlap: resource.overlap_reason }),
    ...(conflict !== '' && { conflict }),
    ...(sync_status === 'drift' && { drift: resource.sync_reason }),
    ...(sync_status === 'orphaned' && { orphan: resource.sync_reason }),
    ...(overlap_status === 'nonoverlapping' &&
      management !== 'managed' && { unmanaged: resource.management_reason }),
    ...(compliance !== '' && { compliance }),
  };
  return Object.entries(reasons).map(([type, reason]) => ({
    type: type as Schemas['ResourceFindingType'], // The keys above.
    reason,
    ignored: ignored[type],
  }));
}
