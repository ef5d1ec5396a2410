import type { AuditList, DiscoveryStatus, List, Pool } from './api';
import { describeWith } from './counterpart';
import { MotoProxy } from './moto-proxy';
import { entriesAsked } from './entries-asked';
import { cidrsOf, Moto, motoCollector, seedVpc } from './open-moto';
import { reportOf, startCollector, type CollectorReport } from './run-collector';
import { startServer, type Server } from './start-server';
import { SQLITE, type Database } from './storages';

const REGIONS = ['us-east-1', 'eu-west-1'] as const;
const [HOME, OTHER] = REGIONS;
// The key in brackets is an own property; without them it would be the object's prototype.
const TAGS = { ['__proto__']: 'polluted', constructor: 'any', 'cost:center': '12' };

/** What this test reads of a discovered resource. */
interface Resource {
  readonly account_key: string;
  readonly region: string;
  readonly kind: string;
  readonly external_id: string;
  readonly cidr: string;
  readonly sync_status: string;
  readonly tags: Readonly<Record<string, string>>;
}

function totalsOf({ scopes }: CollectorReport): Record<'imported' | 'conflicts', number> {
  const sum = (field: 'imported' | 'conflicts'): number =>
    scopes.reduce((total, scope) => total + (scope[field] ?? 0), 0);
  return { imported: sum('imported'), conflicts: sum('conflicts') };
}

