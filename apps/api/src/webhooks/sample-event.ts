import type { CloudEvent } from '@cloudpam/events';

/** An event as it can be: what a template must make a body of. */
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
