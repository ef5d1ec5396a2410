import type {
  Digest,
  DigestFilter,
  DigestPeriod,
  DigestSection,
  DigestStore,
} from '@cloudpam/digests';
import type { FindingSeverity } from '@cloudpam/reconciliation';
import { FewRowsStore } from './few-rows-store';
import type { Columns, Row, Session } from './session';
import { jsonOf, optionalTimeOf, timeOf } from './values';

const COLUMNS = {
  name: 'text',
  recipients: 'json',
  every: 'text',
  weekday: 'int',
  hour: 'int',
  time_zone: 'text',
  filter: 'json',
  severity: 'text',
  sections: 'json',
  sends_empty: 'bool',
  is_enabled: 'bool',
  due_at: 'time',
  retry_at: 'time',
  attempts: 'int',
  last_sent_at: 'time',
  told_until: 'time',
  failure: 'text',
  holder: 'text',
  lease_until: 'time',
  created_at: 'time',
  updated_at: 'time',
  version: 'int',
} as const satisfies Columns;

type Time = Date | number;

interface DigestRow {
  readonly id: number;
  readonly name: string;
  readonly recipients: readonly string[] | string;
  readonly every: DigestPeriod;
  readonly weekday: number | null;
  readonly hour: number;
  readonly time_zone: string;
  readonly filter: DigestFilter | string;
  readonly severity: FindingSeverity | null;
  readonly sections: readonly DigestSection[] | string;
  readonly sends_empty: boolean | number;
  readonly is_enabled: boolean | number;
  readonly due_at: Time | null;
  readonly retry_at: Time | null;
  readonly attempts: number;
  readonly last_sent_at: Time | null;
  readonly told_until: Time | null;
  readonly failure: string | null;
  readonly holder: string | null;
  readonly lease_until: Time | null;
  readonly created_at: Time;
  readonly updated_at: Time;
  readonly version: number;
}

/** Digests in table `digest`. */
export class TypeOrmDigestStore extends FewRowsStore<Digest, DigestRow> implements DigestStore {
  constructor(session: Session) {
    super(session, { name: 'digest', columns: COLUMNS, toRow, fromRow });
  }
}

function toRow(digest: Omit<Digest, 'id'>): Row {
  const { every, weekday, hour, timeZone } = digest.schedule;
  return [
    digest.name,
    JSON.stringify(digest.recipients),
    every,
    weekday,
    hour,
    timeZone,
    JSON.stringify(digest.filter),
    digest.severity,
    JSON.stringify(digest.sections),
    digest.sendsEmpty,
    digest.isEnabled,
    digest.dueAt,
    digest.retryAt,
    digest.attempts,
    digest.lastSentAt,
    digest.toldUntil,
    digest.failure,
    digest.holder,
    digest.leaseUntil,
    digest.createdAt,
    digest.updatedAt,
    digest.version,
  ];
}

function fromRow(row: DigestRow): Digest {
  const { every, weekday, hour, time_zone: timeZone } = row;
  return {
    id: row.id,
    name: row.name,
    recipients: jsonOf(row.recipients),
    schedule: { every, weekday, hour, timeZone },
    filter: jsonOf(row.filter),
    severity: row.severity,
    sections: jsonOf(row.sections),
    sendsEmpty: Boolean(row.sends_empty),
    isEnabled: Boolean(row.is_enabled),
    dueAt: optionalTimeOf(row.due_at),
    retryAt: optionalTimeOf(row.retry_at),
    attempts: row.attempts,
    lastSentAt: optionalTimeOf(row.last_sent_at),
    toldUntil: optionalTimeOf(row.told_until),
    failure: row.failure,
    holder: row.holder,
    leaseUntil: optionalTimeOf(row.lease_until),
    createdAt: timeOf(row.created_at),
    updatedAt: timeOf(row.updated_at),
    version: row.version,
  };
}
