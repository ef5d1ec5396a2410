export { AwsCloudNetworks } from './aws-cloud-networks';
export type { AwsOptions } from './aws-cloud-networks';
export type { AwsConnectionOptions, AwsPartition } from './aws-connection';
export { AwsOrganizationNetworks } from './aws-organization-networks';
export type { AwsOrganizationOptions } from './aws-organization-networks';
export type { MemberRole } from './member-sessions';
