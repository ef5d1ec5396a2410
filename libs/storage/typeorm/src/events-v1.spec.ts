import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import {
  isEventInScope,
  VerifyAudit,
  type AuditEntry,
  type Located,
  type Place,
} from '@cloudpam/audit';
import { formatCidr, parseCidr } from '@cloudpam/cidr';
import { pastTreeAt, ReadHistory } from '@cloudpam/pools';
import { MIGRATIONS } from './testing/storages';
import { startPostgres, type PostgresServer } from './testing';
import { openStorage, type TypeOrmStorage } from './typeorm-storage';

type Row = Readonly<Record<string, unknown>>;
type Rows = Readonly<Record<string, readonly Row[]>>;

/** The rows of a server from before events had versions and places, with every kind of event. */
const RECORDED: Rows = readFileSync(join(__dirname, 'testing/events-v1.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { readonly table: string; readonly row: Row })
  .reduce<Record<string, Row[]>>(
    (rows, { table, row }) => ({ ...rows, [table]: [...(rows[table] ?? []), row] }),
    {},
  );
/** Pools are told by the log alone. */
const { pool: POOLS = [], ...STORED } = RECORDED;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

function inSqlite(file: string): void {
  const database = new Database(file);
  const valueOf = (name: string, value: unknown): unknown => {
    if (typeof value === 'boolean') return Number(value);
    if (typeof value === 'object' && value !== null) return JSON.stringify(value);
    if (typeof value !== 'string') return value;
    if (value.startsWith('\\x')) return Buffer.from(value.slice(2), 'hex');
    return name === 'at' || name.endsWith('_at') ? Date.parse(value) : value;
  };
  for (const [table, rows] of Object.entries(STORED)) {
    for (const row of rows) {
      const names = Object.keys(row);
      database
        .prepare(`insert into ${table} (${names}) values (${names.map(() => '?')})`)
        .run(names.map((name) => valueOf(name, row[name])));
    }
  }
  database.exec('delete from audit_unsealed');
  database.close();
}

async function inPostgres(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const [table, rows] of Object.entries(STORED)) {
    for (const row of rows) {
      const names = Object.keys(row).join(', ');
      await client.query(
        `insert into ${table} (${names}) overriding system value
         select ${names} from json_populate_record(null::${table}, $1)`,
        [JSON.stringify(row)],
      );
    }
  }
  await client.query('delete from audit_unsealed');
  await client.end();
}

/** Where the events of pools happened, folded from what their entries tell. */
function placesOf(entries: readonly AuditEntry[]): Map<number, (Place | null)[]> {
  const facts = new Map<string, Row>();
  const placeIn = (row: Row): Located => ({
    vrfId: Number(row['vrf_id']),
    accountId: row['account_id'] === null ? null : Number(row['account_id']),
    cidr: parseCidr(String(row['cidr'])),
    kind: String(row['kind']),
  });
  const told = ['vrf_id', 'account_id', 'cidr', 'kind'];
  const places = new Map<number, (Place | null)[]>();
  for (const { id, entityId, diff } of entries) {
    const before = { ...facts.get(entityId), ...diff.before };
    const after = { ...before, ...diff.after };
    facts.set(entityId, after);
    const isMove = diff.before && diff.after && told.some((name) => name in (diff.before ?? {}));
    places.set(id, [placeIn(after), isMove ? placeIn(before) : null]);
  }
  return places;
}

describe.each(['SQLite', 'PostgreSQL'] as const)('events of version 1, on %s', (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-events-'));
  let server: PostgresServer | undefined;
  let storage: TypeOrmStorage;
  let entries: AuditEntry[];

  beforeAll(async () => {
    const dialect = name === 'SQLite' ? 'sqlite' : 'postgres';
    if (name === 'PostgreSQL') server = await startPostgres();
    const url = server ? await server.database() : `sqlite:${join(folder, 'db.sqlite')}`;
    mkdirSync(join(folder, dialect));
    for (const file of readdirSync(join(MIGRATIONS, dialect)).filter((each) => each < '0023'))
      copyFileSync(join(MIGRATIONS, dialect, file), join(folder, dialect, file));
    await (await openStorage({ url, migrationsDir: folder })).close();
    if (server) await inPostgres(url);
    else inSqlite(url.slice('sqlite:'.length));
    storage = await openStorage({ url, migrationsDir: MIGRATIONS });
    entries = await storage.unitOfWork.read(({ audit }) =>
      audit.scan({}, { order: 'oldest' }, 1_000),
    );
  });
  afterAll(async () => {
    await storage.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('have the hashes that they were sealed with, and stay append-only', async () => {
    const seals = RECORDED['audit_seal'] ?? [];
    expect(seals.length).toBeGreaterThan(40);
    expect(await new VerifyAudit(storage.unitOfWork, sha256).execute()).toMatchObject({
      sealed: seals.length,
      head: seals.at(-1)?.['hash'],
      broken: null,
    });
    expect(await storage.unitOfWork.read(({ seals: store }) => store.missingGuards())).toEqual([]);
  });

  it('have their places', () => {
    expect(entries.every(({ version }) => version === 1)).toBe(true);
    const ofPools = entries.filter(({ entityType }) => entityType === 'pool');
    const expected = placesOf(ofPools);
    expect([...expected.values()].filter(([, former]) => former).length).toBeGreaterThan(5);
    for (const { id, place, formerPlace } of ofPools)
      expect([id, place, formerPlace]).toEqual([id, ...(expected.get(id) ?? [])]);
    const resources = new Set((RECORDED['resource'] ?? []).map((row) => String(row['id'])));
    for (const { entityType, entityId, place } of entries) {
      if (entityType === 'resource') expect(place !== null).toBe(resources.has(entityId));
      if (entityType === 'account') expect(place?.accountId).toBe(Number(entityId));
      if (entityType === 'vrf') expect(place?.vrfId).toBe(Number(entityId));
      if (entityType === 'token' || entityType === 'user') expect(place).toBeNull();
    }
  });

  it('are told to those whose limits they lie in', async () => {
    const under = [{ vrfId: 1, cidr: parseCidr('10.0.0.0/8'), kind: 'container' }];
    for (const accessScope of [
      { accountIds: [1], under: null },
      { accountIds: null, under },
      { accountIds: [1, 2], under },
    ]) {
      const told = await storage.unitOfWork.read(({ audit }) =>
        audit.scan({ accessScope }, { order: 'oldest' }, 1_000),
      );
      const expected = entries.filter((entry) => isEventInScope(accessScope, entry));
      expect(told).toEqual(expected);
      expect(told.length).toBeGreaterThan(0);
    }
  });

  it('tell of the pools of then', async () => {
    const tree = await pastTreeAt(storage.unitOfWork, new Date('2027-01-01T00:00:00Z'));
    const told = Array.from({ length: tree.size }, (_, at) => tree.at(at)).map((pool) => ({
      id: pool.id,
      vrf_id: pool.vrfId,
      cidr: formatCidr(pool.cidr),
      kind: pool.facts.kind,
      account_id: pool.facts.account_id,
      name: pool.facts.name,
    }));
    expect(told.sort((a, b) => a.id - b.id)).toEqual(POOLS);
    const merged = POOLS.find((pool) => pool['name'] === 'merged');
    const { events } = await new ReadHistory(storage.unitOfWork).of(Number(merged?.['id']), {
      size: 50,
    });
    expect(events.map(({ entry }) => entry.type).reverse()).toEqual([
      'pool.merge',
      'pool.update',
      'pool.update',
      'pool.move',
      'pool.move',
      'pool.update',
    ]);
  });

  it('are forwarded from where it was left', async () => {
    expect(
      await storage.unitOfWork.read(({ subscribers }) =>
        subscribers.get('forward file:/var/log/audit.jsonl'),
      ),
    ).toEqual({ seq: 12, holder: null, leaseUntil: null });
  });
});
