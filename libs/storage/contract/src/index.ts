export type { AllStores, StorageUnderTest } from './stores';
export type { OpenStorage } from './under-test';
export {
  SAMPLE_TIME,
  sampleAccount,
  sampleAuditEntry,
  sampleNetwork,
  samplePool,
  sampleResource,
  sampleToken,
  sampleUser,
  sampleVlan,
  sampleVrf,
} from './samples';
export { cloud, only, insertTree, range, type Planted } from './planted';
export { unitOfWorkContract } from './unit-of-work-contract';
export { answerStoreContract } from './answer-store-contract';
export { auditStoreContract } from './audit-store-contract';
export { sealStoreContract } from './seal-store-contract';
export { forwardStoreContract } from './forward-store-contract';
export { tokenStoreContract } from './token-store-contract';
export { userStoreContract } from './user-store-contract';
export { userSessionStoreContract } from './user-session-store-contract';
export { vrfStoreContract } from './vrf-store-contract';
export { vlanStoreContract } from './vlan-store-contract';
export { accountStoreContract } from './account-store-contract';
export { discoveryScopesContract } from './discovery-scopes-contract';
export { discoveryStoreContract } from './discovery-store-contract';
export { poolStoreContract, storageContract } from './storage-contract';
