import { accountAt } from '@cloudpam/provider-aws/testing';
import type { DiscoveryStatus, List, Pool } from './api';
import { startOrganization, type Organization } from './aws-double';
import { countRowChanges } from './row-changes';
import { reportOf, startCollector, type CollectorEnd, type CollectorReport } from './run-collector';
import { lastEntryAsked } from './entries-asked';
import { RACE_SCALE } from './race-scale';
import { startServer, type Server } from './start-server';
import { POSTGRES, SQLITE, type Database } from './storages';
import { treeFaults } from './tree-faults';

const HEALTHY = ['us-east-1', 'us-west-2', 'eu-west-1'];
const HANGING = 'ap-south-1';
const [VPCS, SUBNETS] = [3, 20];
const THROTTLED = 0.01;
const TWO_PERCENT = 50;
/** Long enough for a machine that is busy; each scope of the region that hangs costs it. */
const SCOPE_SECONDS = 8;
const MEMORY_LIMIT = 250_000_000;

const SIZES = [
  { storage: SQLITE, accounts: 50 * RACE_SCALE },
  { storage: POSTGRES, accounts: 100 * RACE_SCALE },
];

describe.each(SIZES)(
  'an organization of $accounts accounts with 2% denied, 1% of calls throttled and a ' +
    'region that hangs, on $storage.name',
  ({ storage, accounts }) => {
    const ids = Array.from({ length: accounts }, (_, at) => accountAt(at).id);
    // Not the first: it is the management account, which is read without a role.
    const denied = ids.filter((_, at) => at % TWO_PERCENT === TWO_PERCENT - 1);
    const alsoHealthy = ids.filter((_, at) => at % TWO_PERCENT === TWO_PERCENT - 2);
    const healthyScopes = (accounts - denied.length) * HEALTHY.length;
    let database: Database;
    let server: Server;
    let organization: Organization;
    let end: CollectorEnd;
    let report: CollectorReport;

    const startWith = (deniedAccounts: readonly string[]): Promise<Organization> =>
      startOrganization(
        { accounts, regions: [...HEALTHY, HANGING], vpcs: VPCS, subnets: SUBNETS },
        { faults: { deniedAccounts, throttledShare: THROTTLED, hangingRegions: [HANGING] } },
      );
    const collect = async (only?: readonly string[]): Promise<CollectorEnd> => {
      const began = performance.now();
      const args = [
        ...organization.args(only),
        '--concurrency',
        '32',
        '--account-concurrency',
        '4',
        '--scope-timeout',
        String(SCOPE_SECONDS),
      ];
      const ended = await startCollector(server.url, args, organization.env).ended;
      console.info(
        `${storage.name}: ${(only ?? ids).length} accounts in ` +
          `${((performance.now() - began) / 1_000).toFixed(1)} s, at most ` +
          `${(ended.peakBytes / 1e6).toFixed(0)} MB`,
      );
      return ended;
    };
    const status = async (): Promise<Map<string, DiscoveryStatus['items'][number]>> =>
      new Map(
        (
          await server.api.expect(200, server.api.get<DiscoveryStatus>('/discovery/status'))
        ).items.map((item) => [item.account_key.replace('aws:', ''), item]),
      );
    const orphans = async (): Promise<number> =>
      (
        await server.api.expect(
          200,
          server.api.get<List<Pool>>('/pools?sync_status=orphaned&page_size=1'),
        )
      ).total;

    beforeAll(async () => {
      database = await storage.open();
      server = await startServer(database.url);
      organization = await startWith(denied);
      end = await collect();
      report = reportOf(end, 1);
    }, 400_000);
    afterAll(async () => {
      await organization.stop();
      await server.stop();
      await database.remove();
    });

    it('is read to the end, and every healthy scope is complete', () => {
      expect(report.failures).toEqual([]);
      const complete = report.scopes.filter(({ coverage }) => coverage === 'complete');
      const expected = ids
        .filter((id) => !denied.includes(id))
        .flatMap((id) => HEALTHY.map((region) => `${id} ${region}`));
      expect(complete.map(({ account, region }) => `${account} ${region}`).sort()).toEqual(
        expected.sort(),
      );
      expect(
        new Set(complete.map(({ vpcs, subnets, error }) => `${vpcs} ${subnets} ${String(error)}`)),
      ).toEqual(new Set([`${VPCS} ${VPCS * SUBNETS} null`]));
      // Of each other account the region that hangs, of each denied one the home region.
      expect(report.scopes).toHaveLength(healthyScopes + accounts);
    });

    it('takes less than 250 MB of memory', () => {
      expect(end.peakBytes).toBeLessThan(MEMORY_LIMIT);
    });

    it('names each scope that failed in the status, with the error of the cloud', async () => {
      const byAccount = await status();
      expect([...byAccount.keys()].sort()).toEqual(ids);
      for (const id of ids) {
        const scopes = (byAccount.get(id)?.coverage ?? []).map(
          ({ region, coverage, error_code: code, error_msg: message }) => ({
            region,
            coverage,
            code,
            message,
          }),
        );
        const healthy = HEALTHY.map((region) => ({
          region,
          coverage: 'complete',
          code: null,
          message: null,
        }));
        const hanging = {
          region: HANGING,
          coverage: 'failed',
          code: 'timeout',
          message: `${HANGING} did not answer to the end within ${SCOPE_SECONDS} seconds`,
        };
        const refused = {
          region: HEALTHY[0],
          coverage: 'failed',
          code: 'AccessDenied',
          message: expect.stringContaining(
            `is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${id}:role/`,
          ),
        };
        expect(
          scopes.sort(
            (a, b) =>
              Number(a.coverage === 'failed') - Number(b.coverage === 'failed') ||
              HEALTHY.indexOf(a.region) - HEALTHY.indexOf(b.region),
          ),
        ).toEqual(denied.includes(id) ? [refused] : [...healthy, hanging]);
      }
    });

    it('becomes the pools of the healthy scopes, in a valid tree', async () => {
      const pools = await server.api.all<Pool>('/pools');
      const perScope = new Map<string, number>();
      for (const { account_id: account, region, kind } of pools)
        perScope.set(
          `${account} ${region} ${kind}`,
          (perScope.get(`${account} ${region} ${kind}`) ?? 0) + 1,
        );
      expect(pools).toHaveLength(healthyScopes * VPCS * (1 + SUBNETS));
      expect(
        [...perScope].filter(
          ([scope, count]) => count !== (scope.endsWith(' vpc') ? VPCS : VPCS * SUBNETS),
        ),
      ).toEqual([]);
      expect(perScope.size).toBe(healthyScopes * 2);
      expect(treeFaults(pools)).toEqual([]);
    });

    it('writes no pool, no resource and no audit entry the second time', async () => {
      const [audited, versions] = [
        await lastEntryAsked(server.api),
        (await server.api.all<Pool>('/pools')).map(({ id, version }) => `${id} ${version}`),
      ];
      const changes = await countRowChanges(database.url, ['pool', 'resource']);
      try {
        const second = reportOf(await collect(), 1);
        expect(second.scopes.filter(({ coverage }) => coverage === 'complete')).toHaveLength(
          healthyScopes,
        );
        expect(await changes.count()).toBe(0);
        expect(await lastEntryAsked(server.api)).toBe(audited);
        expect(
          (await server.api.all<Pool>('/pools')).map(({ id, version }) => `${id} ${version}`),
        ).toEqual(versions);
        // That the counting counts.
        await server.api.newPool({ name: 'counted', cidr: '192.168.0.0/24', vrf_id: 1 });
        expect(await changes.count()).toBeGreaterThan(0);
      } finally {
        await changes.close();
      }
    }, 400_000);

    it('loses nothing of accounts that are denied the next time, and gains those that no longer are', async () => {
      await organization.stop();
      organization = await startWith(alsoHealthy);
      const before = await status();
      const third = reportOf(await collect([...denied, ...alsoHealthy]), 1);
      expect(
        third.scopes
          .filter(({ coverage }) => coverage === 'complete')
          .map(({ account }) => account)
          .sort(),
      ).toEqual(denied.flatMap((id) => HEALTHY.map(() => id)));
      expect(await orphans()).toBe(0);
      const after = await status();
      for (const id of alsoHealthy) {
        expect(after.get(id)?.coverage.find(({ region }) => region === HEALTHY[0])).toMatchObject({
          coverage: 'failed',
          error_code: 'AccessDenied',
          vpc_count: VPCS,
          subnet_count: VPCS * SUBNETS,
        });
        expect(after.get(id)?.coverage.filter(({ region }) => region !== HEALTHY[0])).toEqual(
          before.get(id)?.coverage.filter(({ region }) => region !== HEALTHY[0]),
        );
      }
      const { total } = await server.api.expect(
        200,
        server.api.get<List<Pool>>(
          `/pools?account_id=${before.get(denied[0] ?? '')?.account_id}&page_size=1`,
        ),
      );
      expect(total).toBe(HEALTHY.length * VPCS * (1 + SUBNETS));
    });
  },
);
