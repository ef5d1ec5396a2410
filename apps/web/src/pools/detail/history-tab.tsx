import type { Pool } from '../../api/wire';
import { AuditTable } from '../../audit/audit-table';

/** What was done to a pool, newest first. */
export function HistoryTab({ pool }: { pool: Pool }) {
  return <AuditTable query={{ entity_type: 'pool', entity_id: pool.id }} ofOne />;
}
