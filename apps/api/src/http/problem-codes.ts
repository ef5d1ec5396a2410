import type { CidrErrorCode } from '@cloudpam/cidr';
import type { DigestErrorCode } from '@cloudpam/digests';
import type { WebhookErrorCode } from '@cloudpam/events';
import type { AccessErrorCode } from '@cloudpam/identity';
import { RECORD_EVENTS, type PoolErrorCode, type RecordNotFound } from '@cloudpam/pools';
import type { FormatErrorCode } from '@cloudpam/formats';
import type { ImportErrorCode, SavedMapError } from '@cloudpam/import';
import type { DiscoveryErrorCode } from '@cloudpam/reconciliation';

type DomainCode =
  | PoolErrorCode
  | DiscoveryErrorCode
  | AccessErrorCode
  | CidrErrorCode
  | ImportErrorCode
  | SavedMapError['code']
  | WebhookErrorCode
  | DigestErrorCode
  | FormatErrorCode;

/** Every error of the domain has its status here; a new code without one does not compile. */
const DOMAIN = {
  pool_not_found: 404,
  resource_not_found: 404,
  token_not_found: 404,
  network_not_found: 404,
  job_not_found: 404,
  agent_not_found: 409,
  not_pending: 409,
  not_drifted: 409,
  not_orphaned: 409,
  nothing_to_ignore: 409,
  lease_lost: 409,
  job_cancelled: 409,
  invalid_until: 400,
  invalid_rules: 400,
  rules_broken: 409,
  invalid_prefix_length: 400,
  refused_range: 400,
  invalid_field: 400,
  invalid_cidr: 400,
  invalid_address: 400,
  not_canonical: 400,
  invalid_token_request: 400,
  invalid_snapshot: 400,
  snapshot_too_new: 422,
  parent_mismatch: 409,
  pool_overlap: 409,
  pool_exhausted: 409,
  no_matching_pool: 409,
  hosts_not_counted: 409,
  cloud_owned: 409,
  would_orphan_children: 409,
  not_mergeable: 409,
  name_taken: 409,
  vid_outside_group: 409,
  vlan_group_exhausted: 409,
  key_in_use: 409,
  in_use: 409,
  last_admin: 409,
  token_revoked: 409,
  client_certificate_required: 403,
  stale_snapshot: 409,
  parts_missing: 409,
  too_much_waiting: 413,
  resource_overlaps: 409,
  resource_managed: 409,
  address_not_found: 404,
  address_reserved: 409,
  address_in_use: 409,
  address_taken: 409,
  range_not_found: 404,
  range_taken: 409,
  quarantined: 409,
  version_mismatch: 412,
  unauthenticated: 401,
  forbidden: 403,
  user_not_found: 404,
  user_changed: 412,
  user_inactive: 403,
  no_role: 403,
  invalid_login: 400,
  invalid_return_to: 400,
  provider_not_found: 404,
  invalid_limits: 400,
  outside_limits: 403,
  provider_unavailable: 502,
  provider_settings: 502,
  login_cancelled: 400,
  invalid_logout_token: 400,
  csrf_refused: 403,
  public_url_needed: 400,
  import_map_not_found: 404,
  too_many_import_maps: 409,
  digest_not_found: 404,
  too_many_digests: 409,
  mail_not_set_up: 409,
  webhook_not_found: 404,
  too_many_webhooks: 409,
  secret_key_missing: 409,
  refused_url: 400,
  invalid_template: 400,
  invalid_replay: 400,
  plan_changed: 409,
  import_has_errors: 422,
  unreadable_file: 422,
  unknown_format: 422,
  no_rows: 422,
  too_many_rows: 413,
  file_too_large: 413,
  invalid_map: 400,
} as const satisfies Record<Exclude<DomainCode, RecordNotFound>, number>;

/** Of every kind of record. */
const RECORD_PROBLEMS = Object.fromEntries(
  Object.keys(RECORD_EVENTS).map((type) => [`${type.slice(0, type.indexOf('.'))}_not_found`, 404]),
) as { readonly [Code in RecordNotFound]: 404 }; // what the type is made of, too

/** What is refused around the use cases: how a request is written, and what the server is up to. */
const AROUND = {
  bad_request: 400,
  unknown_field: 400,
  missing_field: 400,
  invalid_json: 400,
  invalid_cursor: 400,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  conflict: 409,
  gone_since: 410,
  body_too_large: 413,
  body_too_complex: 413,
  unsupported_media_type: 415,
  idempotency_key_reused: 422,
  rate_limited: 429,
  too_many_streams: 429,
  headers_too_large: 431,
  client_gone: 499,
  internal_error: 500,
  database_unavailable: 503,
  database_read_only: 503,
  busy: 503,
} as const;

/** The statuses of all problems, by code. */
export const PROBLEM_STATUS = { ...RECORD_PROBLEMS, ...DOMAIN, ...AROUND } as const;

/** The code of a problem that the API answers with. */
export type ProblemCode = keyof typeof PROBLEM_STATUS;

/** What a status says, for people. */
export const STATUS_TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition failed',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Unprocessable',
  429: 'Too many requests',
  431: 'Header fields too large',
  500: 'Internal error',
  502: 'Provider unavailable',
  503: 'Not ready',
};
