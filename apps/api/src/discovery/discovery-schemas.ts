import { DISCOVERY_POLICIES, PROVIDERS } from '@cloudpam/pools';
import {
  COVERAGES,
  DECISIONS,
  FINDING_STATUSES,
  FINDING_TYPES,
  MANAGEMENTS,
  OVERLAPS,
  RESOURCE_KINDS,
  SYNCS,
} from '@cloudpam/reconciliation';
import {
  bool,
  id,
  integer,
  list,
  nullable,
  object,
  oneOf,
  PAGE,
  recordId,
  ref,
  tags,
  text,
  time,
  type Schema,
} from '../http/schema';

const key: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 512,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
};
const SEEN_NETWORK = object(
  { external_id: key, owner_account: key, region: key, name: text(1_000), is_default: bool },
  ['external_id', 'owner_account', 'region', 'name'],
);
const SEEN_RESOURCE = object(
  {
    kind: oneOf(RESOURCE_KINDS),
    external_id: key,
    network_external_id: key,
    owner_account: key,
    region: key,
    zone_id: nullable(key),
    outpost: nullable(key),
    name: text(1_000),
    cidr: text(64),
    tags,
  },
  ['kind', 'external_id', 'network_external_id', 'owner_account', 'region', 'name', 'cidr'],
);
const PART: Schema = {
  ...object({ number: integer(1, 10_000), last: bool }),
  description:
    'The place of this in a listing that comes in parts of one run_id, account and region, in any order, each with the networks ' +
    'and resources that no other has. Those before the last are kept for a day (202); the last one applies all as one listing, with its own coverage, or is refused.',
};
const UNPROVEN: Schema = {
  ...bool,
  description:
    'The account was named by hand, and nothing has shown that there is one: ' +
    'its failure makes no account (404 account_not_found)',
};
const SCOPE = object(
  {
    provider: oneOf(PROVIDERS),
    account: key,
    account_name: text(200),
    account_unproven: UNPROVEN,
    region: key,
    coverage: oneOf(COVERAGES),
    error: { oneOf: [object({ code: text(500), message: text(5_000) }), { type: 'null' }] },
    collected_at: time,
    part: PART,
    networks: list(SEEN_NETWORK, { maxItems: 10_000 }),
    resources: list(SEEN_RESOURCE, { maxItems: 50_000 }),
  },
  ['provider', 'account', 'region', 'coverage', 'collected_at', 'networks', 'resources'],
);
export const SNAPSHOT = object({
  run_id: { type: 'string', format: 'uuid' },
  collector: object({ name: text(200), version: text(100) }),
  scopes: list(SCOPE, { minItems: 1, maxItems: 10_000 }),
});
const DISMISSAL = {
  reason: text(1_000),
  until: nullable(time),
  findings: list(oneOf(FINDING_TYPES), { minItems: 1 }),
};
export const IGNORE = object(DISMISSAL, []);
export const RESTORE = object({ findings: DISMISSAL.findings }, []);
export const DECISION = object(
  {
    decision: oneOf(DECISIONS),
    resource_ids: list(id, { minItems: 1, maxItems: 10_000, uniqueItems: true }),
    ...DISMISSAL,
  },
  ['decision', 'resource_ids'],
);
export const DECISION_QUERY = object({ mode: oneOf(['atomic', 'partial']), dry_run: bool }, []);
export const ISOLATE = object({ vrf_id: recordId, vrf_name: text(200) }, []);
export const NOTHING = object({}, []);

const Q: Schema = {
  ...text(500),
  description: 'Part of a name or cloud id, an ARN, or an address, CIDR, range or part of one',
};
export const RESOURCE_FILTER = {
  account_id: recordId,
  vrf_id: recordId,
  network_id: id,
  region: text(200),
  kind: oneOf(RESOURCE_KINDS),
  management: oneOf(MANAGEMENTS),
  overlap_status: oneOf(OVERLAPS),
  sync_status: oneOf(SYNCS),
  finding: oneOf([...FINDING_TYPES, 'any']),
  pool_id: id,
  q: Q,
  cidr_within: text(100),
};
export const RESOURCE_QUERY = object({ ...PAGE, ...RESOURCE_FILTER }, []);
export const NETWORK_QUERY = object({ ...PAGE, account_id: recordId, vrf_id: recordId, q: Q }, []);
const TYPES = [...FINDING_TYPES, 'unseen'];
export const FINDING_QUERY = object(
  {
    ...PAGE,
    type: oneOf(TYPES),
    status: oneOf(FINDING_STATUSES),
    account_id: recordId,
    vrf_id: recordId,
    q: Q,
  },
  [],
);

