import type { Account, Vrf } from '@cloudpam/pools';

type View = Record<string, unknown>;
const kept = (record: { createdAt: Date; updatedAt: Date; version: number }): View => ({
  created_at: record.createdAt, updated_at: record.updatedAt, version: record.version,
});

export function accountView(account: Account): View {
  const { id, key, name, provider, externalId, platform, tier, environment, regions, description, discoveryPolicy, discoveryInterval } = account;
  return {
    id, key, name, provider, external_id: externalId, platform, tier, environment, regions, description, discovery_policy: discoveryPolicy,
    discovery_interval: discoveryInterval, ...kept(account),
  };
}

export function vrfView(vrf: Vrf): View {
  return { id: vrf.id, name: vrf.name, rd: vrf.rd, description: vrf.description, ...kept(vrf) };
}
