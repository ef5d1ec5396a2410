import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { queryOf } from './query';
import type { TextQuery } from './query';
import { keyHeader, signalOf, writeParams } from './write';
import type { Write } from './write';

/** Calls on what collectors saw, and on collectors. */
export const discoveryApi = {
  status: (signal?: AbortSignal) => answerOf(api.GET('/api/v1/discovery/status', { signal })),
  resources: (query: TextQuery<'listResources'>, signal?: AbortSignal) =>
    answerOf(
      api.GET('/api/v1/discovery/resources', {
        params: { query: queryOf<'listResources'>(query) },
        signal,
      }),
    ),
  networks: (query: TextQuery<'listNetworks'>, signal?: AbortSignal) =>
    answerOf(
      api.GET('/api/v1/discovery/networks', {
        params: { query: queryOf<'listNetworks'>(query) },
        signal,
      }),
    ),
  findings: (query: TextQuery<'listFindings'>, signal?: AbortSignal) =>
    answerOf(
      api.GET('/api/v1/discovery/findings', {
        params: { query: queryOf<'listFindings'>(query) },
        signal,
      }),
    ),
  /** Carries out what can be, and tells for the rest why not. */
  decide: (body: Schemas['DecisionRequest'], write: Write) => {
    const { query, header } = writeParams(write);
    return answerOf(
      api.POST('/api/v1/discovery/decisions', {
        params: { query: { mode: 'partial', ...query }, header },
        body,
        signal: signalOf(write),
      }),
    );
  },
  isolate: (id: number, body: Schemas['Isolate'], write: Write) =>
    answerOf(
      api.POST('/api/v1/discovery/networks/{id}/isolate', {
        params: { path: { id }, ...writeParams(write) },
        body,
        signal: signalOf(write),
      }),
    ),
  /** Asks for a discovery of an account; gives the job that is open already, if there is one. */
  trigger: (accountId: number, idempotencyKey: string) =>
    answerOf(
      api.POST('/api/v1/discovery/trigger', {
        params: { header: keyHeader(idempotencyKey) },
        body: { account_id: accountId },
      }),
    ),
  jobs: (query: TextQuery<'listJobs'>, signal?: AbortSignal) =>
    answerOf(
      api.GET('/api/v1/discovery/jobs', { params: { query: queryOf<'listJobs'>(query) }, signal }),
    ),
  cancel: (id: number, idempotencyKey: string) =>
    answerOf(
      api.POST('/api/v1/discovery/jobs/{id}/cancel', {
        params: { path: { id }, header: keyHeader(idempotencyKey) },
      }),
    ),
  agents: (query: TextQuery<'listAgents'>, signal?: AbortSignal) =>
    answerOf(
      api.GET('/api/v1/collectors', { params: { query: queryOf<'listAgents'>(query) }, signal }),
    ),
};
