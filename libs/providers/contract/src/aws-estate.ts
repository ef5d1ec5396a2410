import type { RecordedEstate, RecordedScope } from './recorded-estate';
import { recordedPages, type PageFormat } from './recorded-pages';

/** The account that the recorded AWS estate is of. */
export const ACCOUNT = '111122223333';
const SHARING_ACCOUNT = '444455556666';

/**
 * JSON as of `aws ec2 describe-vpcs` and `describe-subnets`; an error has the fields of the SDK's
 * exception.
 */
const format = (field: 'Vpcs' | 'Subnets'): PageFormat => ({
  entriesOf: (body) => body[field] as object[], // as recorded
  errorOf: ({ Error: error, StatusCode: status }) => {
    const { Code: code, Message: message } = (error ?? {}) as { Code?: string; Message?: string }; // as recorded
    return code === undefined
      ? undefined
      : { status: Number(status), code, message: message ?? '' };
  },
});

function region(name: string): RecordedScope {
  return {
    scope: { provider: 'aws', account: ACCOUNT, region: name },
    networks: recordedPages(`aws/${name}`, 'vpcs', format('Vpcs')),
    subnets: recordedPages(`aws/${name}`, 'subnets', format('Subnets')),
  };
}

/** One account; a region for each situation. */
export const AWS_ESTATE: RecordedEstate = {
  scopes: {
    whole: region('eu-west-1'),
    failing: region('us-east-1'),
    halfway: region('us-west-2'),
    malformed: region('eu-north-1'),
    expiring: region('ap-south-1'),
    empty: region('sa-east-1'),
  },
  networks: [
    {
      externalId: 'vpc-prod',
      ownerAccount: ACCOUNT,
      region: 'eu-west-1',
      name: 'prod',
      isDefault: false,
    },
    {
      externalId: 'vpc-default',
      ownerAccount: ACCOUNT,
      region: 'eu-west-1',
      name: 'vpc-default',
      isDefault: true,
    },
  ],
  resources: [
    // Neither the disassociated 192.168.0.0/24 of vpc-prod nor the disassociated IPv6 block of
    // subnet-dual.
    `subnet subnet-dual 10.0.0.0/20 in vpc-prod of ${ACCOUNT} at euw1-az3`,
    `subnet subnet-dual 2600:1f00:0:100::/64 in vpc-prod of ${ACCOUNT} at euw1-az3`,
    `subnet subnet-shared 10.80.0.0/24 in vpc-of-another-account of ${SHARING_ACCOUNT} at euw1-az2`,
    `subnet subnet-v6 2600:1f00:0:101::/64 in vpc-prod of ${ACCOUNT} at euw1-az1`,
    `vpc vpc-default 172.31.0.0/16 in vpc-default of ${ACCOUNT} at eu-west-1`,
    `vpc vpc-prod 10.0.0.0/16 in vpc-prod of ${ACCOUNT} at eu-west-1`,
    `vpc vpc-prod 100.64.0.0/20 in vpc-prod of ${ACCOUNT} at eu-west-1`,
    `vpc vpc-prod 2600:1f00:0:100::/56 in vpc-prod of ${ACCOUNT} at eu-west-1`,
  ],
  shared: { externalId: 'subnet-shared', ownerAccount: SHARING_ACCOUNT },
  named: { externalId: 'subnet-dual', name: 'prod-a', tags: { Name: 'prod-a' } },
};
