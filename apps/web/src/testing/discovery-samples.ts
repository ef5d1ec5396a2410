import type { Schemas } from '@cloudpam/api-client';

const AT = '2026-01-02T03:04:05.000Z';

export function resource(fields: Partial<Schemas['Resource']> = {}): Schemas['Resource'] {
  return {
    account_id: 2,
    account_key: 'aws:111122223333',
    provider: 'aws',
    region: 'eu-west-1',
    id: 30,
    network_id: 9,
    network_external_id: 'vpc-1',
    vrf_id: 1,
    zone_id: null,
    kind: 'vpc',
    external_id: 'vpc-1',
    name: 'lab',
    cidr: '10.77.0.0/16',
    tags: {},
    pool_id: null,
    management: 'unmanaged',
    management_reason: 'the policy is to observe',
    overlap_status: 'nonoverlapping',
    overlap_reason: '',
    sync_status: 'synced',
    sync_reason: '',
    orphaned_at: null,
    free_hosts: null,
    outpost: null,
    placement: 'region',
    conflict: '',
    compliance: '',
    ignored: {},
    explained_by: null,
    first_seen_at: AT,
    last_seen_at: AT,
    ...fields,
  };
}

export function network(fields: Partial<Schemas['Network']> = {}): Schemas['Network'] {
  return {
    account_id: 2,
    account_key: 'aws:111122223333',
    provider: 'aws',
    region: 'eu-west-1',
    id: 9,
    external_id: 'vpc-1',
    name: 'lab',
    is_default: false,
    vrf_id: 1,
    first_seen_at: AT,
    last_seen_at: AT,
    gone_at: null,
    ...fields,
  };
}

export function finding(fields: Partial<Schemas['Finding']> = {}): Schemas['Finding'] {
  const found = resource({ overlap_status: 'overlapping', overlap_reason: 'overlaps pool 3' });
  return {
    id: 'overlap:30',
    type: 'overlap',
    severity: 'critical',
    status: 'open',
    reason: 'overlaps pool 3',
    ignored: null,
    account_id: 2,
    account_key: 'aws:111122223333',
    region: 'eu-west-1',
    resource: found,
    pool: null,
    lease: null,
    address: null,
    webhook: null,
    ...fields,
  };
}

export function job(fields: Partial<Schemas['Job']> = {}): Schemas['Job'] {
  return {
    id: 12,
    account_id: 2,
    account_key: 'aws:111122223333',
    status: 'queued',
    requested_by: 'ada',
    requested_at: AT,
    started_at: null,
    finished_at: null,
    agent: null,
    attempt: 1,
    scopes_done: 0,
    scopes_total: null,
    message: '',
    error: null,
    counts: null,
    ...fields,
  };
}

export function agent(fields: Partial<Schemas['Agent']> = {}): Schemas['Agent'] {
  return {
    instance: '11111111-2222-4333-8444-555555555555',
    name: 'berlin',
    version: '1.4.0',
    providers: ['aws'],
    accounts: ['aws:111122223333'],
    interval_seconds: 3_600,
    status: 'online',
    first_seen_at: AT,
    last_seen_at: AT,
    job: null,
    ...fields,
  };
}

export const NO_FINDINGS: Schemas['FindingCounts'] = {
  overlap: 0,
  conflict: 0,
  drift: 0,
  orphan: 0,
  unmanaged: 0,
  compliance: 0,
  unseen: 0,
  exhausts_soon: 0,
  lease_ends: 0,
  stale_address: 0,
  unknown_address: 0,
  webhook_paused: 0,
};

export function status(
  fields: Partial<Schemas['DiscoveryStatus']> = {},
): Schemas['DiscoveryStatus'] {
  return {
    items: [],
    total: 0,
    total_is_estimate: false,
    page: 1,
    page_size: 50,
    next_cursor: null,
    findings: NO_FINDINGS,
    policy: 'auto',
    interval_seconds: 0,
    ...fields,
  };
}

export function accountState(
  fields: Partial<Schemas['DiscoveryState']> = {},
): Schemas['DiscoveryState'] {
  return {
    account_id: 2,
    account_key: 'aws:111122223333',
    account_name: 'production',
    provider: 'aws',
    last_run_at: AT,
    status: 'complete',
    policy: 'auto',
    unseen: null,
    job: null,
    vpc_count: 3,
    subnet_count: 12,
    error_msg: null,
    coverage: [],
    ...fields,
  };
}
