import type { CloudEvent } from '@cloudpam/events';

/** An event as it can be. */
export const SAMPLE_EVENT: CloudEvent = {
  specversion: '1.0',
  id: '4711',
  source: 'https://ipam.example.com',
  type: 'org.cloudpam.pool.create.v1',
  subject: 'pools/42',
  time: '2026-01-31T12:00:00.000Z',
  sequence: '0000000000004711',
  datacontenttype: 'application/json',
  data: {
    entity_type: 'pool',
    entity_id: '42',
    actor: { type: 'user', id: 'user:7', name: 'Ada Lovelace' },
    request_id: 'req-1a2b',
    reason: 'CHG-1234 "urgent"',
    place: { vrf_id: 1, account_id: null, cidr: '10.20.0.0/16', kind: 'subnet' },
    former_place: null,
    before: null,
    after: { name: 'office', cidr: '10.20.0.0/16', tags: { env: 'prod' } },
  },
};

const POOL = SAMPLE_EVENT.data.after;
/** One that has no place, as that of a paused webhook. */
const FINDING = {
  ...{ type: 'webhook_paused', severity: 'critical', subject: 'webhook', subject_id: 12 },
  ...{ name: 'chat-ops', detail: 'It answers 410: it is gone.' },
};

/** Events of each kind, by what is told before and after, with a place or none: a template must make bodies of them. */
export const SAMPLE_EVENTS: readonly CloudEvent[] = [
  SAMPLE_EVENT,
  ofPool('update', { name: 'office' }, { name: 'head office' }),
  ofPool('delete', POOL, null),
  ofFinding('open', null, FINDING),
  ofFinding('close', FINDING, null),
];

type Facts = CloudEvent['data']['after'];

function ofPool(verb: string, before: Facts, after: Facts): CloudEvent {
  const data = { ...SAMPLE_EVENT.data, reason: null, before, after };
  return { ...SAMPLE_EVENT, type: `org.cloudpam.pool.${verb}.v1`, data };
}

function ofFinding(verb: string, before: Facts, after: Facts): CloudEvent {
  return {
    ...SAMPLE_EVENT,
    type: `org.cloudpam.finding.${verb}.v1`,
    subject: 'finding/webhook_paused:12',
    data: {
      ...SAMPLE_EVENT.data,
      ...{ entity_type: 'finding', entity_id: 'webhook_paused:12', reason: null, place: null },
      ...{ actor: { type: 'system', id: 'system', name: 'CloudPAM' }, before, after },
    },
  };
}
