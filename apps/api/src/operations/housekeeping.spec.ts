import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SYSTEM_ACTOR, type Change } from '@cloudpam/audit';
import { BootstrapToken } from '@cloudpam/identity';
import { ReleaseExpired } from '@cloudpam/pools';
import { EndDismissals, ReleaseOrphans } from '@cloudpam/reconciliation';
import { readConfig } from '../config/config';
import { createApp } from '../create-app';
import { STORAGES } from '../limits/storages.fixture';
import type { Storage } from '../storage/storage';

const DAY_MS = 86_400_000;
const RESERVATIONS = 8;
const VPCS = 5;

describe.each(STORAGES)('servers that keep house at once on $name', (kind) => {
  const open = kind.register();
  let storage: Storage;
  let app: NestFastifyApplication;
  let token: string;
  const ask = async <T>(method: 'GET' | 'POST', url: string, payload?: object): Promise<T> => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await app.inject({ method, url: `/api/v1${url}`, headers, payload });
    if (answer.statusCode >= 300) throw new Error(answer.body);
    return answer.json<T>();
  };
  const listed = async (path: string): Promise<number> =>
    (await ask<{ total: number }>('GET', path)).total;
  /** What a collector found at an hour: so many VPCs of their own. */
  const discover = (hour: number, vpcs: number): Promise<unknown> => {
    const place = { owner_account: '111122223333', region: 'eu-west-1' };
    const named = Array.from({ length: vpcs }, (_, n) => ({ ...place, external_id: `vpc-${n}` }));
    return ask('POST', '/discovery', {
      run_id: '6a2b1c7e-3f0d-4b8a-9c55-1d2e3f405162',
      collector: { name: 'test', version: '1' },
      scopes: [
        {
          ...{ provider: 'aws', account: place.owner_account, region: place.region },
          ...{ coverage: 'complete', collected_at: `2026-01-01T0${hour}:00:00Z` },
          networks: named.map((each) => ({ ...each, name: each.external_id })),
          resources: named.map((each, n) => ({
            ...{ ...each, kind: 'vpc', name: each.external_id, cidr: `10.${n}.0.0/16` },
            network_external_id: each.external_id,
          })),
        },
      ],
    });
  };

  beforeAll(async () => {
    storage = await open();
    app = await createApp(readConfig({ DATABASE_URL: 'memory:', LOG_LEVEL: 'silent' }), storage);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    token = (await app.get(BootstrapToken).execute(new Date(), undefined)) ?? '';
  });
  afterAll(async () => {
    await app.close();
    await storage.close();
  });

  it('end each reservation, each dismissal and each orphan once, with one entry', async () => {
    const pool = await ask<{ id: number }>('POST', '/pools', { name: 'a', cidr: '192.168.0.0/16' });
    const soon = new Date(Date.now() + DAY_MS).toISOString();
    await ask('POST', `/pools/${pool.id}/allocations`, {
      ...{ prefix_length: 24, count: RESERVATIONS, name: 'held' },
      ...{ kind: 'reservation', expires_at: soon },
    });
    await discover(1, VPCS);
    await discover(2, 0);
    const { items } = await ask<{ items: { id: number }[] }>('GET', '/discovery/resources');
    const resource_ids = items.map(({ id }) => id);
    await ask('POST', '/discovery/decisions', { decision: 'ignore', resource_ids, until: soon });

    const at = new Date(Date.now() + 2 * DAY_MS);
    const change: Change = { actor: SYSTEM_ACTOR, at, requestId: 'housekeeping' };
    const onThree = async (work: () => Promise<number>): Promise<number> =>
      (await Promise.all([work(), work(), work()])).reduce((sum, each) => sum + each, 0);
    expect([
      await onThree(() => app.get(ReleaseExpired).execute(SYSTEM_ACTOR, at)),
      await onThree(() => app.get(EndDismissals).execute(change)),
      await onThree(() => app.get(ReleaseOrphans).execute(change, 1)),
    ]).toEqual([RESERVATIONS, VPCS, VPCS]);
    expect([
      await listed('/audit?action=pool.delete&page_size=1'),
      await listed('/audit?action=resource.restore&page_size=1'),
      await listed('/pools?kind=reservation'),
      await listed('/discovery/resources'),
    ]).toEqual([RESERVATIONS + VPCS, VPCS, 0, 0]);
  });
});
