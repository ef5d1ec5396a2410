export { AwsCloudNetworks } from './aws-cloud-networks';
export type { AwsOptions } from './aws-cloud-networks';
