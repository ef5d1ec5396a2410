import type { AuditList, List } from './api';
import { startOrganization, type Organization } from './aws-double';
import { reportOf, startCollector, type CollectorEnd } from './run-collector';
import { startServer, type Server } from './start-server';
import { LASTING, type Database } from './storages';

/** More than one body of 32 MiB takes, by tags alone. */
const SUBNETS = Number(process.env['LARGE_SCOPE_SUBNETS'] ?? 1_700);
const TAGS = 50;
const MEMORY_LIMIT = 400_000_000;

interface Resource {
  readonly tags: { readonly [key: string]: string };
}

describe.each(LASTING)('a region of $name with more than a body may hold', ({ name, open }) => {
  let database: Database;
  let server: Server;
  let organization: Organization;

  const collect = async (...more: string[]): Promise<CollectorEnd> => {
    const began = performance.now();
    const ended = await startCollector(
      server.url,
      [...organization.args(), '--scope-timeout', '600', ...more],
      organization.env,
    ).ended;
    console.info(
      `${name}: ${SUBNETS} subnets in ${((performance.now() - began) / 1_000).toFixed(1)} s, ` +
        `at most ${(ended.peakBytes / 1e6).toFixed(0)} MB`,
    );
    return ended;
  };
  const subnetsThere = async (): Promise<List<Resource>> =>
    server.api.expect(200, server.api.get('/discovery/resources?kind=subnet&page_size=1'));
  const audits = async (): Promise<number> =>
    (await server.api.expect(200, server.api.get<AuditList>('/audit?page_size=1'))).total;

  beforeAll(async () => {
    database = await open();
    server = await startServer(database.url);
    organization = await startOrganization({
      accounts: 1,
      regions: ['eu-west-1'],
      vpcs: 1,
      subnets: SUBNETS,
      fullTags: TAGS,
    });
  }, 60_000);
  afterAll(async () => {
    await organization.stop();
    await server.stop();
    await database.remove();
  });

  it('is judged by a dry run, which changes nothing', async () => {
    const before = await audits();
    const {
      scopes: [scope],
    } = reportOf(await collect('--dry-run'), 0);
    expect(scope).toMatchObject({
      coverage: 'complete',
      subnets: SUBNETS,
      imported: SUBNETS + 1,
      error: null,
    });
    expect((await subnetsThere()).total).toBe(0);
    expect(await audits()).toBe(before);
  }, 200_000);

  it('is delivered in parts and applied as one, with every tag, in bounded memory', async () => {
    const ended = await collect();
    expect(reportOf(ended, 0).scopes).toMatchObject([
      { coverage: 'complete', vpcs: 1, subnets: SUBNETS, imported: SUBNETS + 1, error: null },
    ]);
    expect(ended.peakBytes).toBeLessThan(MEMORY_LIMIT);
    const { total, items } = await subnetsThere();
    expect(total).toBe(SUBNETS);
    expect(Object.keys(items[0]?.tags ?? {})).toHaveLength(TAGS);
  }, 200_000);

  it('is unchanged the next time, with nothing in the audit log', async () => {
    const before = await audits();
    expect(reportOf(await collect(), 0).scopes).toMatchObject([
      { imported: 0, updated: 0, orphaned: 0, unchanged: SUBNETS + 1 },
    ]);
    expect(await audits()).toBe(before);
  }, 200_000);
});
