export { GcpCloudNetworks } from './gcp-cloud-networks';
export type { GcpOptions } from './gcp-cloud-networks';
export type { RetryPolicy } from './retry-policy';
