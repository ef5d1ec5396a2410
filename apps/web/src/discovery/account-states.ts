import type { Schemas } from '@cloudpam/api-client';

/**
 * How discovery stands per account, and after that the cloud accounts that no collector has read
 * yet.
 */
export function accountStates(
  { items, policy }: Schemas['DiscoveryStatus'],
  accounts: readonly Schemas['Account'][],
): readonly Schemas['DiscoveryState'][] {
  const known = new Set(items.map(({ account_id }) => account_id));
  const unread = accounts.filter(({ id, provider }) => provider !== 'onprem' && !known.has(id));
  return [
    ...items,
    ...unread.map((account): Schemas['DiscoveryState'] => ({
      account_id: account.id,
      account_key: account.key,
      account_name: account.name,
      provider: account.provider,
      last_run_at: null,
      status: 'failed',
      policy: account.discovery_policy ?? policy,
      unseen: null,
      job: null,
      vpc_count: 0,
      subnet_count: 0,
      error_msg: null,
      coverage: [],
    })),
  ];
}
