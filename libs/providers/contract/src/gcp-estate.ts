import type { RecordedEstate, RecordedScope } from './recorded-estate';
import { recordedPages, type PageFormat, type RecordedBody } from './recorded-pages';

const HOST = 'host-net';
const LINK = `https://www.googleapis.com/compute/v1/projects/${HOST}`;
const MAIN = `${LINK}/global/networks/main`;
const OTHER_HOST = 'https://www.googleapis.com/compute/v1/projects/other-host';
const SHARED = `${OTHER_HOST}/regions/europe-west4/subnetworks/shared`;
const PROXY = `${LINK}/regions/europe-west4/subnetworks/proxy`;
const GKE = `${LINK}/regions/europe-west4/subnetworks/gke`;

/** Answers of the Compute API, v1. */
const format = (entriesOf: PageFormat['entriesOf']): PageFormat => ({
  entriesOf,
  errorOf: ({ error }) => {
    if (error === undefined) return undefined;
    const { code, message, errors } = error as {
      code: number;
      message: string;
      errors: { reason: string }[];
    }; // as recorded
    return { status: code, code: errors[0]?.reason ?? '', message };
  },
});
const networksIn = ({ items = [] }: RecordedBody): object[] => items as object[]; // as recorded
const subnetsIn = ({ items = {} }: RecordedBody): object[] =>
  Object.values(items as Record<string, { subnetworks?: object[] }>).flatMap(
    ({ subnetworks = [] }) => subnetworks,
  ); // as recorded

function project(id: string): RecordedScope {
  return {
    scope: { provider: 'gcp', account: id, region: 'global' },
    networks: recordedPages(`gcp/${id}`, 'networks', format(networksIn)),
    subnets: recordedPages(`gcp/${id}`, 'subnets', format(subnetsIn)),
  };
}

/** A project for each situation; the whole one is the host of a Shared VPC. */
export const GCP_ESTATE: RecordedEstate = {
  scopes: {
    whole: project(HOST),
    failing: project('not-allowed'),
    halfway: project('half-allowed'),
    malformed: project('malformed'),
    expiring: project('expiring'),
    empty: project('empty'),
  },
  networks: [
    { externalId: MAIN, ownerAccount: HOST, region: 'global', name: 'main', isDefault: false },
    {
      externalId: `${LINK}/global/networks/default`,
      ownerAccount: HOST,
      region: 'global',
      name: 'default',
      isDefault: true,
    },
    {
      externalId: `${LINK}/global/networks/legacy`,
      ownerAccount: HOST,
      region: 'global',
      name: 'legacy',
      isDefault: false,
    },
  ],
  resources: [
    `secondary_range ${GKE}#pods 10.4.0.0/14 in ${MAIN} of ${HOST} at europe-west4`,
    `secondary_range ${GKE}#services 10.8.0.0/20 in ${MAIN} of ${HOST} at europe-west4`,
    `subnet ${GKE} 10.0.0.0/22 in ${MAIN} of ${HOST} at europe-west4`,
    `subnet ${LINK}/regions/us-central1/subnetworks/dual 10.1.0.0/24 in ${MAIN} of ${HOST} at us-central1`,
    `subnet ${LINK}/regions/us-central1/subnetworks/dual fd20:1:2:1::/64 in ${MAIN} of ${HOST} at us-central1`,
    `subnet ${LINK}/regions/us-central1/subnetworks/v6 2600:1900:4000:1::/64 in ${MAIN} of ${HOST} at us-central1`,
    `subnet ${PROXY} 10.2.0.0/24 in ${MAIN} of ${HOST} at europe-west4`,
    `subnet ${SHARED} 10.80.0.0/24 in ${OTHER_HOST}/global/networks/main of other-host at europe-west4`,
    `vpc ${LINK}/global/networks/legacy 10.240.0.0/16 in ${LINK}/global/networks/legacy of ${HOST} at global`,
    `vpc ${MAIN} fd20:1:2::/48 in ${MAIN} of ${HOST} at global`,
  ],
  shared: { externalId: SHARED, ownerAccount: 'other-host' },
  named: { externalId: PROXY, name: 'proxy', tags: { purpose: 'REGIONAL_MANAGED_PROXY' } },
};
