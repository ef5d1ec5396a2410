import { listOf } from '../testing/samples';
import type { Schemas } from '@cloudpam/api-client';
import { accountStates } from './account-states';

const account = (id: number, provider: Schemas['Account']['provider']): Schemas['Account'] => ({
  id,
  key: `${provider}:${id}`,
  provider,
  external_id: String(id),
  name: `account ${id}`,
  platform: null,
  tier: null,
  environment: null,
  regions: [],
  description: '',
  discovery_policy: null,
  discovery_interval: null,
  created_at: '2030-01-01T00:00:00Z',
  updated_at: '2030-01-01T00:00:00Z',
  version: 1,
});
const findings = {
  overlap: 0,
  conflict: 0,
  drift: 0,
  orphan: 0,
  unmanaged: 0,
  compliance: 0,
  unseen: 0,
  exhausts_soon: 0,
  lease_ends: 0,
  stale_address: 0,
  unknown_address: 0,
  webhook_paused: 0,
};

it('adds the cloud accounts that no collector has read yet, once, and no site', () => {
  const [first] = accountStates(
    { ...listOf<never>(), findings, policy: 'approve', interval_seconds: 86_400 },
    [account(1, 'aws')],
  );
  if (!first) throw new Error('an account is missing');
  expect(first).toMatchObject({
    account_key: 'aws:1',
    policy: 'approve',
    last_run_at: null,
    coverage: [],
  });
  const states = accountStates(
    { ...listOf(first), findings, policy: 'auto', interval_seconds: 86_400 },
    [account(1, 'aws'), account(2, 'gcp'), account(3, 'onprem')],
  );
  expect(states.map(({ account_key: key }) => key)).toEqual(['aws:1', 'gcp:2']);
});
