import { request } from './request';
import type { Query } from './request';
import type { Page } from './wire';
import type { DiscoveryStatus, Finding, Network, Resource } from './wire-discovery';

/** What a person can decide about a discovered resource. */
export type Decision = { readonly type: 'import' | 'approve' } | { readonly type: 'ignore'; readonly reason: string };

/** Calls on what collectors saw. */
export const discoveryApi = {
  status: (signal?: AbortSignal) => request<DiscoveryStatus>('GET', '/discovery/status', { signal }),
  resources: (query: Query, signal?: AbortSignal) =>
    request<Page<Resource>>('GET', '/discovery/resources', { query, signal }),
  networks: (query: Query, signal?: AbortSignal) =>
    request<Page<Network>>('GET', '/discovery/networks', { query, signal }),
  findings: (query: Query, signal?: AbortSignal) =>
    request<Page<Finding>>('GET', '/discovery/findings', { query, signal }),
  decide: (resourceId: number, decision: Decision, idempotencyKey: string) =>
    request<Resource>('POST', `/discovery/resources/${resourceId}/${decision.type}`, {
      body: decision.type === 'ignore' ? { reason: decision.reason } : {},
      idempotencyKey,
    }),
};
