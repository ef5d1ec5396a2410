import type { Schemas } from '@cloudpam/api-client';

export {
  accountState,
  agent,
  finding,
  job,
  network,
  NO_FINDINGS,
  resource,
  status,
} from './discovery-samples';

const AT = '2026-01-02T03:04:05.000Z';

/** A page of a list that is all of it. */
export function listOf<T>(...items: T[]) {
  return {
    items,
    total: items.length,
    total_is_estimate: false,
    page: 1,
    page_size: 50,
    next_cursor: null,
    read_as: null,
  };
}

/** A page of the audit log that is all of it. */
export function auditListOf(...entries: Schemas['AuditEntry'][]): Schemas['AuditList'] {
  return { ...listOf(...entries), entries };
}

/** An answer of the search that is all there is, with `total` of them. */
export function searchOf(
  total: number,
  ...items: Schemas['SearchResult'][]
): Schemas['SearchAnswer'] {
  return {
    query_kind: 'ip',
    read_as: null,
    items,
    results: items,
    total,
    total_is_estimate: false,
    next_cursor: null,
  };
}

export function pool(fields: Partial<Schemas['Pool']> = {}): Schemas['Pool'] {
  return {
    id: 7,
    vrf_id: 1,
    parent_id: null,
    name: 'core',
    cidr: '10.0.0.0/16',
    family: 4,
    kind: 'container',
    status: 'active',
    source: 'manual',
    account_id: null,
    provider: null,
    external_id: null,
    external_vpc: null,
    region: null,
    sync_status: null,
    last_sync_at: null,
    description: '',
    tags: {},
    vlan_id: null,
    expires_at: null,
    rules: null,
    key: null,
    created_at: AT,
    updated_at: AT,
    version: 3,
    utilization: { total: '65536', used: '32768', reserved: '0', free: '32768', ratio: 0.5 },
    uncounted_hosts: false,
    child_count: 0,
    ...fields,
  };
}

export function account(fields: Partial<Schemas['Account']> = {}): Schemas['Account'] {
  return {
    id: 2,
    created_at: AT,
    updated_at: AT,
    version: 1,
    key: 'aws:111122223333',
    provider: 'aws',
    external_id: '111122223333',
    name: 'production',
    platform: null,
    tier: null,
    environment: 'prod',
    regions: ['eu-west-1'],
    description: '',
    discovery_policy: null,
    discovery_interval: null,
    ...fields,
  };
}

export function vrf(fields: Partial<Schemas['Vrf']> = {}): Schemas['Vrf'] {
  const at = { created_at: AT, updated_at: AT };
  return {
    id: 1,
    ...at,
    version: 1,
    name: 'global',
    rd: null,
    reachability_domain: null,
    description: '',
    ...fields,
  };
}

export function address(fields: Partial<Schemas['Address']> = {}): Schemas['Address'] {
  return {
    id: 12,
    address: '10.0.0.5',
    vrf_id: 1,
    pool_id: 7,
    name: 'db',
    status: 'active',
    role: 'host',
    dns_name: null,
    mac: null,
    account_id: null,
    description: '',
    range_id: null,
    tags: {},
    expires_at: null,
    created_at: AT,
    updated_at: AT,
    version: 3,
    ...fields,
  };
}

export function range(fields: Partial<Schemas['Range']> = {}): Schemas['Range'] {
  return {
    id: 3,
    start_address: '10.0.0.100',
    end_address: '10.0.0.199',
    vrf_id: 1,
    pool_id: 7,
    name: 'clients',
    purpose: 'dhcp',
    counts_as_used: false,
    account_id: null,
    description: '',
    tags: {},
    until: null,
    held_by: null,
    created_at: AT,
    updated_at: AT,
    version: 1,
    ...fields,
  };
}

export function observed(
  fields: Partial<Schemas['ObservedAddress']> = {},
): Schemas['ObservedAddress'] {
  return {
    id: 1,
    cidr: '10.0.0.9/32',
    vrf_id: 1,
    region: 'eu-west-1',
    kind: 'interface',
    external_id: 'eni-1',
    subnet_external_id: 'subnet-1',
    name: 'web-1',
    attached_to: 'i-0a1b',
    account_id: 2,
    first_seen_at: AT,
    seen_at: AT,
    gone_at: null,
    ...fields,
  };
}

export function hostUsage(fields: Partial<Schemas['HostUsage']> = {}): Schemas['HostUsage'] {
  return {
    size: '256',
    forbidden: '5',
    observed: '0',
    recorded: 1,
    free: '250',
    coverage: 'off',
    observed_at: null,
    unlisted_hosts: false,
    counted: null,
    ...fields,
  };
}

export function vlan(fields: Partial<Schemas['Vlan']> = {}): Schemas['Vlan'] {
  const at = { created_at: AT, updated_at: AT };
  return {
    id: 4,
    ...at,
    version: 2,
    vid: 100,
    name: 'voice',
    group: '',
    group_id: null,
    description: '',
    ...fields,
  };
}

export function vlanGroup(fields: Partial<Schemas['VlanGroup']> = {}): Schemas['VlanGroup'] {
  return {
    id: 9,
    created_at: AT,
    updated_at: AT,
    version: 2,
    name: 'fra1',
    vid_ranges: '100-199',
    vid_count: 100,
    vlan_count: 57,
    account_id: null,
    site: null,
    description: '',
    ...fields,
  };
}