const count: Schema = { type: 'integer' };
const COUNTS = {
  imported: count,
  updated: count,
  orphaned: count,
  unchanged: count,
  conflicts: count,
};
const WHERE = {
  account_id: recordId,
  account_key: text(),
  provider: oneOf(PROVIDERS),
  region: text(),
};
export const DISCOVERY_COMPONENTS: Record<string, Schema> = {
  DiscoveryResult: object({
    ...COUNTS,
    errors: list(object({ account: text(), region: text(), code: text(), detail: text() })),
    scopes: list(object({ account: text(), region: text(), ...COUNTS })),
  }),
  Resource: object({
    id,
    network_id: id,
    network_external_id: text(),
    vrf_id: recordId,
    ...WHERE,
    zone_id: nullable(text()),
    kind: oneOf(RESOURCE_KINDS),
    external_id: text(),
    name: text(),
    cidr: text(),
    tags,
    pool_id: nullable(id),
    management: oneOf(MANAGEMENTS),
    management_reason: text(),
    overlap_status: oneOf(OVERLAPS),
    overlap_reason: text(),
    sync_status: oneOf(SYNCS),
    sync_reason: text(),
    orphaned_at: nullable(time),
    outpost: nullable(text()),
    placement: oneOf(['region', 'local_zone', 'wavelength_zone', 'outpost']),
    conflict: text(),
    compliance: text(),
    ignored: { type: 'object', additionalProperties: ref('Dismissal') },
    explained_by: nullable(id),
    first_seen_at: time,
    last_seen_at: time,
  }),
  Network: object({
    id,
    ...WHERE,
    external_id: text(),
    name: text(),
    is_default: bool,
    vrf_id: recordId,
    first_seen_at: time,
    last_seen_at: time,
    gone_at: nullable(time),
  }),
  Dismissal: object({ reason: text(), by: text(), until: nullable(time) }),
  Finding: object({
    id: text(),
    type: oneOf(TYPES),
    status: oneOf(FINDING_STATUSES),
    reason: text(),
    ignored: { oneOf: [ref('Dismissal'), { type: 'null' }] },
    account_id: recordId,
    account_key: text(),
    region: text(),
    resource: { oneOf: [ref('Resource'), { type: 'null' }] },
  }),
  Decisions: object({
    done: count,
    refused: count,
    results: list(
      object(
        {
          resource_id: id,
          status: oneOf(['done', 'refused']),
          resource: { oneOf: [ref('Resource'), { type: 'null' }] },
          problem: ref('Problem'),
        },
        ['resource_id', 'status'],
      ),
    ),
  }),
  Isolation: object({
    network: ref('Network'),
    moved_pools: count,
    imported: count,
    conflicts: count,
  }),
  DiscoveryStatus: object({
    items: list(
      object({
        account_id: recordId,
        account_key: text(),
        account_name: text(),
        provider: oneOf(PROVIDERS),
        last_run_at: nullable(time),
        status: oneOf(COVERAGES),
        policy: oneOf(DISCOVERY_POLICIES),
        unseen: nullable(text()),
        job: { oneOf: [ref('Job'), { type: 'null' }] },
        vpc_count: count,
        subnet_count: count,
        error_msg: nullable(text()),
        coverage: list(
          object({
            region: text(),
            coverage: oneOf(COVERAGES),
            collected_at: nullable(time),
            complete_at: nullable(time),
            error_code: nullable(text()),
            error_msg: nullable(text()),
            unseen: nullable(text()),
            vpc_count: count,
            subnet_count: count,
          }),
        ),
      }),
    ),
    findings: object(Object.fromEntries(TYPES.map((type) => [type, count]))),
    policy: oneOf(DISCOVERY_POLICIES),
    interval_seconds: count,
  }),
};
