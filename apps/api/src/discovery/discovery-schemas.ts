import { PROVIDERS } from '@cloudpam/pools';
import {
  COVERAGES,
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
  recordId,
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
const count: Schema = { type: 'integer' };
const COUNTS = {
  imported: count,
  updated: count,
  orphaned: count,
  unchanged: count,
  conflicts: count,
};
export const DISCOVERY_COMPONENTS: Record<string, Schema> = {
  DiscoveryResult: object({
    ...COUNTS,
    errors: list(object({ account: text(), region: text(), code: text(), detail: text() })),
    scopes: list(object({ account: text(), region: text(), ...COUNTS })),
  }),
};