export function entry(fields: Partial<Schemas['AuditEntry']> = {}): Schemas['AuditEntry'] {
  return {
    id: 51,
    timestamp: AT,
    actor: { type: 'user', id: 'user:1', name: 'Ada' },
    action: 'pool.update',
    entity_type: 'pool',
    entity_id: '7',
    diff: { before: { name: 'old' }, after: { name: 'core' } },
    request_id: 'req-1',
    reason: null,
    version: 1,
    place: null,
    former_place: null,
    ...fields,
  };
}

export function token(fields: Partial<Schemas['Token']> = {}): Schemas['Token'] {
  return {
    accounts: null,
    pools: null,
    id: 5,
    public_id: 'abcdefabcdef',
    name: 'ci',
    role: 'editor',
    read_only: false,
    shared_resources: false,
    created_by: 'user:1',
    created_by_name: 'Ada',
    created_at: AT,
    expires_at: null,
    last_used_at: null,
    revoked_at: null,
    ...fields,
  };
}

export function user(fields: Partial<Schemas['User']> = {}): Schemas['User'] {
  return {
    accounts: null,
    pools: null,
    id: 6,
    provider: 'okta',
    issuer: 'https://id.example',
    subject: 'grace',
    email: 'grace@example.org',
    name: 'Grace',
    role: 'editor',
    role_pinned: false,
    groups: ['network'],
    active: true,
    created_at: AT,
    last_login_at: AT,
    refused_at: null,
    version: 8,
    ...fields,
  };
}

/** The caller: an admin with a token, unless told otherwise. */
export const SYSTEM: Schemas['System'] = {
  version: '1.4.0',
  commit: '3ad6a02e69da24021f90e7a9b1c75ede80a9d43a',
  node: '24.1.0',
  database: 'postgres',
};

export function me(fields: Partial<Schemas['Me']> = {}): Schemas['Me'] {
  return {
    accounts: null,
    pools: null,
    actor: { type: 'token', id: 'token:1', name: 'ada' },
    role: 'admin',
    read_only: false,
    permissions: [
      'pools:write',
      'quarantine:release',
      'accounts:write',
      'vrfs:write',
      'vlan-groups:write',
      'vlans:write',
      'discovery:decide',
      'audit:read',
      'export:read',
      'tokens:manage',
      'webhooks:manage',
      'digests:manage',
      'users:manage',
      'import:write',
    ],
    version: '1.4.0',
    csrf_token: null,
    provider: null,
    ...fields,
  };
}

export const VIEWER = me({ role: 'viewer', permissions: ['audit:read', 'export:read'] });

/** Usage of a pool of 65,536 addresses in a month. */
export function usage(fields: Partial<Schemas['PoolUsage']> = {}): Schemas['PoolUsage'] {
  const day = { largest_free: 17, free_blocks: [{ prefix_length: 17, count: 1 }] };
  return {
    from: '2026-01-01',
    to: '2026-01-31',
    step_days: 1,
    days: [
      { ...day, day: '2025-12-20', used: '16384', free: '49152' },
      { ...day, day: '2026-01-15', used: '32768', free: '32768' },
    ],
    ...fields,
  };
}

/** A forecast of pool 7. */
export function told(fields: Partial<Schemas['Forecast']> = {}): Schemas['PoolForecast'] {
  return {
    pool_id: 7,
    name: 'core',
    cidr: '10.0.0.0/16',
    vrf_id: 1,
    prefix_length: 24,
    made_on: '2026-01-31',
    forecast: {
      outcome: 'forecast',
      day: '2026-02-21',
      earliest: '2026-02-14',
      latest: '2026-03-02',
      confidence: 'medium',
      growth_per_week: 2_048,
      weeks: 52,
      changes: 40,
      left_out: null,
      backtest: { trials: 6, held: 5 },
      ...fields,
    },
  };
}

/** That pool 7 is unused. */
export function recommendation(
  fields: Partial<Schemas['KeptRecommendation']> = {},
): Schemas['KeptRecommendation'] {
  return {
    kind: 'unused',
    severity: 'low',
    pool: { pool_id: 7, name: 'core', cidr: '10.0.0.0/16', vrf_id: 1, kind: 'container' },
    related: null,
    facts: {
      score: 0.75,
      prefix_length: 24,
      largest_free: 24,
      packed_largest: 22,
      hosts_used: '20',
      hosts_size: '65534',
      idle_days: 120,
      breach: null,
      vrfs: null,
      follows_cloud: false,
    },
    action: { type: 'reclaim', pool_ids: [7], cidr: null, tags: [] },
    made_at: AT,
    ...fields,
  };
}

/** The list of recommendations, as of an analysis of all pools. */
export function recommendations(
  ...items: readonly Schemas['KeptRecommendation'][]
): Schemas['RecommendationList'] {
  return {
    ...listOf(...items),
    kinds: [{ kind: 'unused', count: items.length, is_estimate: false }],
    analysed_at: '2026-01-31T00:00:00.000Z',
    next_at: '2026-01-31T06:00:00.000Z',
  };
}

/** The analysis of pool 7. */
export function poolAnalysis(
  ...recommended: readonly Schemas['Recommendation'][]
): Schemas['PoolAnalysis'] {
  const length = { free_blocks: 0, placeable: '0', packed: '1' };
  return {
    pool: { pool_id: 7, name: 'core', cidr: '10.0.0.0/16', vrf_id: 1, kind: 'container' },
    fragmentation: {
      score: 0.25,
      free: '1024',
      largest_free: 23,
      packed_largest: 22,
      lengths: [
        { ...length, prefix_length: 22 },
        { ...length, prefix_length: 23, free_blocks: 1, placeable: '1', packed: '2' },
      ],
    },
    is_complete: true,
    usual_length: 24,
    recommendations: [...recommended],
    children_examined: 2,
    children_total: 2,
  };
}
