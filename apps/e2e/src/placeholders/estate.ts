import { randomUUID } from 'node:crypto';
import type { Api } from '../api';

const listing = (
  account: string,
  networks: Readonly<Record<string, readonly [id: string, cidr: string, name: string][]>>,
): unknown => {
  const at = { owner_account: account, region: 'eu-west-1' };
  const all = Object.entries(networks);
  return {
    run_id: randomUUID(),
    collector: { name: 'placeholders', version: '1' },
    scopes: [
      {
        provider: 'aws',
        account,
        region: 'eu-west-1',
        coverage: 'complete',
        collected_at: new Date().toISOString(),
        networks: all.map(([id]) => ({ ...at, external_id: id, name: `net ${id.slice(-4)}` })),
        resources: all.flatMap(([network, found]) =>
          found.map(([id, cidr, name]) => ({
            ...at,
            kind: id.startsWith('vpc') ? 'vpc' : 'subnet',
            external_id: id,
            network_external_id: network,
            name,
            cidr,
          })),
        ),
      },
    ],
  };
};

/** Something for every filter to find, and something beside it that it must not find. */
export async function estate(api: Api): Promise<void> {
  const post = <T>(to: string, body: unknown): Promise<T> => api.expect(201, api.post<T>(to, body));
  const lab = await api.newVrf('lab');
  await post('/vlans', { vid: 120, name: 'voice' });
  await post('/vlans', { vid: 9, name: 'video' });
  await post('/pools', { name: 'corp', cidr: '10.0.0.0/9', tags: { team: 'net' } });
  await post('/pools', {
    name: 'other',
    cidr: '192.168.0.0/16',
    region: 'fra1',
    status: 'planned',
  });
  await post('/pools', { name: 'in the lab', cidr: '10.0.0.0/9', vrf_id: lab });
  await api.expect(
    200,
    api.post(
      '/discovery',
      listing('111111111111', {
        'vpc-0a1b2c3d': [
          ['vpc-0a1b2c3d', '172.16.0.0/16', 'front'],
          ['subnet-0a1b2c3e', '172.16.1.0/24', 'web'],
        ],
        'vpc-0a1b2cff': [['vpc-0a1b2cff', '172.20.0.0/16', 'back']],
      }),
    ),
  );
  await api.expect(
    200,
    api.post(
      '/discovery',
      listing('222222222222', {
        'vpc-0000aaaa': [['vpc-0000aaaa', '172.16.0.0/16', 'clash one']],
        'vpc-0000bbbb': [['vpc-0000bbbb', '172.20.0.0/16', 'clash two']],
      }),
    ),
  );
  await post('/pools', { name: 'theirs', cidr: '198.18.0.0/16', account_id: 1 });
}
