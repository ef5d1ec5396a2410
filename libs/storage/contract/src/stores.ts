import type { AnswerStore, AuditStore, ForwardStore, SealStore, UnitOfWork } from '@cloudpam/audit';
import type {
  LoginAttemptStore,
  TokenStore,
  UserSessionStore,
  UserStore,
} from '@cloudpam/identity';
import type { AccountStore, PoolStore, VlanStore, VrfStore } from '@cloudpam/pools';
import type { AgentStore, DiscoveryStore, JobStore, PartStore } from '@cloudpam/reconciliation';

/** Everything that an adapter offers; each domain library asks for the part it needs. */
export interface AllStores {
  readonly answers: AnswerStore;
  readonly audit: AuditStore;
  readonly seals: SealStore;
  readonly forwards: ForwardStore;
  readonly tokens: TokenStore;
  readonly users: UserStore;
  readonly sessions: UserSessionStore;
  readonly attempts: LoginAttemptStore;
  readonly pools: PoolStore;
  readonly vrfs: VrfStore;
  readonly vlans: VlanStore;
  readonly accounts: AccountStore;
  readonly discovery: DiscoveryStore;
  readonly agents: AgentStore;
  readonly jobs: JobStore;
  readonly parts: PartStore;
}

/** An empty storage under test, migrated, with the VRF `global`. */
export interface StorageUnderTest {
  readonly unitOfWork: UnitOfWork<AllStores>;
  close(): Promise<void>;
}
