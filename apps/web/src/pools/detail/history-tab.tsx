import type { Schemas } from '@cloudpam/api-client';
import { AuditTable } from '../../audit/audit-table';

/** What was done to a pool, newest first. */
export function HistoryTab({ pool }: { pool: Schemas['Pool'] }) {
  return <AuditTable query={{ entity_type: 'pool', entity_id: String(pool.id) }} ofOne />;
}
