import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Api, List, Pool } from './api';
import { runCollector, type CollectorReport } from './run-collector';
import { entriesAsked } from './entries-asked';
import { ROOT, startServer, TOKEN, type Server } from './start-server';
import { STORAGES, type Database } from './storages';
import { treeFaults } from './tree-faults';

const ESTATE = path.join(ROOT, 'examples/estate');

interface Resource {
  readonly kind: string;
  readonly external_id: string;
  readonly cidr: string;
  readonly provider: string;
  readonly management: string;
  readonly pool_id: number | null;
}
interface Finding {
  readonly resource: Resource;
}
interface Status {
  readonly findings: Readonly<Record<'overlap' | 'drift' | 'orphan' | 'unmanaged', number>>;
}
interface SavedSubnet {
  readonly SubnetId: string;
  readonly CidrBlock?: string;
  readonly Ipv6CidrBlockAssociationSet?: readonly unknown[];
}
interface SavedVpc {
  readonly VpcId: string;
  readonly CidrBlockAssociationSet: readonly {
    readonly CidrBlock: string;
    readonly CidrBlockState: { readonly State: string };
  }[];
}

function saved<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T; // the repository's own example
}

function awsFolders(root: string): string[] {
  return readdirSync(path.join(root, 'aws')).flatMap((account) =>
    readdirSync(path.join(root, 'aws', account)).map((region) =>
      path.join(root, 'aws', account, region),
    ),
  );
}

const sum = (
  report: CollectorReport,
  count: 'imported' | 'updated' | 'orphaned' | 'conflicts',
): number => report.scopes.reduce((total, scope) => total + (scope[count] ?? 0), 0);

