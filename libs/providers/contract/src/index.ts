export { ACCOUNT, AWS_ESTATE } from './aws-estate';
export { cloudNetworksContract } from './cloud-networks-contract';
export type { ContractSubject, LivePromises, Reachability } from './cloud-networks-contract';
export { GCP_ESTATE } from './gcp-estate';
export { SITUATIONS } from './recorded-estate';
export type { RecordedEstate, RecordedScope, Situation } from './recorded-estate';
export { entriesUntilError } from './recorded-pages';
export type { RecordedBody, RecordedError, RecordedPage } from './recorded-pages';
