import type { AuditList } from './api';
import { eventually } from './eventually';
import { startServer, TOKEN, type Server } from './start-server';
import { LASTING, type Database } from './storages';

const SUBNETS = 1_500;

/** A region full of subnets that no pool stands for. */
function scopeOf(region: string, subnets: number): object {
  const own = { owner_account: '104811623905', region, network_external_id: `vpc-${region}` };
  return {
    provider: 'aws',
    account: own.owner_account,
    region,
    coverage: 'complete',
    collected_at: new Date().toISOString(),
    networks: [
      { external_id: own.network_external_id, owner_account: own.owner_account, region, name: 'a' },
    ],
    resources: Array.from({ length: subnets }, (_, at) => ({
      ...own,
      kind: 'subnet',
      external_id: `subnet-${region}-${at}`,
      name: `subnet ${at}`,
      cidr: `10.${(region === 'us-east-1' ? 0 : 100) + Math.floor(at / 256)}.${at % 256}.0/24`,
    })),
  };
}

describe.each(LASTING)('findings as events of the log over $name', ({ open }) => {
  let database: Database;
  let server: Server;
  const start = async (): Promise<void> => {
    server = await startServer(database.url, { DISCOVERY_POLICY: 'observe' });
  };
  const discover = async (region: string, subnets: number): Promise<void> => {
    const body = {
      run_id: '6a2b1c7e-3f0d-4b8a-9c55-1d2e3f405162',
      collector: { name: 'e2e', version: '1' },
      scopes: [scopeOf(region, subnets)],
    };
    await server.api.expect(200, server.api.post('/discovery', body));
  };
  const told = async (action: string): Promise<number> =>
    (await server.api.expect(200, server.api.get<AuditList>(`/audit?action=${action}&page_size=1`)))
      .total;

  /** How many there are, none of them twice. */
  const idsTold = async (action: string): Promise<number> => {
    const url = `${server.url}/api/v1/audit/export?format=jsonl&action=${action}`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } });
    const ids = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { entity_id: string }).entity_id);
    expect(new Set(ids).size).toBe(ids.length);
    return ids.length;
  };

  beforeAll(async () => {
    database = await open();
    await start();
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  it('are told once each, whenever the server is killed', async () => {
    await discover('us-east-1', 1);
    await eventually('the first of them', async () => (await told('finding.*')) === 1);
    const before = await told('finding.open');
    await discover('us-east-2', SUBNETS);
    await eventually('some of them', async () => (await told('finding.open')) > before);
    await server.kill();
    await start();
    await eventually('all of them', async () => (await told('finding.open')) >= before + SUBNETS);
    expect(await idsTold('finding.open')).toBe(before + SUBNETS);
    // What is gone and no pool stands for is no finding any more.
    await discover('us-east-2', 0);
    await eventually('some ends', async () => (await told('finding.close')) > 0);
    await server.kill();
    await start();
    await eventually('all ends', async () => (await told('finding.close')) >= SUBNETS);
    expect([await idsTold('finding.close'), await told('finding.open')]).toEqual([
      SUBNETS,
      before + SUBNETS,
    ]);
  }, 240_000);
});
