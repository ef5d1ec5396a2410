import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import { SealAudit, VerifyAudit, type Verification } from '@cloudpam/audit';
import { sampleAuditEntry } from '@cloudpam/storage-contract';
import { openSqlite, postgresForSpec, type OpenedStorage } from './testing/storages';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const TRIGGERS = [
  'audit_entry_no_update',
  'audit_entry_no_delete',
  'audit_seal_no_update',
  'audit_seal_no_delete',
];

/** Runs a statement as one who may do everything: the owner of the file, or a superuser. */
async function asOwner(url: string, statement: string, withTriggers = false): Promise<void> {
  if (url.startsWith('sqlite:')) {
    const file = new Sqlite(url.slice('sqlite:'.length));
    try {
      const guards = file
        .prepare(
          `select name, sql from sqlite_master where type = 'trigger'
            and name in (${TRIGGERS.map((each) => `'${each}'`).join(', ')})`,
        )
        .all() as { name: string; sql: string }[];
      // Whoever tampers puts them back.
      file.exec(
        withTriggers
          ? statement
          : `${guards
              .map(
                ({ name }) => `drop trigger
            ${name};`,
              )
              .join(' ')} ${statement}; ${guards.map(({ sql }) => `${sql};`).join(' ')}`,
      );
    } finally {
      file.close();
    }
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  await client
    .query(`${withTriggers ? '' : 'set session_replication_role = replica;'} ${statement}`)
    .finally(() => client.end());
}

const postgres = postgresForSpec();

describe.each([
  ['SQLite', openSqlite],
  ['PostgreSQL', postgres.open],
] as const)('the audit log on %s', (name, open) => {
  let opened: OpenedStorage;
  const verify = (expectHead?: string): Promise<Verification> =>
    new VerifyAudit(opened.unitOfWork, sha256).execute(expectHead);
  const append = (...ids: string[]): Promise<void> =>
    opened.unitOfWork.run(({ audit }) =>
      audit.append(
        ids.map((entityId) =>
          sampleAuditEntry({
            entityId,
            diff: {
              before: { size: 1, tags: { b: 'x', a: 'é', list: [1.5, 1e-7, null, true] } },
              after: { size: 2 },
            },
          }),
        ),
      ),
    );
  const seal = (): Promise<number> => new SealAudit(opened.unitOfWork, sha256).execute();

  beforeEach(async () => {
    opened = await open();
    await append('a', 'b', 'c', 'd', 'e');
    await seal();
  });
  afterEach(() => opened.close());

  it('refuses to be changed', async () => {
    const statements = [
      'update audit_entry set reason = null',
      'delete from audit_entry',
      'update audit_seal set seq = seq',
      'delete from audit_seal',
      ...(name === 'PostgreSQL'
        ? ['truncate audit_entry', 'truncate audit_seal']
        : [
            `insert or replace into audit_entry
              (id, at, actor_type, actor_id, actor_name, action, entity_type, entity_id, diff, request_id)
              select id, at, actor_type, 'eve', actor_name, action, entity_type, entity_id, diff, request_id
              from audit_entry limit 1`,
            'replace into audit_seal select seq, entry_id, hash from audit_seal limit 1',
            'insert or replace into audit_seal select 99, entry_id, hash from audit_seal limit 1',
          ]),
    ];
    for (const statement of statements) {
      // Errors of better-sqlite3 may be of another realm, so that toThrow does not know them.
      const refusal: unknown = await asOwner(opened.url, statement, true).catch(
        (error: unknown) => error,
      );
      expect([statement, refusal]).toEqual([
        statement,
        expect.objectContaining({ message: expect.stringContaining('append-only') }),
      ]);
    }
    expect(await verify()).toMatchObject({ sealed: 5, broken: null });
  });

  it.each([
    "at = '2026-01-01T00:00:00Z'",
    "actor_type = 'system'",
    "actor_id = 'eve'",
    "actor_name = 'Eve'",
    "action = 'pool.delete'",
    "entity_type = 'vrf'",
    "entity_id = '9'",
    'diff = \'{"before":null,"after":null}\'',
    "request_id = 'r'",
    "reason = 'because'",
  ])('shows %s', async (set) => {
    const assignment = name === 'SQLite' && set.startsWith('at') ? 'at = 5' : set;
    await asOwner(opened.url, `update audit_entry set ${assignment} where entity_id = 'c'`);
    expect(await verify()).toMatchObject({
      sealed: 2,
      broken: { seq: 3, problem: expect.stringContaining('not the one that was sealed') },
    });
  });

  it('shows an entry that is gone', async () => {
    await asOwner(opened.url, "delete from audit_entry where entity_id = 'c'");
    expect((await verify()).broken).toEqual({
      seq: 3,
      problem: expect.stringMatching(/^entry \d+ was removed$/),
    });
  });

  it('shows seals that are gone, at the end too', async () => {
    const { head } = await verify();
    await asOwner(opened.url, 'delete from audit_seal where seq = 5');
    expect((await verify()).broken).toEqual({
      seq: null,
      problem: expect.stringContaining('its seal was removed'),
    });
    expect((await verify(head)).broken).toEqual({
      seq: null,
      problem: expect.stringContaining('cut off'),
    });
    await asOwner(opened.url, 'delete from audit_seal where seq = 2');
    expect((await verify()).broken).toEqual({
      seq: 2,
      problem: 'seal 2 was removed; the next one there is 3',
    });
  });

  it('shows an end that is gone with its entries, to those who noted the head', async () => {
    const { head } = await verify();
    await asOwner(
      opened.url,
      "delete from audit_seal where seq > 3; delete from audit_entry where entity_id in ('d', 'e')",
    );
    expect((await verify()).broken).toBeNull();
    expect((await verify(head)).broken).toEqual({
      seq: null,
      problem: expect.stringContaining('cut off'),
    });
  });

  it('shows two entries that changed places', async () => {
    await asOwner(
      opened.url,
      `update audit_entry set entity_id = case entity_id when 'b' then 'd' else 'b' end where entity_id in ('b', 'd')`,
    );
    expect((await verify()).broken).toMatchObject({ seq: 2 });
  });

  it('shows an entry that is gone before it was sealed', async () => {
    await append('f');
    await asOwner(opened.url, "delete from audit_entry where entity_id = 'f'");
    expect((await verify()).broken).toEqual({
      seq: null,
      problem: expect.stringContaining('before it was sealed'),
    });
  });

  it('shows an entry that was inserted past the server, without waiting to be sealed', async () => {
    await asOwner(
      opened.url,
      name === 'SQLite'
        ? `drop trigger audit_entry_await_seal; insert into audit_entry (at, actor_type,
          actor_id, actor_name, action, entity_type, entity_id, diff, request_id)
        select at, actor_type, actor_id, actor_name, action, entity_type, 'by hand', diff,
          request_id from audit_entry where entity_id = 'a'`
        : `insert into audit_entry (at, actor_type, actor_id, actor_name, action, entity_type,
          entity_id, diff, request_id)
        select at, actor_type, actor_id, actor_name, action, entity_type, 'by hand', diff,
          request_id from audit_entry where entity_id = 'a'`,
    );
    expect((await verify()).broken).toEqual({
      seq: null,
      problem: expect.stringContaining('was inserted past the server'),
    });
  });

  it('shows a guard that is gone', async () => {
    if (name === 'SQLite') {
      await asOwner(opened.url, 'drop trigger audit_seal_no_delete', true);
      expect((await verify()).broken).toEqual({
        seq: null,
        problem: expect.stringContaining('audit_seal_no_delete'),
      });
      return;
    }
    await asOwner(
      opened.url,
      'alter table audit_entry disable trigger audit_entry_append_only',
      true,
    );
    expect((await verify()).broken).toEqual({
      seq: null,
      problem: expect.stringContaining('audit_entry_append_only'),
    });
    await asOwner(
      opened.url,
      'alter table audit_entry enable trigger audit_entry_append_only',
      true,
    );
    expect((await verify()).broken).toBeNull();
  });

  it('seals what was written past the product', async () => {
    await asOwner(
      opened.url,
      `insert into audit_entry (at, actor_type, actor_id, actor_name, action, entity_type, entity_id, diff, request_id)
      select at, actor_type, actor_id, actor_name, action, entity_type, 'by hand', diff,
        request_id from audit_entry where entity_id = 'a'`,
      true,
    );
    expect(await verify()).toMatchObject({ sealed: 5, waiting: 1, broken: null });
    expect(await seal()).toBe(1);
    expect(await verify()).toMatchObject({ sealed: 6, waiting: 0, broken: null });
  });
});

describe('sealing on PostgreSQL', () => {
  it('leaves the work to the server process that has begun it, without waiting', async () => {
    const opened = await postgres.open();
    await opened.unitOfWork.run(async ({ seals }) => {
      expect(await seals.tryLock()).toBe(true);
      const client = new Client({ connectionString: opened.url });
      await client.connect();
      const { rows } = await client.query<{ taken: boolean }>(
        'select pg_try_advisory_xact_lock(4221960817) as taken',
      );
      expect(rows).toEqual([{ taken: false }]);
      await client.end();
    });
    await opened.close();
  });
});
