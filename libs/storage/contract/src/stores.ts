import type { RecommendationStore } from '@cloudpam/analysis';
import type { AuditStores, UnitOfWork } from '@cloudpam/audit';
import type { DigestStores } from '@cloudpam/digests';
import type { WebhookStores } from '@cloudpam/events';
import type { UsageStores } from '@cloudpam/forecast';
import type { IdentityStores } from '@cloudpam/identity';
import type { ImportStores } from '@cloudpam/import';
import type { ReconciliationStores } from '@cloudpam/reconciliation';

/** Everything that an adapter offers; each domain library asks for the part it needs. */
export type AllStores = AuditStores &
  IdentityStores &
  ReconciliationStores &
  ImportStores &
  WebhookStores &
  DigestStores &
  UsageStores & { readonly recommendations: RecommendationStore };

/** An empty storage under test, migrated, with the VRF `global`. */
export interface StorageUnderTest {
  readonly unitOfWork: UnitOfWork<AllStores>;
  close(): Promise<void>;
}
