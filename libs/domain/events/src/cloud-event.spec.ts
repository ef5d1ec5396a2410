import fc from 'fast-check';
import { cloudEventOf } from './cloud-event';
import { sealedOf } from './event.fixture';

const SOURCE = 'https://ipam.example.com';

describe('an event as others are told of it', () => {
  it('is a CloudEvent with the facts of the audit trail under its names', () => {
    expect(cloudEventOf(sealedOf(9, { reason: 'CHG-1' }), SOURCE)).toEqual({
      specversion: '1.0',
      id: '9',
      source: SOURCE,
      type: 'org.cloudpam.pool.create.v1',
      subject: 'pools/42',
      time: '2026-01-31T12:00:00.000Z',
      sequence: '0000000000000009',
      datacontenttype: 'application/json',
      data: {
        entity_type: 'pool',
        entity_id: '42',
        actor: { type: 'user', id: 'user:1', name: 'Ada' },
        request_id: 'req-1',
        reason: 'CHG-1',
        place: { vrf_id: 1, account_id: 3, cidr: '10.1.0.0/16', kind: 'subnet' },
        former_place: null,
        before: null,
        after: { name: 'office', tags: { env: 'prod', 'a:b': 'c' } },
      },
    });
  });

  it('has the version of its state in its type', () => {
    expect(cloudEventOf(sealedOf(1, { version: 3 }), SOURCE).type).toBe(
      'org.cloudpam.pool.create.v3',
    );
  });

  it('is about where the API has its entity, or about the entity by its name', () => {
    const subject = (entityType: string): string =>
      cloudEventOf(sealedOf(1, { entityType, entityId: '5' }), SOURCE).subject;
    expect(['vlan_group', 'resource', 'scope'].map(subject)).toEqual([
      'vlan-groups/5',
      'discovery/resources/5',
      'scope/5',
    ]);
  });

  it('has no nonce, proof or hash of the log', () => {
    const text = JSON.stringify(cloudEventOf(sealedOf(1, { proof: 'secret-proof' }), SOURCE));
    expect(text).not.toMatch(/secret-proof|proof|hash/);
  });

  it('sorts by its sequence as the log does', () => {
    const seq = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(seq, seq, (a, b) => {
        const [one, other] = [a, b].map((at) => cloudEventOf(sealedOf(at), SOURCE).sequence) as [
          string,
          string,
        ];
        expect(one < other).toBe(a < b);
      }),
    );
  });
});
