import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Change } from '@cloudpam/audit';
import { BootstrapToken } from '@cloudpam/identity';
import { insertIntoTree, PoolError, recordHosts, recordRange, type Pool } from '@cloudpam/pools';
import { STORAGES, type StorageKind } from '../../limits/storages.fixture';
import { Prepared, type Json } from '../../prepared.fixture';
import type { Storage } from '../../storage/storage';
import { filesOf } from '../../testing/unzipped';
import { estates, type Estate } from './estates.fixture';

const CASES: Readonly<Record<StorageKind['name'], number>> = {
  memory: Number(process.env['IMPORT_ESTATES'] ?? 30),
  SQLite: 5,
  PostgreSQL: 5,
  'PostgreSQL with a replica': 0,
};
/** The VRF `global` is there on every server, and has a history of its own. */
const OF_GLOBAL = ['created_at', 'updated_at', 'version'];
/** By the column with an id the table whose rows have it. */
const IDS: Readonly<Record<string, string>> = {
  parent_id: 'pools.csv',
  pool_id: 'pools.csv',
  range_id: 'ranges.csv',
  vrf_id: 'vrfs.csv',
  account_id: 'accounts.csv',
  vlan_id: 'vlans.csv',
  group_id: 'vlan-groups.csv',
};

type Tables = ReadonlyMap<string, readonly Readonly<Record<string, string>>[]>;

/** A server whose storage is taken away for an empty one: to start one takes longer than a case does. */
class Emptied {
  private constructor(
    readonly server: Prepared,
    private readonly storage: { current: Storage },
  ) {}

  static async open(first: Storage): Promise<Emptied> {
    const storage = { current: first };
    const unitOfWork = new Proxy(first.unitOfWork, {
      get: (_, name) => Reflect.get(storage.current.unitOfWork, name) as unknown,
    });
    const close = (): Promise<void> => storage.current.close();
    return new Emptied(await Prepared.open(undefined, { ...first, unitOfWork, close }), storage);
  }

  async empty(storage: Storage): Promise<Prepared> {
    await this.storage.current.close();
    this.storage.current = storage;
    this.server.token =
      (await this.server.app.get(BootstrapToken).execute(new Date(), undefined)) ?? '';
    return this.server;
  }
}

/** Puts an estate into an empty storage, its pools in a fixed random order. */
async function fill({ unitOfWork }: Storage, estate: Estate): Promise<void> {
  await unitOfWork.run(async (stores) => {
    const vrfIds = [1];
    for (const vrf of estate.vrfs) vrfIds.push((await stores.vrfs.insert(vrf)).id);
    const accountIds: number[] = [];
    for (const each of estate.accounts) accountIds.push((await stores.accounts.insert(each)).id);
    for (const { account, ...group } of estate.vlanGroups)
      await stores.vlanGroups.insert({
        ...group,
        accountId: account === null ? null : (accountIds[account] ?? null),
        vlanCount: 0,
      });
    const vlanIds: number[] = [];
    for (const vlan of estate.vlans) vlanIds.push((await stores.vlans.insert(vlan)).id);
    const idAt = (index: number | null, ids: readonly number[]): number | null =>
      index === null ? null : (ids[index] ?? null);
    for (const { vrf, account, vlan, ...fields } of estate.pools) {
      const [id = 0] = await stores.pools.reserveIds(1);
      const vrfId = vrfIds[vrf] ?? 1;
      const pool: Pool = {
        ...fields,
        id,
        vrfId,
        accountId: idAt(account, accountIds),
        vlanId: idAt(vlan, vlanIds),
        parentId: null,
        provider: null,
        scopeId: null,
        childUsed: 0n,
      };
      const { conflicts } = await insertIntoTree(stores, vrfId, [pool]);
      if (conflicts.size > 0) throw new Error('the estate has a CIDR twice');
    }
    for (const { vrf, account, span, createdAt, updatedAt, version, ...fields } of estate.ranges)
      await unlessInTheWay(() =>
        recordRange(stores, SINCE, vrfIds[vrf] ?? 1, {
          span,
          fields: { ...fields, accountId: idAt(account, accountIds) },
          withAddresses: false,
          history: { createdAt, updatedAt, version },
        }),
      );
    for (const { vrf, account, cidr, createdAt, updatedAt, version, ...fields } of estate.addresses)
      await unlessInTheWay(() =>
        recordHosts(stores, SINCE, vrfIds[vrf] ?? 1, [
          {
            cidr,
            fields: { ...fields, accountId: idAt(account, accountIds) },
            inRange: 'any',
            acceptObserved: false,
            history: { createdAt, updatedAt, version },
          },
        ]),
      );
  });
}

