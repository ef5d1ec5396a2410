export type { AllStores, StorageUnderTest } from './stores';
export type { OpenStorage } from './under-test';
export {
  SAMPLE_TIME,
  sampleAccount,
  sampleAddress,
  sampleRange,
  sampleAuditEntry,
  sampleDelivery,
  sampleNetwork,
  sampleObserved,
  samplePool,
  sampleResource,
  sampleToken,
  sampleUser,
  sampleVlan,
  sampleVlanGroup,
  sampleVrf,
  sampleDigest,
  sampleWebhook,
} from './samples';
export { cloud, only, insertTree, range, type Planted } from './planted';
export { storageContract } from './storage-contract';
