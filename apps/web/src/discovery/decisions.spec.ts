import type { Schemas } from '@cloudpam/api-client';
import { bulkRefusal, decisionRefusal, isolationRefusal, likelyAction } from './decisions';
import { resource } from '../testing/samples';
import { findingsOf } from './resource-findings';

const MANAGED = resource({
  kind: 'subnet',
  external_id: 'subnet-1',
  pool_id: 7,
  management: 'managed',
  management_reason: '',
});
const PENDING: Schemas['Resource'] = {
  ...MANAGED,
  pool_id: null,
  management: 'pending',
  management_reason: 'waits for approval',
};
const UNMANAGED: Schemas['Resource'] = { ...PENDING, management: 'unmanaged' };
const OVERLAPPING: Schemas['Resource'] = {
  ...UNMANAGED,
  overlap_status: 'overlapping',
  overlap_reason: 'overlaps pool 3',
};
const ORPHAN: Schemas['Resource'] = { ...MANAGED, sync_status: 'orphaned', sync_reason: 'gone' };
const DRIFTED: Schemas['Resource'] = { ...MANAGED, sync_status: 'drift', sync_reason: 'differs' };
const BREACH: Schemas['Resource'] = { ...MANAGED, compliance: 'the tag env is missing' };
const dismissal = { reason: 'known', by: 'ada', until: null };
const IGNORED: Schemas['Resource'] = {
  ...OVERLAPPING,
  overlap_status: 'ignored',
  management: 'ignored',
  ignored: { overlap: dismissal },
};

it('finds of a resource what the server finds', () => {
  expect(findingsOf(MANAGED)).toEqual([]);
  expect(findingsOf(OVERLAPPING).map(({ type }) => type)).toEqual(['overlap']);
  expect(findingsOf({ ...OVERLAPPING, explained_by: 4 })).toEqual([]);
  expect(findingsOf({ ...DRIFTED, compliance: 'x' }).map(({ type }) => type)).toEqual([
    'drift',
    'compliance',
  ]);
  expect(findingsOf(IGNORED)).toEqual([
    { type: 'overlap', reason: 'overlaps pool 3', ignored: dismissal },
  ]);
});

it.each([
  ['import', UNMANAGED, [MANAGED, PENDING, OVERLAPPING]],
  ['approve', PENDING, [UNMANAGED, MANAGED]],
  ['reject', PENDING, [UNMANAGED, MANAGED]],
  ['ignore', OVERLAPPING, [MANAGED, IGNORED]],
  ['restore', IGNORED, [MANAGED, OVERLAPPING]],
  ['adopt', DRIFTED, [MANAGED, { ...DRIFTED, pool_id: null }]],
  ['release', ORPHAN, [MANAGED, DRIFTED]],
] as const)('offers to %s only what the server would', (decision, possible, others) => {
  expect(decisionRefusal(decision, possible)).toBeUndefined();
  for (const other of others) expect(decisionRefusal(decision, other)).toEqual(expect.any(String));
});

it('looks at the finding that is meant, not at the others of the resource', () => {
  const both: Schemas['Resource'] = {
    ...BREACH,
    sync_status: 'drift',
    ignored: { drift: dismissal },
  };
  expect(decisionRefusal('ignore', both)).toBeUndefined();
  expect(decisionRefusal('ignore', both, ['drift'])).toBe('It is ignored already.');
  expect(decisionRefusal('restore', both, ['compliance'])).toBe('It is not ignored.');
});

it('offers a decision about many when one of them allows it, and else says why each does not', () => {
  expect(bulkRefusal('approve', [MANAGED, PENDING])).toBeUndefined();
  expect(bulkRefusal('approve', [MANAGED])).toBe('It does not wait for approval.');
  expect(bulkRefusal('import', [MANAGED, PENDING, PENDING])).toBe(
    'Possible for none of the 3 picked: It has a pool already. It waits for approval: approve or reject it.',
  );
});

it.each([
  [OVERLAPPING, 'isolate'],
  [DRIFTED, 'adopt'],
  [ORPHAN, 'release'],
  [PENDING, 'approve'],
  [UNMANAGED, 'import'],
  [BREACH, 'ignore'],
  [IGNORED, 'restore'],
  [MANAGED, undefined],
])('puts first what most likely comes next %#', (resource, action) => {
  expect(likelyAction(resource)).toBe(action);
});

it('gives a VRF only to the network of what overlaps', () => {
  expect(isolationRefusal(OVERLAPPING)).toBeUndefined();
  expect(isolationRefusal(MANAGED)).toEqual(expect.any(String));
});
