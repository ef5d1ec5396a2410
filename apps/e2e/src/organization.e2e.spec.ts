import { Client } from 'pg';
import type { AuditList, List, Pool } from './api';
import { startOrganization } from './aws-double';
import { reportOf, startCollector, type CollectorEnd, type CollectorReport } from './run-collector';
import { startServer, type Server } from './start-server';
import { POSTGRES, type Database } from './storages';

const SIZE = { accounts: 200, regions: ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-south-1'], vpcs: 3, subnets: 20 };
const HANGING = 'ap-south-1';
const account = (n: number): string => String(100_000_000_000 + n);
/** 2% of the accounts. */
const DENIED = [40, 80, 120, 160].map(account);
const OTHERS = [10, 90].map(account);
const HEALTHY = (SIZE.accounts - DENIED.length) * (SIZE.regions.length - 1);
const MOST_MEMORY = 250e6;

interface AccountStatus { readonly account_key: string; readonly status: string; readonly error_msg: string | null; readonly coverage: readonly { readonly region: string; readonly coverage: string; readonly error_code: string | null }[] }
interface Status { readonly items: readonly AccountStatus[]; readonly findings: Readonly<Record<string, number>> }

describe('an organization of 200 accounts with 48,000 subnets, some accounts refused, some calls throttled, and a region that hangs', () => {
  let database: Database;
  let server: Server;
  const run = async (deniedAccounts: readonly string[]): Promise<{ end: CollectorEnd; report: CollectorReport }> => {
    const organization = await startOrganization(SIZE, { faults: { deniedAccounts, throttledShare: 0.01, hangingRegions: [HANGING] } });
    try {
      const end = await startCollector(server.url, [...organization.args, '--concurrency', '24', '--scope-timeout', '2'], organization.env).ended;
      return { end, report: reportOf(end, 1) };
    } finally {
      await organization.stop();
    }
  };
  const status = (): Promise<Status> => server.api.expect(200, server.api.get<Status>('/discovery/status'));
  const total = async (path: string): Promise<number> => (await server.api.expect(200, server.api.get<List<unknown>>(path))).total;
  /** One text that is another when any row of pools or inventory was written, or an audit entry was. */
  const written = async (): Promise<unknown> => {
    const client = new Client(database.url);
    await client.connect();
    const hashes = [];
    for (const table of ['pool', 'resource', 'network']) hashes.push((await client.query(`select count(*), md5(string_agg(id || ' ' || xmin, ',' order by id)) from ${table}`)).rows[0]);
    await client.end();
    return [hashes, (await server.api.expect(200, server.api.get<AuditList>('/audit?page_size=1'))).total];
  };

  let first: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    database = await POSTGRES.open();
    server = await startServer(database.url);
    first = await run(DENIED);
  }, 180_000);
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  it('is discovered to the end: every healthy scope is complete', () => {
    const { scopes, failures } = first.report;
    expect(failures).toEqual([]);
    expect(scopes.filter(({ coverage }) => coverage === 'complete')).toHaveLength(HEALTHY);
    expect(scopes.filter(({ coverage, region }) => coverage !== 'complete' && region !== HANGING).map((scope) => scope.account).sort()).toEqual(DENIED);
    expect(scopes.filter(({ region }) => region === HANGING).map(({ coverage }) => coverage)).toEqual(Array.from({ length: SIZE.accounts - DENIED.length }, () => 'failed'));
    expect(scopes.reduce((sum, { imported = 0 }) => sum + imported, 0)).toBe(HEALTHY * SIZE.vpcs * (1 + SIZE.subnets));
  });

  it('takes the collector less than 250 MB', () => {
    expect(first.end.peakBytes).toBeGreaterThan(50e6);
    expect(first.end.peakBytes).toBeLessThan(MOST_MEMORY);
  });

  it("names what failed in the status, with the cloud's own error", async () => {
    const { items, findings } = await status();
    expect(items).toHaveLength(SIZE.accounts);
    for (const each of items) {
      const denied = DENIED.includes(each.account_key.slice('aws:'.length));
      expect([each.account_key, each.status, each.error_msg]).toEqual([each.account_key, 'failed', expect.stringContaining(denied ? 'AccessDenied' : `${HANGING}: timeout`)]);
      const complete = each.coverage.filter(({ coverage }) => coverage === 'complete').map(({ region }) => region);
      expect(complete).toEqual(denied ? [] : [...SIZE.regions].filter((region) => region !== HANGING).sort());
    }
    expect(findings).toMatchObject({ overlap: 0, orphan: 0, unseen: DENIED.length });
  });

  it('is as it was after another run, in which more accounts are refused: nothing is written, and nothing orphaned', async () => {
    const before = await written();
    const { report } = await run([...DENIED, ...OTHERS]);
    const count = (name: 'imported' | 'updated' | 'orphaned'): number => report.scopes.reduce((sum, scope) => sum + (scope[name] ?? 0), 0);
    expect([count('imported'), count('updated'), count('orphaned')]).toEqual([0, 0, 0]);
    expect(report.scopes.filter(({ coverage }) => coverage === 'complete')).toHaveLength(HEALTHY - OTHERS.length * (SIZE.regions.length - 1));
    expect(await written()).toEqual(before);
    expect(await total('/pools?sync_status=orphaned&page_size=1')).toBe(0);
    const [lost] = (await server.api.expect(200, server.api.get<List<Pool>>('/pools?sync_status=synced&page_size=1'))).items;
    expect(lost).toBeDefined();
  }, 180_000);
});