const SINCE: Change = {
  actor: { type: 'system', id: 'test', name: 'test' },
  at: new Date(0),
  requestId: 'test',
};

/** Makes what a rule may refuse: such as an address that is taken, or the network address of its pool. */
async function unlessInTheWay(make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
  }
}

async function exported({ app, token }: Prepared): Promise<Buffer> {
  const { statusCode, rawPayload } = await app.inject({
    url: '/api/v1/export',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(statusCode).toBe(200);
  return rawPayload;
}

async function imported({ app, token }: Prepared, zip: Buffer, query = ''): Promise<Json> {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/v1/import?limit=10000${query}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/zip' },
    payload: zip,
  });
  const body = answer.json<Json>();
  if (answer.statusCode !== 200) throw new Error(JSON.stringify(body));
  return body;
}

function tablesOf(zip: Buffer): Tables {
  return new Map(
    [...filesOf(zip)].map(([name, text]) => [
      name,
      parse(text, { columns: true, relax_quotes: false }),
    ]),
  );
}

/** The tables with the ids that the rows of the other ones have which stand in the same places. */
function withIdsOf(others: Tables, tables: Tables): Tables {
  const ids = new Map(
    [...tables].map(([name, rows]) => [
      name,
      new Map(rows.map(({ id }, at) => [id, others.get(name)?.[at]?.['id']])),
    ]),
  );
  return new Map(
    [...tables].map(([name, rows]) => [
      name,
      rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([column, cell]) => {
            const table = column === 'id' ? name : IDS[column];
            if (table === undefined || cell === '') return [column, cell];
            return [column, ids.get(table)?.get(cell) ?? `no row of ${table} has ${cell}`];
          }),
        ),
      ),
    ]),
  );
}

function withoutHistoryOfGlobal(tables: Tables): Tables {
  return new Map(
    [...tables].map(([name, rows]) => [
      name,
      rows.map((row) =>
        name === 'vrfs.csv' && row['name'] === 'global'
          ? Object.fromEntries(
              Object.entries(row).filter(([column]) => !OF_GLOBAL.includes(column)),
            )
          : row,
      ),
    ]),
  );
}

/** What the answer tells of each row, but for the ids of what was made. */
function outcomes(answer: Json): unknown[] {
  return (answer['rows'] as Json[]).map(({ id: _, ...row }) => row);
}

const actionsOf = (answer: Json): unknown[] => [
  ...new Set(
    (answer['rows'] as Json[]).map(({ action, code }) => `${action as string} ${code as string}`),
  ),
];

async function countsOf(server: Prepared): Promise<readonly unknown[]> {
  const audit = await server.send('GET', '/audit?page_size=1');
  const pools = await server.send('GET', '/pools?page_size=1');
  const addresses = await server.send('GET', '/addresses?page_size=1');
  const ranges = await server.send('GET', '/ranges?page_size=1');
  return [audit, pools, addresses, ranges].map(({ body }) => body['total']);
}

describe.each(STORAGES)('an export that is imported, on $name,', (kind) => {
  const open = kind.register();
  const limit = 60_000 + CASES[kind.name] * 3_000;
  let servers: readonly [Emptied, Emptied];
  beforeAll(async () => {
    servers = [await Emptied.open(await open()), await Emptied.open(await open())];
  });
  afterAll(async () => {
    for (const { server } of servers) await server.close();
  });

  it(
    'is the same estate, and nothing is left to do',
    async () => {
      await fc.assert(
        fc.asyncProperty(estates, fc.boolean(), async (estate, isDiscovering) => {
          const storage = await open();
          await fill(storage, estate);
          const old = await servers[0].empty(storage);
          const fresh = await servers[1].empty(await open());
          if (isDiscovering) await old.discover(['172.16.0.0/16', '172.16.1.0/24']);
          const zip = await exported(old);
          const empty = await countsOf(fresh);
          const plan = await imported(fresh, zip, '&dry_run=true');
          expect(await countsOf(fresh)).toEqual(empty);
          const done = await imported(fresh, zip, `&plan=${plan['plan'] as string}`);
          expect(outcomes(done)).toEqual(outcomes(plan));

          const [before, after] = [tablesOf(zip), tablesOf(await exported(fresh))];
          expect(withoutHistoryOfGlobal(withIdsOf(before, after))).toEqual(
            withoutHistoryOfGlobal(before),
          );
          for (const server of [fresh, old]) {
            const counts = await countsOf(server);
            const again = await imported(server, zip);
            expect(actionsOf(again)).toEqual(['unchanged null']);
            expect(await countsOf(server)).toEqual(counts);
          }
        }),
        // One that fails is made small for a while, and then told.
        { numRuns: CASES[kind.name], interruptAfterTimeLimit: limit / 2 },
      );
    },
    limit,
  );
});
