import {
  GCP_ESTATE,
  cloudNetworksContract,
  type RecordedEstate,
  type RecordedPage,
} from '@cloudpam/provider-contract';
import { GcpCloudNetworks } from './gcp-cloud-networks';
import { json, startGcpDouble, type Answer, type GcpCall } from './testing';

const NO_WAIT = { attempts: 2, waitMs: 1 };

/**
 * The recorded page that a call asks for: the first one, or the one after the page that gave its
 * token.
 */
function recordedAnswer(
  estate: RecordedEstate,
  { method, project, parameters }: GcpCall,
): Answer | undefined {
  const recorded = Object.values(estate.scopes).find(({ scope }) => scope.account === project);
  if (!recorded) return undefined;
  const pages: readonly RecordedPage[] =
    method === 'networks.list' ? recorded.networks : recorded.subnets;
  const token = parameters.get('pageToken');
  const page =
    pages[token === null ? 0 : pages.findIndex(({ body }) => body['nextPageToken'] === token) + 1];
  return page && json(page.body, page.error?.status);
}

cloudNetworksContract(
  'GcpCloudNetworks',
  GCP_ESTATE,
  async (estate, reachability) => {
    const double = await startGcpDouble({
      projects: Object.values(estate.scopes).map(({ scope }) => ({
        projectId: scope.account,
        networks: [],
        subnets: [],
      })),
      interrupt: (call) =>
        reachability === 'hangs' && call.method === 'subnetworks.aggregatedList'
          ? 'hang'
          : recordedAnswer(estate, call),
    });
    const scopeTimeoutMs = reachability === 'hangs' ? 1_500 : undefined;
    const cloud = new GcpCloudNetworks({
      rootUrl: double.rootUrl,
      auth: double.auth(),
      retry: NO_WAIT,
      quotaRetry: NO_WAIT,
      scopeTimeoutMs,
    });
    return { cloud, close: () => double.close() };
  },
  { tellsCloudErrors: true, keepsTimeLimit: true },
);
