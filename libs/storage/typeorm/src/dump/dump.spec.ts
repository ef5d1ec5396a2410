import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleVrf } from '@cloudpam/storage-contract';
import { MIGRATIONS } from '../testing/storages';
import { backup, move, restore } from '.';
import { body, databasesForSpec, KINDS, MADE, TABLES, verify } from './databases.fixture';
import { LEFT_OUT } from './table';

describe('a dump', () => {
  const { ask, dumpOf, empty, file, filled, open, using } = databasesForSpec();

  describe.each([
    ['sqlite', 'postgres'],
    ['postgres', 'sqlite'],
  ] as const)('from %s to %s and back', (from, to) => {
    it('is the same, byte for byte, and has a row of every table', async () => {
      const first = await filled(from);
      const [second, third] = [await empty[to](), await empty[from]()];
      const { rows } = await move(first, second, MIGRATIONS, MADE);
      await move(second, third, MIGRATIONS, MADE);
      const dumps = await Promise.all([first, second, third].map((url) => dumpOf(url)));
      expect(body(dumps[1] ?? '')).toBe(body(dumps[0] ?? ''));
      expect(body(dumps[2] ?? '')).toBe(body(dumps[0] ?? ''));
      expect(Object.entries(rows).filter(([, each]) => each === 0)).toEqual([]);
      expect(rows).toMatchObject({ pool: 310, audit_entry: 7, audit_seal: 6, audit_unsealed: 1 });
      const tables = (await ask(first, TABLES[from])).map(({ name }) => String(name));
      expect(tables.filter((each) => !(each in rows) && !(each in LEFT_OUT))).toEqual([]);
    });

    it('leaves a log that verifies, ids that go on, and the same free space', async () => {
      const [first, second] = [await filled(from), await empty[to]()];
      await move(first, second, MIGRATIONS, MADE);
      const [before, after] = await Promise.all(
        [first, second].map((url) =>
          using(url, async (storage) => ({
            log: await verify(storage),
            ids: await storage.unitOfWork.run(async (stores) => [
              await stores.pools.reserveIds(2),
              await stores.discovery.reserveResourceIds(1),
              (await stores.vrfs.insert(sampleVrf({ name: 'next' }))).id,
            ]),
            free: await storage.unitOfWork.run(({ pools }) =>
              pools.freeBlocks(4, { order: 'address', limit: 1_000 }),
            ),
          })),
        ),
      );
      expect(after).toEqual(before);
      expect(after?.log).toMatchObject({ sealed: 6, waiting: 1, broken: null });
    });
  });

  it('has a table that a later migration makes, without a word about it', async () => {
    const later = file('later');
    cpSync(MIGRATIONS, later, { recursive: true });
    writeFileSync(
      join(later, 'sqlite', '0999-x.sql'),
      'create table thing (id integer primary key) strict;',
    );
    const url = await empty.sqlite();
    await (await open(url, later)).close();
    await ask(url, 'insert into thing values (7) returning id');
    expect(await dumpOf(url, later)).toContain(
      '{"table":"thing","columns":["id"]}\n[7]\n{"rows":1}',
    );
  });

  it.each([
    ['sqlite', 'create virtual table thing using fts5 (name)', 'thing has no primary key'],
    ['postgres', 'create table thing (id int primary key, at point)', 'thing.at is of type point'],
  ] as const)('on %s names what it cannot hold: %s', async (kind, statement, message) => {
    const later = file('later');
    cpSync(MIGRATIONS, later, { recursive: true });
    writeFileSync(join(later, kind, '0999-x.sql'), `${statement};`);
    const url = await empty[kind]();
    await (await open(url, later)).close();
    await expect(dumpOf(url, later)).rejects.toThrow(message);
  });

  it.each(KINDS)('is of one moment on %s, whatever is written meanwhile', async (from) => {
    const url = await filled(from);
    const before = await dumpOf(url);
    await using(url, async ({ unitOfWork }) => {
      let written: Promise<unknown> | undefined;
      await backup(url, MIGRATIONS, file('during'), MADE, {
        mayReplace: false,
        progress: () =>
          (written ??= unitOfWork.run(({ vrfs }) => vrfs.insert(sampleVrf({ name: 'during' })))),
      });
      await written;
    });
    expect(body(readFileSync(file('during'), 'utf8'))).toBe(body(before));
    expect(body(await dumpOf(url))).not.toBe(body(before));
  });

  it('is for its owner alone, and takes the place of no other file unless told', async () => {
    const url = await filled('sqlite');
    writeFileSync(file('d'), 'mine', { mode: 0o644 });
    await expect(backup(url, MIGRATIONS, file('d'), MADE, { mayReplace: false })).rejects.toThrow(
      '--force',
    );
    expect(readFileSync(file('d'), 'utf8')).toBe('mine');
    await backup(url, MIGRATIONS, file('d'), MADE, { mayReplace: true });
    expect(statSync(file('d')).mode & 0o777).toBe(0o600);
    expect(readdirSync(file('.')).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('cannot be made of what lives in memory, nor restored there', async () => {
    await expect(
      backup('memory:', MIGRATIONS, file('d'), MADE, { mayReplace: false }),
    ).rejects.toThrow('in memory');
    await expect(restore('memory:', MIGRATIONS, file('d'))).rejects.toThrow('in memory');
  });
});
