export { startAwsDouble, type AwsDouble, type DoubleSettings } from './aws-double';
export { awsError, ec2Error, type Answer, type AwsService } from './double-answer';
export type { Call } from './double-call';
export type { DoubleData } from './double-data';
export {
  writtenEstate,
  type DoubleAccount,
  type DoubleEstate,
  type DoubleRegion,
  type Listed,
} from './double-estate';
export type { DoubleFaults } from './double-faults';
export { accountAt, generatedOrganization, type OrganizationSize } from './generated-organization';
