import type { AuditEntry, SealedEvent } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';

/** An entry of the log; what is not given is that of a pool that someone has made. */
export function entryOf(fields: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: 7,
    at: new Date('2026-01-31T12:00:00Z'),
    actor: { type: 'user', id: 'user:1', name: 'Ada' },
    type: 'pool.create',
    version: 1,
    entityType: 'pool',
    entityId: '42',
    place: { vrfId: 1, accountId: 3, cidr: parseCidr('10.1.0.0/16'), kind: 'subnet' },
    formerPlace: null,
    diff: { before: null, after: { name: 'office', tags: { env: 'prod', 'a:b': 'c' } } },
    requestId: 'req-1',
    reason: null,
    ...fields,
  };
}

/** An entry in its place in the chain. */
export function sealedOf(seq: number, fields: Partial<AuditEntry> = {}): SealedEvent {
  return { seal: { seq, entryId: seq, hash: '0'.repeat(64) }, entry: entryOf(fields) };
}
