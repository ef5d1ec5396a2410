import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import { SealAudit, VerifyAudit, type NewAuditEntry, type Verification } from '@cloudpam/audit';
import { sampleAuditEntry } from '@cloudpam/storage-contract';
import { startPostgres, type PostgresServer } from '@cloudpam/storage-typeorm/testing';
import { hmacWith } from '../storage/proving-storage';
import { openStorageAt } from '../storage/storage';
import { sha256 } from './sha256';

const KEY = 'a-key-of-the-servers-of-more-than-32-characters';
const OTHER_KEY = 'another-key-that-no-server-here-has-ever-known';
const COLUMNS =
  'at, actor_type, actor_id, actor_name, action, entity_type, entity_id, diff, request_id, reason';

/** As the owner of the database, with all triggers on. */
async function asOwner(url: string, statement: string): Promise<void> {
  if (url.startsWith('sqlite:')) {
    const file = new Sqlite(url.slice('sqlite:'.length));
    try {
      file.exec(statement);
    } finally {
      file.close();
    }
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

describe.each(['SQLite', 'PostgreSQL'] as const)(
  'the audit log of servers with a key, on %s',
  (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'cloudpam-proofs-'));
    let server: PostgresServer | undefined;
    let files = 0;
    let url: string;
    beforeAll(async () => {
      if (name === 'PostgreSQL') server = await startPostgres();
    }, 60_000);
    afterAll(async () => {
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    beforeEach(async () => {
      url = server ? await server.database() : `sqlite:${join(folder, `${(files += 1)}.sqlite`)}`;
    });

    const entry = (entityId: string): NewAuditEntry =>
      sampleAuditEntry({
        at: new Date('2026-01-31T12:00:00.123Z'),
        actor: { type: 'user', id: 'ada', name: 'Ada Ü' },
        type: 'pool.update',
        entityId,
        version: entityId === 'b' ? 2 : 1,
        diff: {
          before: { tags: { b: 'x', a: 'é' }, n: 1.5 },
          after: { tags: null, list: [1e-7, true] },
        },
        requestId: 'r',
        reason: entityId === 'a' ? null : 'because',
      });
    const append = async (key: string | undefined, ...ids: string[]): Promise<void> => {
      const storage = await openStorageAt(url, undefined, key);
      await storage.unitOfWork.run(({ audit }) => audit.append(ids.map(entry)));
      await new SealAudit(storage.unitOfWork, sha256).execute();
      await storage.close();
    };
    const verify = async (...keys: string[]): Promise<Verification> => {
      const storage = await openStorageAt(url);
      await new SealAudit(storage.unitOfWork, sha256).execute();
      const verification = await new VerifyAudit(
        storage.unitOfWork,
        sha256,
        keys.map(hmacWith),
      ).execute();
      await storage.close();
      return verification;
    };
    const past = {
      seq: 4,
      problem: expect.stringContaining('was inserted past the servers') as string,
    };

    it('is right from the first entry on that has a proof', async () => {
      await append(undefined, 'before');
      await append(KEY, 'a', 'b');
      expect(await verify(KEY)).toMatchObject({ sealed: 3, provenFrom: 2, broken: null });
      expect(await verify()).toMatchObject({ sealed: 3, provenFrom: null, broken: null });
      await append(OTHER_KEY, 'c');
      expect((await verify(KEY)).broken).toEqual(past);
      expect(await verify(OTHER_KEY, KEY)).toMatchObject({
        sealed: 4,
        provenFrom: 2,
        broken: null,
      });
    });

    it.each([
      [
        'without a proof',
        `insert into audit_entry (${COLUMNS}) select ${COLUMNS} from audit_entry where entity_id = 'b'`,
      ],
      [
        'with a proof of its own making',
        `insert into audit_entry (${COLUMNS}, proof) select ${COLUMNS}, '00.11' from audit_entry where entity_id = 'b'`,
      ],
    ])('shows an entry that was inserted past the servers, %s', async (_, statement) => {
      await append(KEY, 'a', 'b', 'c');
      await asOwner(url, statement);
      expect((await verify(KEY)).broken).toEqual(past);
      expect((await verify()).broken).toBeNull();
    });

    it('takes no proof twice', async () => {
      await append(KEY, 'a');
      const copy = asOwner(
        url,
        `insert into audit_entry (${COLUMNS}, proof) select ${COLUMNS}, proof from audit_entry`,
      );
      // The driver's errors are not always those of this realm.
      expect(await copy.then(() => 'done', String)).toMatch(/proof/);
      expect(await verify(KEY)).toMatchObject({ sealed: 1, broken: null });
    });

    it('shows a copy that was made without what keeps it out, and that this is gone', async () => {
      await append(KEY, 'a');
      await asOwner(url, 'drop index audit_entry_proof');
      expect((await verify(KEY)).broken?.problem).toContain('audit_entry_proof');
      if (url.startsWith('sqlite')) await asOwner(url, 'drop trigger audit_entry_no_copy');
      await asOwner(
        url,
        `insert into audit_entry (${COLUMNS}, proof) select ${COLUMNS}, proof from audit_entry`,
      );
      expect((await verify(KEY)).broken?.problem).toContain('has the proof of another one');
    });
  },
);
