import { ACCOUNT, INSTANCE, type Json, type Prepared } from './prepared.fixture';

type Ask = { readonly url: string; readonly body?: Json };
export type Declared =
  | {
      readonly tell: string;
      /** What it gives is stored nowhere, so it cannot be given again. */ readonly givesSecret?: true;
      readonly ask: (server: Prepared) => Promise<Ask>;
    }
  | { readonly noMutation: string };

/**
 * Every route that is no GET, with the action that its entry has and a request that succeeds on a
 * prepared server; or why it changes nothing that the log tells of. A route that is not here fails
 * the walk: declare it with the route.
 */
export const WRITES: Readonly<Record<string, Declared>> = {
  'POST /api/v1/pools': {
    tell: 'pool.create',
    ask: async () => ({ url: '/pools', body: { name: 'a', cidr: '10.0.0.0/8' } }),
  },
  'POST /api/v1/pools/bulk': {
    tell: 'pool.create',
    ask: async () => ({ url: '/pools/bulk', body: { items: [{ name: 'a', cidr: '10.0.0.0/8' }] } }),
  },
  'PATCH /api/v1/pools/{id}': {
    tell: 'pool.update',
    ask: async (s) => ({ url: `/pools/${await s.pool('10.0.0.0/8')}`, body: { name: 'b' } }),
  },
  'DELETE /api/v1/pools/{id}': {
    tell: 'pool.delete',
    ask: async (s) => ({ url: `/pools/${await s.pool('10.0.0.0/8')}` }),
  },
  'POST /api/v1/pools/{id}/allocations': {
    tell: 'pool.allocate',
    ask: async (s) => ({
      url: `/pools/${await s.pool('10.0.0.0/8')}/allocations`,
      body: { name: 'a', prefix_length: 24 },
    }),
  },
  'POST /api/v1/allocations': {
    tell: 'pool.allocate',
    ask: async (s) => {
      await s.pool('10.0.0.0/8', { tags: { use: 'apps' } });
      return {
        url: '/allocations',
        body: { name: 'a', prefix_length: 24, selector: { tags: { use: 'apps' } } },
      };
    },
  },
  'POST /api/v1/pools/{id}/split': {
    tell: 'pool.split',
    ask: async (s) => ({
      url: `/pools/${await s.pool('10.20.0.0/16')}/split`,
      body: { prefix_length: 17 },
    }),
  },
  'POST /api/v1/pools/merge': {
    tell: 'pool.merge',
    ask: async (s) => ({
      url: '/pools/merge',
      body: { pool_ids: [await s.pool('10.0.0.0/9'), await s.pool('10.128.0.0/9')] },
    }),
  },
  'POST /api/v1/pools/{id}/move': {
    tell: 'pool.move',
    ask: async (s) => ({
      url: `/pools/${await s.pool('10.0.0.0/16')}/move`,
      body: { cidr: '10.1.0.0/16' },
    }),
  },
  'POST /api/v1/addresses': {
    tell: 'address.create',
    ask: async () => ({ url: '/addresses', body: { address: '10.0.0.5' } }),
  },
  'PATCH /api/v1/addresses/{id}': {
    tell: 'address.update',
    ask: async (s) => ({
      url: `/addresses/${await s.made('/addresses', { address: '10.0.0.5' })}`,
      body: { name: 'b' },
    }),
  },
  'DELETE /api/v1/addresses/{id}': {
    tell: 'address.delete',
    ask: async (s) => ({
      url: `/addresses/${await s.made('/addresses', { address: '10.0.0.5' })}`,
    }),
  },
  'POST /api/v1/addresses/bulk': {
    tell: 'address.update',
    ask: async (s) => ({
      url: '/addresses/bulk',
      body: {
        ids: [await s.made('/addresses', { address: '10.0.0.5' })],
        action: 'update',
        set: { name: 'b' },
      },
    }),
  },
  'POST /api/v1/pools/{id}/addresses': {
    tell: 'address.allocate',
    ask: async (s) => ({
      url: `/pools/${await s.pool('10.0.0.0/24')}/addresses`,
      body: { name: 'a' },
    }),
  },
  'POST /api/v1/pools/{id}/ranges': {
    tell: 'range.create',
    ask: async (s) => ({
      url: `/pools/${await s.pool('10.20.0.0/16')}/ranges`,
      body: { start_address: '10.20.1.100', end_address: '10.20.1.199', purpose: 'dhcp' },
    }),
  },
  'PATCH /api/v1/ranges/{id}': {
    tell: 'range.update',
    ask: async (s) => ({ url: `/ranges/${await s.range()}`, body: { name: 'b' } }),
  },
  'DELETE /api/v1/ranges/{id}': {
    tell: 'range.delete',
    ask: async (s) => ({ url: `/ranges/${await s.range()}` }),
  },
  'POST /api/v1/ranges/{id}/release': {
    tell: 'range.release',
    ask: async (s) => ({ url: `/ranges/${await s.quarantine()}/release` }),
  },
  'POST /api/v1/accounts': {
    tell: 'account.create',
    ask: async () => ({
      url: '/accounts',
      body: { name: 'a', provider: 'aws', external_id: '222222222222' },
    }),
  },
  'PATCH /api/v1/accounts/{id}': {
    tell: 'account.update',
    ask: async (s) => ({ url: `/accounts/${await s.account()}`, body: { name: 'b' } }),
  },
  'DELETE /api/v1/accounts/{id}': {
    tell: 'account.delete',
    ask: async (s) => ({ url: `/accounts/${await s.account()}` }),
  },
  'POST /api/v1/vrfs': {
    tell: 'vrf.create',
    ask: async () => ({ url: '/vrfs', body: { name: 'lab' } }),
  },
  'PATCH /api/v1/vrfs/{id}': {
    tell: 'vrf.update',
    ask: async (s) => ({
      url: `/vrfs/${await s.made('/vrfs', { name: 'lab' })}`,
      body: { name: 'b' },
    }),
  },
  'DELETE /api/v1/vrfs/{id}': {
    tell: 'vrf.delete',
    ask: async (s) => ({ url: `/vrfs/${await s.made('/vrfs', { name: 'lab' })}` }),
  },
  'POST /api/v1/vlan-groups': {
    tell: 'vlan_group.create',
    ask: async () => ({ url: '/vlan-groups', body: { name: 'fra1', vid_ranges: '100-199' } }),
  },
  'PATCH /api/v1/vlan-groups/{id}': {
    tell: 'vlan_group.update',
    ask: async (s) => ({
      url: `/vlan-groups/${await s.made('/vlan-groups', { name: 'fra1' })}`,
      body: { vid_ranges: '100-199' },
    }),
  },
  'DELETE /api/v1/vlan-groups/{id}': {
    tell: 'vlan_group.delete',
    ask: async (s) => ({ url: `/vlan-groups/${await s.made('/vlan-groups', { name: 'fra1' })}` }),
  },
  'POST /api/v1/vlan-groups/{id}/vlans': {
    tell: 'vlan.create',
    ask: async (s) => ({
      url: `/vlan-groups/${await s.made('/vlan-groups', { name: 'fra1' })}/vlans`,
      body: { name: 'office' },
    }),
  },
  'POST /api/v1/vlans': {
    tell: 'vlan.create',
    ask: async () => ({ url: '/vlans', body: { name: 'office', vid: 10 } }),
  },
  'PATCH /api/v1/vlans/{id}': {
    tell: 'vlan.update',
    ask: async (s) => ({
      url: `/vlans/${await s.made('/vlans', { name: 'office', vid: 10 })}`,
      body: { name: 'b' },
    }),
  },
  'DELETE /api/v1/vlans/{id}': {
    tell: 'vlan.delete',
    ask: async (s) => ({ url: `/vlans/${await s.made('/vlans', { name: 'office', vid: 10 })}` }),
  },
  'POST /api/v1/tokens': {
    givesSecret: true,
    tell: 'token.create',
    ask: async () => ({ url: '/tokens', body: { name: 'ci', role: 'editor' } }),
  },
  'DELETE /api/v1/tokens/{id}': {
    tell: 'token.revoke',
    ask: async (s) => ({
      url: `/tokens/${await s.made('/tokens', { name: 'ci', role: 'editor' })}`,
    }),
  },
  'POST /api/v1/tokens/{id}/rotate': {
    givesSecret: true,
    tell: 'token.rotate',
    ask: async (s) => ({
      url: `/tokens/${await s.made('/tokens', { name: 'ci', role: 'editor' })}/rotate`,
    }),
  },
  'POST /api/v1/digests': {
    tell: 'digest.create',
    ask: async () => ({
      url: '/digests',
      body: {
        name: 'a',
        recipients: ['ada@example.com'],
        schedule: { every: 'weekly', weekday: 1, hour: 7, time_zone: 'UTC' },
      },
    }),
  },
  'PATCH /api/v1/digests/{id}': {
    tell: 'digest.update',
    ask: async (s) => ({ url: `/digests/${await s.digest()}`, body: { name: 'b' } }),
  },
  'DELETE /api/v1/digests/{id}': {
    tell: 'digest.delete',
    ask: async (s) => ({ url: `/digests/${await s.digest()}` }),
  },
  'POST /api/v1/digests/{id}/test': {
    tell: 'digest.test',
    ask: async (s) => ({ url: `/digests/${await s.digest()}/test` }),
  },
  'POST /api/v1/webhooks': {
    givesSecret: true,
    tell: 'webhook.create',
    ask: async () => ({ url: '/webhooks', body: { name: 'a', url: 'https://192.0.78.9/hook' } }),
  },
  'PATCH /api/v1/webhooks/{id}': {
    tell: 'webhook.update',
    ask: async (s) => ({ url: `/webhooks/${await s.webhook()}`, body: { name: 'b' } }),
  },
  'DELETE /api/v1/webhooks/{id}': {
    tell: 'webhook.delete',
    ask: async (s) => ({ url: `/webhooks/${await s.webhook()}` }),
  },
  'POST /api/v1/webhooks/preview': { noMutation: 'what would be sent is not sent' },
  'POST /api/v1/webhooks/{id}/test': {
    tell: 'webhook.test',
    ask: async (s) => ({ url: `/webhooks/${await s.webhook()}/test` }),
  },
  'POST /api/v1/webhooks/{id}/rotate': {
    givesSecret: true,
    tell: 'webhook.rotate',
    ask: async (s) => ({ url: `/webhooks/${await s.webhook()}/rotate` }),
  },
  'POST /api/v1/webhooks/{id}/pause': {
    tell: 'webhook.pause',
    ask: async (s) => ({ url: `/webhooks/${await s.webhook()}/pause` }),
  },
  'POST /api/v1/webhooks/{id}/resume': {
    tell: 'webhook.resume',
    ask: async (s) => {
      const id = await s.webhook();
      await s.send('POST', `/webhooks/${id}/pause`);
      return { url: `/webhooks/${id}/resume` };
    },
  },
  'POST /api/v1/webhooks/{id}/replay': {
    tell: 'webhook.replay',
    ask: async (s) => ({ url: `/webhooks/${await s.webhook()}/replay`, body: { dead: true } }),
  },
  'POST /api/v1/import': {
    tell: 'pool.import',
    ask: async () => ({
      url: '/import',
      body: {
        results: [
          {
            id: 7,
            url: 'https://n.example/api/ipam/prefixes/7/',
            prefix: '10.20.0.0/16',
            vrf: null,
          },
        ],
      },
    }),
  },
  'PUT /api/v1/import/maps/{name}': {
    tell: 'import_map.create',
    ask: async () => ({ url: '/import/maps/offices', body: { map: { vrf: 'lab' } } }),
  },
  'DELETE /api/v1/import/maps/{name}': {
    tell: 'import_map.delete',
    ask: async (s) => {
      await s.send('PUT', '/import/maps/offices', { map: { vrf: 'lab' } });
      return { url: '/import/maps/offices' };
    },
  },
  'POST /api/v1/discovery': {
    tell: 'pool.import',
    ask: async (s) => ({ url: '/discovery', body: s.listing(['172.16.1.0/24']) }),
  },
  'POST /api/v1/discovery/networks/{id}/isolate': {
    tell: 'network.isolate',
    ask: async (s) => {
      await s.discover([]);
      return { url: `/discovery/networks/${await s.network()}/isolate`, body: { vrf_name: 'own' } };
    },
  },
  'POST /api/v1/discovery/decisions': {
    tell: 'pool.delete',
    ask: async (s) => ({
      url: '/discovery/decisions',
      body: { decision: 'release', resource_ids: [await s.orphan()] },
    }),
  },
  'POST /api/v1/discovery/resources/{id}/import': {
    tell: 'pool.import',
    ask: async (s) => ({ url: `/discovery/resources/${await s.waiting('observe')}/import` }),
  },
  'POST /api/v1/discovery/resources/{id}/approve': {
    tell: 'pool.import',
    ask: async (s) => ({ url: `/discovery/resources/${await s.waiting('approve')}/approve` }),
  },
  'POST /api/v1/discovery/resources/{id}/reject': {
    tell: 'resource.reject',
    ask: async (s) => ({
      url: `/discovery/resources/${await s.waiting('approve')}/reject`,
      body: {},
    }),
  },
  'POST /api/v1/discovery/resources/{id}/ignore': {
    tell: 'resource.ignore',
    ask: async (s) => ({ url: `/discovery/resources/${await s.orphan()}/ignore`, body: {} }),
  },
  'PATCH /api/v1/users/{id}': {
    tell: 'user.update',
    ask: async (s) => ({ url: `/users/${await s.user()}`, body: { role: 'editor' } }),
  },
  'DELETE /api/v1/users/{id}/sessions': {
    tell: 'user.end_sessions',
    ask: async (s) => ({ url: `/users/${await s.user()}/sessions` }),
  },
  'POST /api/v1/auth/logout': {
    noMutation: 'a token has no session to end; that a person logs out is user.log_out',
  },
  'POST /api/v1/auth/oidc/backchannel-logout': {
    noMutation: 'no token of ours may do it; what a provider ends is user.session_ended',
  },
  'POST /api/v1/discovery/resources/{id}/restore': {
    tell: 'resource.restore',
    ask: async (s) => {
      const id = await s.orphan();
      await s.send('POST', `/discovery/resources/${id}/ignore`, {});
      return { url: `/discovery/resources/${id}/restore`, body: {} };
    },
  },
  'POST /api/v1/discovery/resources/{id}/adopt': {
    tell: 'pool.adopt',
    ask: async (s) => ({ url: `/discovery/resources/${await s.drifted()}/adopt` }),
  },
  'POST /api/v1/discovery/resources/{id}/release': {
    tell: 'pool.delete',
    ask: async (s) => ({ url: `/discovery/resources/${await s.orphan()}/release` }),
  },
  'POST /api/v1/discovery/trigger': {
    tell: 'job.request',
    ask: async (s) => ({ url: '/discovery/trigger', body: { account_id: await s.account() } }),
  },
  'POST /api/v1/discovery/jobs/{id}/cancel': {
    tell: 'job.cancel',
    ask: async (s) => ({ url: `/discovery/jobs/${await s.job()}/cancel` }),
  },
  'POST /api/v1/collectors/heartbeat': {
    noMutation: 'an agent says that it is there; nothing that people keep is changed',
  },
  'POST /api/v1/collectors/jobs/schedule': {
    tell: 'job.schedule',
    ask: async () => ({
      url: '/collectors/jobs/schedule',
      body: { instance: INSTANCE, accounts: [ACCOUNT], older_than_seconds: 60 },
    }),
  },
  'POST /api/v1/collectors/jobs/claim': {
    givesSecret: true,
    tell: 'job.claim',
    ask: async (s) => {
      await s.job();
      await s.heartbeat();
      return { url: '/collectors/jobs/claim', body: { instance: INSTANCE } };
    },
  },
  'POST /api/v1/collectors/jobs/{id}/progress': {
    noMutation: 'how far an agent is with its job; the entry comes when it ends',
  },
  'POST /api/v1/collectors/jobs/{id}/finish': {
    tell: 'job.finish',
    ask: async (s) => {
      const { id, lease } = await s.claimed();
      return {
        url: `/collectors/jobs/${id}/finish`,
        body: { lease, status: 'succeeded', error: null, counts: null },
      };
    },
  },
};