describeWith('moto', 'an organization of three accounts in an AWS that others wrote', (home) => {
  let moto: Moto;
  let front: Awaited<ReturnType<typeof MotoProxy.open>>;
  let database: Database;
  let server: Server;
  let accounts: string[];
  const inMoto: string[] = [];

  beforeAll(async () => {
    [moto, database] = await Promise.all([Moto.open(home), SQLITE.open()]);
    [server, front] = await Promise.all([startServer(database.url), MotoProxy.open(moto.url)]);
    accounts = await moto.makeOrganization(['payments', 'research']);
    let n = 0;
    for (const account of accounts) {
      for (const region of REGIONS) {
        const ec2 = await moto.ec2(account, region);
        await seedVpc(ec2, n++, TAGS);
        inMoto.push(...(await cidrsOf(ec2, account, region)));
        ec2.destroy();
      }
    }
  });
  afterAll(async () => {
    await front?.close();
    await server?.stop();
    await moto?.close();
    await database?.remove();
  });
  afterEach(() => {
    front.proxy.refused = [];
    front.proxy.rewrite = (xml) => xml;
  });

  async function collect(expected: number, ...more: string[]): Promise<CollectorReport> {
    const { args, env } = motoCollector(front.url, REGIONS);
    return reportOf(await startCollector(server.url, [...args, ...more], env).ended, expected);
  }
  const resources = (): Promise<Resource[]> => server.api.all<Resource>('/discovery/resources');
  const lines = (found: readonly Resource[]): string[] =>
    found
      .map(
        ({ account_key: key, region, kind, external_id: id, cidr }) =>
          `${key.replace('aws:', '')} ${region} ${kind} ${id} ${cidr}`,
      )
      .sort();
  const audited = (): Promise<number> => entriesAsked(server.api);
  const orphans = async (): Promise<number> =>
    (
      await server.api.expect(
        200,
        server.api.get<List<Pool>>('/pools?sync_status=orphaned&page_size=1'),
      )
    ).total + (await resources()).filter(({ sync_status: status }) => status === 'orphaned').length;
  const coverages = async (): Promise<string[]> => {
    const { items } = await server.api.expect(
      200,
      server.api.get<DiscoveryStatus>('/discovery/status'),
    );
    return items
      .flatMap(({ account_key: key, coverage }) =>
        coverage.map((scope) => `${key.replace('aws:', '')} ${scope.region} ${scope.coverage}`),
      )
      .sort();
  };
  const expected = (coverage: (region: string) => string): string[] =>
    accounts
      .flatMap((account) => REGIONS.map((region) => `${account} ${region} ${coverage(region)}`))
      .sort();

  it(
    'is read page by page, and the inventory is the same both ways; a dry run told before ' +
      'what becomes of it',
    async () => {
      // One at a time: of those that are in each other's way, the first one gets the pools.
      const told = totalsOf(await collect(0, '--dry-run', '--concurrency', '1'));
      expect(await resources()).toEqual([]);
      const report = await collect(0, '--concurrency', '1');
      const { scopes, failures } = report;
      expect(failures).toEqual([]);
      // The default VPCs are in each other's way.
      expect(told.conflicts).toBeGreaterThan(20);
      expect(totalsOf(report)).toEqual(told);
      // The default VPC of each region, and the one that was made.
      expect(
        new Set(scopes.map(({ vpcs, coverage, error }) => `${vpcs} ${coverage} ${String(error)}`)),
      ).toEqual(new Set(['2 complete null']));
      expect(scopes).toHaveLength(accounts.length * REGIONS.length);
      expect(inMoto.length).toBeGreaterThan(60);
      expect(lines(await resources())).toEqual([...inMoto].sort());
      expect(front.proxy.laterPages).toBeGreaterThan(0);
    },
  );

  it('keeps tags whose keys mean something to JavaScript', async () => {
    const seeded = (await resources()).filter(({ tags }) => tags['cost:center'] === '12');
    // Of a VPC three CIDRs, of its tagged subnet two.
    expect(seeded).toHaveLength(accounts.length * REGIONS.length * 5);
    for (const { tags } of seeded)
      expect(Object.entries(tags).sort()).toEqual(Object.entries(TAGS).sort());
  });

  it('writes no audit entry when nothing has changed', async () => {
    const before = await audited();
    const { scopes } = await collect(0);
    expect(await audited()).toBe(before);
    expect(scopes.map(({ imported, updated, orphaned }) => [imported, updated, orphaned])).toEqual(
      scopes.map(() => [0, 0, 0]),
    );
  });

  it('loses nothing when one region refuses', async () => {
    front.proxy.refused = [OTHER];
    const { scopes } = await collect(1);
    const failed = scopes.filter(({ coverage }) => coverage === 'failed');
    expect(failed.map(({ account, region }) => `${account} ${region}`).sort()).toEqual(
      accounts.map((account) => `${account} ${OTHER}`).sort(),
    );
    expect(failed[0]?.error).toBe(
      `UnauthorizedOperation: You are not authorized to perform this operation: ec2:DescribeVpcs in ${OTHER}`,
    );
    expect(await coverages()).toEqual(
      expected((region) => (region === OTHER ? 'failed' : 'complete')),
    );
    expect(lines(await resources())).toEqual([...inMoto].sort());
    expect(await orphans()).toBe(0);
  });

  it.each(['cidrBlockState', 'ipv6CidrBlockState'])(
    'loses nothing, and is not called complete, when a %s has a word of tomorrow',
    async (name) => {
      const state = new RegExp(`<${name}><state>\\w+</state>`, 'g');
      front.proxy.rewrite = (xml, { region }) =>
        region === HOME ? xml.replace(state, `<${name}><state>hibernating</state>`) : xml;
      const { scopes } = await collect(1);
      for (const { region, coverage, error } of scopes) {
        expect([region, coverage]).toEqual([region, region === HOME ? 'partial' : 'complete']);
        if (region === HOME) expect(error).toContain('in a state that is not known: hibernating');
      }
      expect(await coverages()).toEqual(
        expected((region) => (region === HOME ? 'partial' : 'complete')),
      );
      expect(lines(await resources())).toEqual([...inMoto].sort());
      expect(await orphans()).toBe(0);
    },
  );

  it('is complete again when everything is as it was, which is all that the audit log has to say', async () => {
    const before = await audited();
    await collect(0);
    expect(await coverages()).toEqual(expected(() => 'complete'));
    const { entries } = await server.api.expect(
      200,
      server.api.get<AuditList>('/audit?page_size=200'),
    );
    const recent = entries
      .filter(({ action }) => !action.startsWith('finding.'))
      .slice(0, (await audited()) - before)
      .map(({ action, entity_id: scope }) => `${action} ${scope}`);
    expect(recent.sort()).toEqual(
      accounts.map((account) => `scope.coverage aws:${account} ${HOME}`).sort(),
    );
  });
});