describe.each(STORAGES)('the collector over the demo estate into $name', ({ open }) => {
  let database: Database;
  let server: Server;
  let api: Api;
  let estate: string;
  let first: CollectorReport;
  let told: CollectorReport;

  beforeAll(async () => {
    estate = mkdtempSync(path.join(tmpdir(), 'cloudpam-estate-'));
    database = await open();
    server = await startServer(database.url);
    api = server.api;
    told = await runCollector(server, ESTATE, '--dry-run', '--concurrency', '1');
    first = await runCollector(server, ESTATE, '--concurrency', '1');
  });
  beforeEach(() => {
    rmSync(estate, { recursive: true });
    cpSync(ESTATE, estate, { recursive: true });
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
    rmSync(estate, { recursive: true, force: true });
  });

  const status = (): Promise<Status> => api.expect(200, api.get<Status>('/discovery/status'));
  const audits = (): Promise<number> => entriesAsked(api);
  const resources = async (query: string): Promise<Resource[]> => {
    const items: Resource[] = [];
    for (let page = 1, total = 1; items.length < total; page++) {
      const list = await api.expect(
        200,
        api.get<List<Resource>>(`/discovery/resources?page_size=500&page=${page}&${query}`),
      );
      items.push(...list.items);
      total = list.total;
    }
    return items;
  };

  it('does what a dry run told before, scope by scope', () => {
    expect(sum(told, 'conflicts')).toBeGreaterThan(0);
    expect(told.scopes).toEqual(first.scopes);
  });

  it('brings every VPC and every subnet once, whoever sees it', async () => {
    const networks = await api.expect(
      200,
      api.get<List<{ provider: string }>>('/discovery/networks?page_size=500'),
    );
    expect(networks.items.filter(({ provider }) => provider === 'aws')).toHaveLength(27);
    expect(networks.items.filter(({ provider }) => provider === 'gcp')).toHaveLength(4);
    const lines = awsFolders(ESTATE).flatMap((folder) =>
      saved<{ Subnets: SavedSubnet[] }>(path.join(folder, 'subnets.json')).Subnets.map(
        ({ SubnetId }) => SubnetId,
      ),
    );
    const subnets = (await resources('kind=subnet'))
      .filter(({ provider }) => provider === 'aws')
      .map((each) => each.external_id.replace(/#.*$/, ''));
    expect(lines).toHaveLength(new Set(lines).size + 2);
    expect(new Set(subnets)).toEqual(new Set(lines));
    expect(sum(first, 'orphaned')).toBe(0);
  });

  it('makes no pool of a CIDR that was disassociated', async () => {
    const gone = awsFolders(ESTATE).flatMap((folder) =>
      saved<{ Vpcs: SavedVpc[] }>(path.join(folder, 'vpcs.json')).Vpcs.flatMap((vpc) =>
        vpc.CidrBlockAssociationSet.filter(
          ({ CidrBlockState }) => CidrBlockState.State !== 'associated',
        ).map(({ CidrBlock }) => `${vpc.VpcId} ${CidrBlock}`),
      ),
    );
    expect(gone.length).toBeGreaterThan(0);
    const there = (await resources('kind=vpc')).map(
      (each) => `${each.external_id.replace(/#.*$/, '')} ${each.cidr}`,
    );
    expect(there.filter((each) => gone.includes(each))).toEqual([]);
  });

  it('keeps what overlaps as findings: of nine default VPCs one is managed, and eight overlap', async () => {
    const defaults = await resources('kind=vpc&cidr_within=172.31.0.0/16');
    expect(defaults.map(({ management }) => management).sort()).toEqual([
      'managed',
      ...Array<string>(8).fill('unmanaged'),
    ]);
    const { items } = await api.expect(
      200,
      api.get<List<Finding>>('/discovery/findings?type=overlap&page_size=500'),
    );
    expect(items.filter(({ resource }) => resource.cidr === '172.31.0.0/16')).toHaveLength(8);
    expect(items.filter(({ resource }) => resource.cidr === '10.21.0.0/16')).toHaveLength(1);
    expect(items.filter(({ resource }) => resource.provider === 'gcp')).toHaveLength(12);
    expect((await status()).findings).toEqual({
      overlap: items.length,
      conflict: 0,
      drift: 0,
      orphan: 0,
      unmanaged: 0,
      compliance: 0,
      unseen: 0,
      webhook_paused: 0,
      exhausts_soon: 0,
      lease_ends: 0,
      stale_address: 0,
      unknown_address: 0,
    });
  });

  it('tells Prometheus how it stands', async () => {
    const metrics = await (
      await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
    ).text();
    const { overlap } = (await status()).findings;
    for (const line of [
      `cloudpam_findings_open{type="overlap"} ${overlap}`,
      'cloudpam_findings_open{type="unseen"} 0',
      'cloudpam_scopes{coverage="complete"} 11',
      'cloudpam_discovery_jobs{status="queued"} 0',
      'cloudpam_agents_online 0',
    ]) {
      expect(metrics).toContain(line);
    }
  });

  it('leaves a valid tree', async () => {
    expect(treeFaults(await api.all<Pool>('/pools'))).toEqual([]);
  });

  it('changes nothing the second time, and writes no audit entry', async () => {
    const before = {
      audits: await audits(),
      pools: (await api.all<Pool>('/pools')).map(({ id, version }) => `${id} ${version}`),
    };
    const second = await runCollector(server, ESTATE);
    expect([sum(second, 'imported'), sum(second, 'updated'), sum(second, 'orphaned')]).toEqual([
      0, 0, 0,
    ]);
    expect({
      audits: await audits(),
      pools: (await api.all<Pool>('/pools')).map(({ id, version }) => `${id} ${version}`),
    }).toEqual(before);
  });

  it('orphans nothing of a region that was not covered', async () => {
    const before = await audits();
    rmSync(path.join(estate, 'aws/104811623905/us-east-1'), { recursive: true });
    const report = await runCollector(server, estate);
    expect(report.scopes).toHaveLength(10);
    expect(sum(report, 'orphaned')).toBe(0);
    expect((await status()).findings.orphan).toBe(0);
    expect(await audits()).toBe(before);
  });

  it(
    'orphans exactly the pool of a subnet that is gone, keeps it, and takes it back when ' +
      'the subnet returns',
    async () => {
      const file = path.join(estate, 'aws/104811623905/us-east-1/subnets.json');
      const { Subnets: subnets } = saved<{ Subnets: SavedSubnet[] }>(file);
      const managed = new Set(
        (await resources('kind=subnet&management=managed')).map((each) => each.external_id),
      );
      const victim = subnets.find(
        (each) =>
          each.CidrBlock !== undefined &&
          (each.Ipv6CidrBlockAssociationSet ?? []).length === 0 &&
          managed.has(each.SubnetId),
      );
      if (!victim) throw new Error('the estate has no such subnet');
      writeFileSync(file, JSON.stringify({ Subnets: subnets.filter((each) => each !== victim) }));
      expect(sum(await runCollector(server, estate), 'orphaned')).toBe(1);
      const orphans = await api.expect(200, api.get<List<Pool>>('/pools?sync_status=orphaned'));
      expect(orphans.items.map(({ external_id: id, cidr }) => [id, cidr])).toEqual([
        [victim.SubnetId, victim.CidrBlock],
      ]);
      expect((await status()).findings.orphan).toBe(1);
      await runCollector(server, ESTATE);
      expect(
        (await api.expect(200, api.get<List<Pool>>('/pools?sync_status=orphaned'))).total,
      ).toBe(0);
      expect((await status()).findings.orphan).toBe(0);
    },
  );
});
