import { createHash } from 'node:crypto';
import { SealAudit, type AuditEntry, type UnitOfWork } from '@cloudpam/audit';
import { DAY_MS, dayOf } from '@cloudpam/forecast';
import { formatCidr } from '@cloudpam/cidr';
import {
  TellFindings,
  type DiscoveredResource,
  type TellingStores,
  type Told,
} from '@cloudpam/reconciliation';
import { cloud, insertTree } from './planted';
import {
  SAMPLE_TIME,
  sampleAddress,
  sampleAuditEntry,
  sampleObserved,
  sampleRange,
  sampleResource,
  sampleWebhook,
} from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const MINUTE_MS = 60_000;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Telling the log of findings and of leases that end, over a storage. */
export function tellFindingsContract(name: string, open: OpenStorage): void {
  describe(`${name}: telling the log of findings`, () => {
    const storage = openedForEachTest(open);
    let now = SAMPLE_TIME.getTime();
    let place: Awaited<ReturnType<typeof cloud>>;
    beforeEach(async () => {
      now = SAMPLE_TIME.getTime();
      place = await storage.run((stores) => cloud(stores));
    });
    const server = (
      holder = 'one',
      pause: () => Promise<void> = () => Promise.resolve(),
      over: UnitOfWork<TellingStores> = storage,
    ) =>
      new TellFindings(
        over,
        { interval: 86_400, soon: 90 * 86_400 },
        holder,
        () => new Date(now),
        pause,
      );
    const later = (ms: number): void => void (now += ms);
    /** Tells what is due a quarter of an hour later. */
    const tell = (): Promise<Told> => {
      later(15 * MINUTE_MS);
      return server().execute();
    };
    const entries = async (): Promise<AuditEntry[]> =>
      storage.read(({ audit }) => audit.scan({}, { order: 'oldest' }, 5_000));
    const told = async (): Promise<string[]> =>
      (await entries()).map(({ type, entityId }) => `${type} ${entityId}`);
    const plant = (
      count: number,
      fields: Partial<Omit<DiscoveredResource, 'cidr'>> = {},
    ): Promise<readonly number[]> =>
      storage.run(async ({ discovery }) => {
        const ids = await discovery.reserveResourceIds(count);
        await discovery.insertResources(
          ids.map((id, at) =>
            sampleResource({
              ...place.of,
              id,
              cidr: `10.${at >> 8}.${at & 255}.0/24`,
              management: 'unmanaged',
              managementReason: 'of the policy',
              ...fields,
            }),
          ),
        );
        return ids;
      });
    const change = (id: number, fields: Partial<DiscoveredResource>): Promise<void> =>
      storage.run(async ({ discovery }) => {
        const [resource] = await discovery.resourcesOf([id]);
        if (resource) await discovery.saveResources([{ ...resource, ...fields }]);
      });

    it('says nothing where there is nothing', async () => {
      expect(await tell()).toEqual({ opened: 0, closed: 0, warned: 0 });
      expect(await entries()).toEqual([]);
    });

    it('tells of nothing that was there before it began, but of its end', async () => {
      const [first = 0, second = 0] = await plant(3);
      await change(second, { sync: 'drift', syncReason: 'it grew' });
      expect(await tell()).toEqual({ opened: 0, closed: 0, warned: 0 });
      expect(await entries()).toMatchObject([
        {
          type: 'finding.begin',
          actor: { type: 'system' },
          diff: { before: null, after: { unmanaged: 3, drift: 1 } },
        },
      ]);
      await change(first, { management: 'managed' });
      expect(await tell()).toEqual({ opened: 0, closed: 1, warned: 0 });
      expect(await told()).toEqual(['finding.begin all', `finding.close unmanaged:${first}`]);
    });

    it('tells once that a finding appears and that it is gone, with what and where it is', async () => {
      const [root] = await storage.run((stores) => insertTree(stores, ['10.0.0.0/8']));
      await tell();
      const [id = 0] = await plant(1, {
        ...{ name: 'web', poolId: root?.id ?? null, management: 'managed' },
        ...{ sync: 'drift', syncReason: 'the cloud has 10.0.0.0/23' },
      });
      expect(await tell()).toEqual({ opened: 1, closed: 0, warned: 0 });
      expect(await tell()).toEqual({ opened: 0, closed: 0, warned: 0 });
      await storage.run(({ discovery }) => discovery.removeResources([id]));
      expect(await tell()).toEqual({ opened: 0, closed: 1, warned: 0 });
      const facts = {
        ...{ type: 'drift', severity: 'warning', subject: 'resource', subject_id: id, name: 'web' },
        ...{ cidr: '10.0.0.0/24', region: 'eu-central-1', detail: 'the cloud has 10.0.0.0/23' },
        ...{ pool_id: root?.id, pool_name: 'pool 10.0.0.0/8' },
      };
      const [opened, closed, ...others] = await entries();
      expect(others).toEqual([]);
      expect(opened).toMatchObject({
        ...{ type: 'finding.open', entityType: 'finding', entityId: `drift:${id}` },
        diff: { before: null, after: facts },
        place: { vrfId: 1, accountId: place.accountId, kind: 'subnet' },
      });
      expect(opened?.place?.cidr && formatCidr(opened.place.cidr)).toBe('10.0.0.0/24');
      expect(closed).toMatchObject({
        ...{ type: 'finding.close', entityId: `drift:${id}`, diff: { before: facts, after: null } },
      });
      expect(closed?.place).toEqual(opened?.place);
    });

    it('tells of none that somebody ignores', async () => {
      await tell();
      const [id = 0] = await plant(1);
      await tell();
      const dismissal = { reason: 'known', by: 'Ada', until: null };
      await change(id, { dismissals: { unmanaged: dismissal }, management: 'ignored' });
      expect(await tell()).toMatchObject({ opened: 0, closed: 1 });
      await change(id, { dismissals: {}, management: 'unmanaged' });
      expect(await tell()).toMatchObject({ opened: 1, closed: 0 });
      expect((await told()).map((each) => each.split(' ')[0])).toEqual([
        ...['finding.open', 'finding.close', 'finding.open'],
      ]);
    });

    it('tells of findings of every kind', async () => {
      await tell();
      const [pool, leased] = await storage.run(async (stores) => {
        const pools = await insertTree(stores, [
          '10.0.0.0/8',
          { cidr: '11.0.0.0/8', expiresAt: new Date(now + 10 * DAY_MS) },
        ]);
        await stores.discovery.saveScope({
          ...place.scope,
          collectedAt: new Date(now - 2 * DAY_MS),
          coverage: 'complete',
        });
        const madeOn = dayOf(new Date(now));
        await stores.forecasts.save([
          {
            ...{ poolId: pools[0]?.id ?? 0, madeOn, prefixLength: 24, endsOn: madeOn + 5 },
            forecast: {
              ...{ outcome: 'forecast', day: madeOn + 5, earliest: null, latest: null },
              ...{ confidence: 'low', growthPerWeek: 1, weeks: 30, changes: 9, leftOut: null },
              backtest: { trials: 3, held: 2 },
            },
          },
        ]);
        return pools;
      });
      await plant(1, { management: 'managed', externalId: 'subnet-1' });
      const [record] = await storage.run(async (stores) => {
        const records = await stores.addresses.insert([
          sampleAddress({ address: '10.0.0.9', expiresAt: new Date(now + 20 * DAY_MS) }),
        ]);
        await stores.observed.insert([sampleObserved({ ...place.of, cidr: '10.0.0.20/32' })]);
        const at = new Date(now + MINUTE_MS);
        await stores.mismatches.compare(place.scope.id, at, at);
        return records;
      });
      expect((await tell()).opened).toBe(5);
      const observed = await storage.read(
        async (stores) => (await stores.mismatches.idsAfter('unknown', 0, 9))[0],
      );
      const opened = (await told()).filter((each) => each.startsWith('finding.open')).sort();
      expect(opened.map((each) => each.slice('finding.open '.length))).toEqual([
        `exhausts_soon:${pool?.id}`,
        `lease_ends:${leased?.id}`,
        `stale_address:${record?.id}`,
        `unknown_address:${observed}`,
        `unseen:${place.accountId}:eu-central-1`,
      ]);
      later(8 * DAY_MS);
      await tell();
      expect(await told()).toContain(`finding.open lease_ends:address:${record?.id}`);
      await storage.run(async ({ addresses, pools, mismatches }) => {
        await addresses.remove([record?.id ?? 0]);
        await pools.remove([pool?.id ?? 0, leased?.id ?? 0]);
        await mismatches.forget(place.scope.id);
      });
      expect((await tell()).closed).toBe(5);
    });

    it('tells that the server has paused a webhook, without a place, until it is resumed or deleted', async () => {
      await tell();
      const [first, second] = await storage.run(async ({ webhooks }) => [
        await webhooks.insert(sampleWebhook({ name: 'chat', state: 'paused', failure: 'gone' })),
        await webhooks.insert(sampleWebhook({ name: 'pager', state: 'paused', failure: 'dead' })),
        await webhooks.insert(sampleWebhook({ name: 'by hand', state: 'paused', failure: null })),
        await webhooks.insert(sampleWebhook({ name: 'tried', state: 'retrying', failure: '503' })),
      ]);
      if (!first || !second) throw new Error('two of four');
      expect(await tell()).toMatchObject({ opened: 2, closed: 0 });
      expect(await tell()).toMatchObject({ opened: 0, closed: 0 });
      await storage.run(async ({ webhooks }) => {
        await webhooks.save({ ...first, state: 'ok', failure: null });
        await webhooks.remove(second.id);
      });
      expect(await tell()).toMatchObject({ opened: 0, closed: 2 });
      const facts = { subject: 'webhook', severity: 'warning', cidr: null, pool_id: null };
      expect(await entries()).toMatchObject([
        {
          ...{ type: 'finding.open', entityId: `webhook_paused:${first.id}`, place: null },
          diff: { after: { ...facts, name: 'chat' } },
        },
        { type: 'finding.open', entityId: `webhook_paused:${second.id}` },
        { type: 'finding.close', entityId: `webhook_paused:${first.id}`, place: null },
        { type: 'finding.close', entityId: `webhook_paused:${second.id}` },
      ]);
    });

    it('tells of more than a page, each once', async () => {
      await tell();
      const ids = await plant(1_203);
      expect((await tell()).opened).toBe(1_203);
      await storage.run(({ discovery }) => discovery.removeResources(ids.slice(0, 1_001)));
      expect((await tell()).closed).toBe(1_001);
      const lines = await told();
      expect([lines.length, new Set(lines).size]).toEqual([2_204, 2_204]);
    });

    it('compares when the log has moved, and every five minutes, and not at once', async () => {
      const compares = async (holder = 'one'): Promise<boolean> => {
        let pages = 0;
        await server(holder, async () => void pages++).execute();
        return pages > 0;
      };
      await plant(1);
      expect(await compares()).toBe(true);
      await new SealAudit(storage, sha256).execute();
      later(5_000);
      expect(await compares('two')).toBe(false);
      later(6_000);
      // It has seen no seal yet of the entry that it has written.
      expect([await compares('two'), await compares('two')]).toEqual([true, false]);
      later(MINUTE_MS);
      expect(await compares()).toBe(false);
      await storage.run(({ audit }) => audit.append([sampleAuditEntry()]));
      await new SealAudit(storage, sha256).execute();
      expect(await compares()).toBe(true);
      later(5 * MINUTE_MS);
      expect(await compares()).toBe(true);
    });

    it('opens findings after those of the round before, by a server whose clock is behind too', async () => {
      await tell();
      const last = async (): Promise<number> =>
        (await storage.read((stores) => stores.told.lastRound()))?.at.getTime() ?? 0;
      const openedAt = async (id: number | undefined): Promise<number> => {
        const [found] = await storage.read((stores) => stores.told.of('resource', [id ?? 0]));
        return found?.openedAt.getTime() ?? 0;
      };
      const first = await last();
      later(-4 * MINUTE_MS);
      const [id] = await plant(1);
      expect(await server('behind').execute()).toMatchObject({ opened: 1 });
      expect(await last()).toBeGreaterThan(first);
      expect([await openedAt(id)]).toEqual([await last()]);
      // No server is an hour behind: this one's clock was set right.
      later(-60 * MINUTE_MS);
      await plant(1);
      expect(await server('behind').execute()).toMatchObject({ opened: 1 });
      expect(await last()).toBe(now);
    });

    it('is done by one server, and by another one when that has died, each finding told once', async () => {
      await tell();
      await plant(1_100);
      let pages = 0;
      const dies = async (): Promise<void> => {
        if (++pages === 3) throw new Error('killed');
      };
      later(15 * MINUTE_MS);
      await expect(server('one', dies).execute()).rejects.toThrow('killed');
      const before = (await told()).length;
      expect(before).toBeGreaterThan(0);
      expect(await server('two').execute()).toMatchObject({ opened: 0 });
      later(3 * MINUTE_MS);
      expect((await server('two').execute()).opened).toBe(1_100 - before);
      const lines = await told();
      expect([lines.length, new Set(lines).size]).toEqual([1_100, 1_100]);
    });

    it('has told nothing where a unit of work is not committed, and tells it then', async () => {
      await tell();
      await plant(3);
      later(15 * MINUTE_MS);
      const dies: UnitOfWork<TellingStores> = {
        read: (work, options) => storage.read(work, options),
        run: (work, options) =>
          storage.run(async (stores) => {
            const written = await work(stores);
            if ((await stores.told.subjectsAfter('resource', 0, 1)).length > 0)
              throw new Error('killed before the commit');
            return written;
          }, options),
      };
      await expect(server('one', undefined, dies).execute()).rejects.toThrow('killed');
      expect(await told()).toEqual([]);
      expect((await server('one').execute()).opened).toBe(3);
      expect(new Set(await told()).size).toBe(3);
    });

    it('goes on without a word where it was stopped the first time', async () => {
      await plant(1_100);
      let pages = 0;
      const stop = new AbortController();
      const stopped = server('one', async () => void (++pages === 3 && stop.abort()));
      expect(await stopped.execute(stop.signal)).toMatchObject({ opened: 0 });
      expect(await server('two').execute()).toMatchObject({ opened: 0 });
      expect(await entries()).toMatchObject([
        { type: 'finding.begin', diff: { after: { unmanaged: 1_100 } } },
      ]);
    });

    it('warns 14, 3 and 1 days before a lease ends, and anew where it is renewed', async () => {
      const end = now + 20 * DAY_MS;
      const [pool] = await storage.run((stores) =>
        insertTree(stores, [
          { cidr: '10.0.0.0/24', name: 'lab', kind: 'subnet', expiresAt: new Date(end) },
        ]),
      );
      await storage.run(async ({ addresses, ranges }) => {
        await addresses.insert([
          sampleAddress({ address: '10.9.0.1', expiresAt: new Date(end + 60 * DAY_MS) }),
        ]);
        await ranges.insert([
          sampleRange({
            ...{ span: '10.8.0.1-10.8.0.9', purpose: 'quarantine' },
            until: new Date(end + 60 * DAY_MS),
          }),
        ]);
      });
      const warnings = async (): Promise<unknown[]> =>
        (await entries())
          .filter(({ type }) => type === 'lease.warning')
          .map(({ entityId, diff }) => `${entityId} ${String(diff.after?.['days'])}`);
      const id = `pool:${pool?.id}`;
      for (let day = 0; day < 21; day++) {
        await tell();
        later(DAY_MS - 15 * MINUTE_MS);
      }
      expect(await warnings()).toEqual([`${id} 14`, `${id} 3`, `${id} 1`]);
      expect((await entries()).find(({ type }) => type === 'lease.warning')).toMatchObject({
        ...{ entityType: 'lease', entityId: id, place: { vrfId: 1, kind: 'subnet' } },
        diff: {
          before: null,
          after: {
            ...{ lease_of: 'pool', lease_id: pool?.id, name: 'lab', span: '10.0.0.0/24' },
            ...{ expires_at: new Date(end).toISOString(), days: 14, severity: 'warning' },
          },
        },
      });
      const renewed = now + 30 * DAY_MS;
      await storage.run(async ({ pools }) => {
        const [kept] = await pools.getMany([pool?.id ?? 0]);
        if (kept) await pools.save([{ ...kept, expiresAt: new Date(renewed) }]);
      });
      // A clock that jumps: only the nearest is told, once.
      now = renewed - 2 * DAY_MS;
      await tell();
      expect((await warnings()).slice(3)).toEqual([`${id} 3`]);
      later(-DAY_MS);
      await tell();
      later(DAY_MS);
      await tell();
      expect((await warnings()).slice(3)).toEqual([`${id} 3`]);
      now = end + 59.5 * DAY_MS;
      await tell();
      expect((await warnings()).slice(4)).toEqual([
        expect.stringMatching(/^address:\d+ 1$/),
        expect.stringMatching(/^range:\d+ 1$/),
      ]);
    });
  });
}
