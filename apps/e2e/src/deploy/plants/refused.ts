import type { Plant } from './plant';

const COMPLETE = 'examples/complete/main.tf';
const ORGANIZATION = 'examples/organization/main.tf';

/** Values that would make what no cloud takes, or what nobody wants: refused before anything is made. */
export const REFUSED: readonly Plant[] = [
  [
    'gcp-cloud-run',
    'addresses of IPv6',
    COMPLETE,
    '"10.20.0.0/26"',
    '"fd00:1::/64"',
    /The addresses are a CIDR of IPv4/,
  ],
  [
    'gcp-cloud-run',
    'addresses that do not begin with the first one',
    COMPLETE,
    '"10.20.16.0/20"',
    '"10.20.16.7/20"',
    /The addresses are a CIDR of IPv4/,
  ],
  [
    'gcp-cloud-run',
    'two ranges that overlap',
    COMPLETE,
    '"10.20.0.0/26"',
    '"10.20.17.0/26"',
    /subnet_cidr and database_cidr overlap/,
  ],
  [
    'gcp-cloud-run',
    'passwords of replicas among the settings',
    COMPLETE,
    'DISCOVERY_POLICY =',
    'DATABASE_REPLICAS =',
    /What is secret belongs into secret_settings/,
  ],
  [
    'gcp-cloud-run',
    'a secret setting that the module sets',
    COMPLETE,
    'OIDC_CLIENT_SECRET =',
    'AUDIT_KEY =',
    /are set by the module/,
  ],
  [
    'gcp-cloud-run',
    'a setting that is given twice',
    COMPLETE,
    'OIDC_CLIENT_SECRET =',
    'OIDC_CLIENT_ID =',
    /A setting is either in settings or in secret_settings/,
  ],
  [
    'gcp-cloud-run',
    'a query for projects that are named',
    COMPLETE,
    'projects = ["acquired-prod',
    'project_query = "x"\n      projects = ["acquired-prod',
    /A project_query is about what is under a parent/,
  ],
  [
    'gcp-cloud-run',
    'a project by its number',
    COMPLETE,
    '"acquired-data-1177"',
    '"123456789012"',
    /A project is named by its id/,
  ],
  [
    'gcp-cloud-run',
    'everybody past IAP',
    COMPLETE,
    '"group:network@example.com"',
    '"allUsers"',
    /Who may pass IAP/,
  ],
  [
    'aws-collector',
    'a port that there is not',
    ORGANIZATION,
    '"https://pam.example.com"',
    '"https://pam.example.com:99999"',
    /The address is like https/,
  ],
];
