export { cloudNetworksContract } from './cloud-networks-contract';
export { ACCOUNT, CONTRACT_ESTATE, SHARING_ACCOUNT } from './contract-estate';
export type { ContractEstate, ContractSubject, RegionAnswers } from './contract-estate';
