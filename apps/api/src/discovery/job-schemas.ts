import { PROVIDERS } from '@cloudpam/pools';
import { JOB_STATUSES } from '@cloudpam/reconciliation';
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
  text,
  time,
  type Schema,
} from '../http/schema';

const instance: Schema = { type: 'string', format: 'uuid' };
const accountKey: Schema = { type: 'string', pattern: '^(aws|gcp|azure|onprem):[\\w.:-]{1,128}$' };
const count = integer(0, 1_000_000_000);
const COUNTS = object({
  scopes: count,
  complete: count,
  partial: count,
  failed: count,
  imported: count,
  updated: count,
  orphaned: count,
  unchanged: count,
  conflicts: count,
});
const lease = text(200);

export const TRIGGER = object({ account_id: recordId });
export const JOB_QUERY = object(
  { ...PAGE, account_id: recordId, status: oneOf(JOB_STATUSES), open: bool },
  [],
);
export const HEARTBEAT = object({
  instance,
  name: { ...text(200), minLength: 1 },
  version: text(100),
  providers: list(oneOf(PROVIDERS), { maxItems: 10 }),
  accounts: list(accountKey, { maxItems: 10_000 }),
  interval_seconds: nullable(integer(1, 31_536_000)),
});
const ACCOUNTS = list(accountKey, { maxItems: 10_000 });
const UNPROVEN: Schema = {
  ...ACCOUNTS,
  description:
    'Of the accounts, those that were named by hand and could not be entered: they are not made',
};
export const SCHEDULE = object(
  { instance, accounts: ACCOUNTS, unproven: UNPROVEN, older_than_seconds: integer(0, 31_536_000) },
  ['instance', 'accounts', 'older_than_seconds'],
);
export const CLAIM = object({ instance, wait_seconds: integer(0, 60) }, ['instance']);
export const PROGRESS = object({
  lease,
  scopes_done: count,
  scopes_total: nullable(count),
  message: text(1_000),
});
export const FINISH = object({
  lease,
  status: oneOf(['succeeded', 'partial', 'failed', 'handed_back']),
  error: nullable(text(5_000)),
  counts: { oneOf: [COUNTS, { type: 'null' }] },
});
export const AGENT_QUERY = object(PAGE, []);

export const JOB_COMPONENTS: Record<string, Schema> = {
  Job: object({
    id,
    account_id: recordId,
    account_key: text(),
    status: oneOf(JOB_STATUSES),
    requested_by: text(),
    requested_at: time,
    started_at: nullable(time),
    finished_at: nullable(time),
    agent: nullable(text()),
    attempt: integer(0, 1_000),
    scopes_done: count,
    scopes_total: nullable(count),
    message: text(),
    error: nullable(text()),
    counts: { oneOf: [COUNTS, { type: 'null' }] },
  }),
  Claim: object({
    job: {
      oneOf: [
        object({
          id,
          account: accountKey,
          lease,
          lease_expires_at: time,
          requested_at: time,
          attempt: integer(1, 1_000),
        }),
        { type: 'null' },
      ],
    },
  }),
  Lease: object({ lease_expires_at: time }),
  Queued: object({ queued: count }),
  HeartbeatAnswer: object({
    lease_seconds: integer(1, 86_400),
    heartbeat_seconds: integer(1, 86_400),
  }),
  Agent: object({
    instance,
    name: text(),
    version: text(),
    providers: list(oneOf(PROVIDERS)),
    accounts: list(text()),
    interval_seconds: nullable(integer(1, 31_536_000)),
    status: oneOf(['online', 'offline']),
    first_seen_at: time,
    last_seen_at: time,
    job: nullable(id),
  }),
};
