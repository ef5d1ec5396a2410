import { PROVIDERS } from '@cloudpam/pools';
import { COVERAGES, DISCOVERY_POLICIES, FINDING_TYPES, MANAGEMENTS, OVERLAPS, RESOURCE_KINDS, SYNCS } from '@cloudpam/reconciliation';
import { bool, id, list, nullable, object, oneOf, PAGE, recordId, ref, tags, text, time, type Schema } from '../http/schema';

const key: Schema = { type: 'string', minLength: 1, maxLength: 512, pattern: '^[^\\u0000-\\u001f\\u007f]+$' };
const SEEN_NETWORK = object({ external_id: key, owner_account: key, region: key, name: text(1_000), is_default: bool }, ['external_id', 'owner_account', 'region', 'name']);
const SEEN_RESOURCE = object({
  kind: oneOf(RESOURCE_KINDS), external_id: key, network_external_id: key, owner_account: key, region: key, zone_id: nullable(key), name: text(1_000),
  cidr: text(64), tags,
}, ['kind', 'external_id', 'network_external_id', 'owner_account', 'region', 'name', 'cidr']);
const SCOPE = object({
  provider: oneOf(PROVIDERS), account: key, account_name: text(200), region: key, coverage: oneOf(COVERAGES),
  error: { oneOf: [object({ code: text(500), message: text(5_000) }), { type: 'null' }] }, collected_at: time,
  networks: list(SEEN_NETWORK, { maxItems: 10_000 }), resources: list(SEEN_RESOURCE, { maxItems: 50_000 }),
}, ['provider', 'account', 'region', 'coverage', 'collected_at', 'networks', 'resources']);
export const SNAPSHOT = object({
  run_id: { type: 'string', format: 'uuid' }, collector: object({ name: text(200), version: text(100) }), scopes: list(SCOPE, { minItems: 1, maxItems: 1_000 }),
});
export const IGNORE = object({ reason: text(1_000) }, []);
export const NOTHING = object({}, []);

export const RESOURCE_QUERY = object({
  ...PAGE, account_id: recordId, vrf_id: recordId, network_id: id, region: text(200), kind: oneOf(RESOURCE_KINDS), management: oneOf(MANAGEMENTS),
  overlap_status: oneOf(OVERLAPS), sync_status: oneOf(SYNCS), finding: oneOf([...FINDING_TYPES, 'any']), pool_id: id, q: text(500), cidr_within: text(100),
}, []);
export const NETWORK_QUERY = object({ ...PAGE, account_id: recordId, vrf_id: recordId, q: text(500) }, []);
export const FINDING_QUERY = object({ ...PAGE, type: oneOf(FINDING_TYPES), account_id: recordId, vrf_id: recordId, q: text(500) }, []);

const count: Schema = { type: 'integer' };
const COUNTS = { imported: count, updated: count, orphaned: count, unchanged: count, conflicts: count };
const WHERE = { account_id: recordId, account_key: text(), provider: oneOf(PROVIDERS), region: text() };
export const DISCOVERY_COMPONENTS: Record<string, Schema> = {
  DiscoveryResult: object({
    ...COUNTS, errors: list(object({ account: text(), region: text(), code: text(), detail: text() })),
    scopes: list(object({ account: text(), region: text(), ...COUNTS })),
  }),
  Resource: object({
    id, network_id: id, network_external_id: text(), vrf_id: recordId, ...WHERE, zone_id: nullable(text()), kind: oneOf(RESOURCE_KINDS), external_id: text(),
    name: text(), cidr: text(), tags, pool_id: nullable(id), management: oneOf(MANAGEMENTS), management_reason: text(), overlap_status: oneOf(OVERLAPS),
    overlap_reason: text(), sync_status: oneOf(SYNCS), sync_reason: text(), explained_by: nullable(id), first_seen_at: time, last_seen_at: time,
  }),
  Network: object({ id, ...WHERE, external_id: text(), name: text(), is_default: bool, vrf_id: recordId, first_seen_at: time, last_seen_at: time }),
  Finding: object({ id: text(), type: oneOf(FINDING_TYPES), status: oneOf(['open', 'ignored']), reason: text(), resource: ref('Resource') }),
  DiscoveryStatus: object({
    items: list(object({
      account_id: recordId, account_key: text(), account_name: text(), provider: oneOf(PROVIDERS), last_run_at: nullable(time), status: oneOf(COVERAGES),
      vpc_count: count, subnet_count: count, error_msg: nullable(text()),
      coverage: list(object({
        region: text(), coverage: oneOf(COVERAGES), collected_at: nullable(time), complete_at: nullable(time), error_code: nullable(text()),
        error_msg: nullable(text()), vpc_count: count, subnet_count: count,
      })),
    })),
    findings: object(Object.fromEntries(FINDING_TYPES.map((type) => [type, count]))), policy: oneOf(DISCOVERY_POLICIES),
  }),
};
