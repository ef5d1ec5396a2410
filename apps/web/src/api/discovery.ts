import { request, writeParts } from './request';
import type { Query, Write } from './request';
import type { Page } from './wire';
import type {
  Agent,
  DecisionRequest,
  Decisions,
  DiscoveryStatus,
  Finding,
  Isolation,
  Job,
  Network,
  Resource,
} from './wire-discovery';

/** The VRF that a network goes to: one that exists, or a new one. */
export type VrfTarget = { readonly vrf_id: number } | { readonly vrf_name: string };

/** Calls on what collectors saw, and on collectors. */
export const discoveryApi = {
  status: (signal?: AbortSignal) =>
    request<DiscoveryStatus>('GET', '/discovery/status', { signal }),
  resources: (query: Query, signal?: AbortSignal) =>
    request<Page<Resource>>('GET', '/discovery/resources', { query, signal }),
  networks: (query: Query, signal?: AbortSignal) =>
    request<Page<Network>>('GET', '/discovery/networks', { query, signal }),
  findings: (query: Query, signal?: AbortSignal) =>
    request<Page<Finding>>('GET', '/discovery/findings', { query, signal }),
  /** Carries out what can be, and tells for the rest why not. */
  decide: (body: DecisionRequest, write: Write) =>
    request<Decisions>('POST', '/discovery/decisions', {
      body,
      ...writeParts(write, { mode: 'partial' }),
    }),
  isolate: (networkId: number, body: VrfTarget, write: Write) =>
    request<Isolation>('POST', `/discovery/networks/${networkId}/isolate`, {
      body,
      ...writeParts(write),
    }),
  /** Asks for a discovery of an account; gives the job that is open already, if there is one. */
  trigger: (accountId: number, idempotencyKey: string) =>
    request<Job>('POST', '/discovery/trigger', { body: { account_id: accountId }, idempotencyKey }),
  jobs: (query: Query, signal?: AbortSignal) =>
    request<Page<Job>>('GET', '/discovery/jobs', { query, signal }),
  cancel: (jobId: number, idempotencyKey: string) =>
    request<Job>('POST', `/discovery/jobs/${jobId}/cancel`, { idempotencyKey }),
  agents: (query: Query, signal?: AbortSignal) =>
    request<Page<Agent>>('GET', '/collectors', { query, signal }),
};
