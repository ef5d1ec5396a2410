import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { samplePool } from '@cloudpam/storage-contract';
import { MIGRATIONS } from '../testing/storages';
import { backup, move, restore } from '.';
import { body, databasesForSpec, KINDS, MADE, TABLES, verify } from './databases.fixture';
import { DumpError } from './dump-error';

describe('a dump that is restored', () => {
  const { ask, dumpOf, empty, file, filled, open, using } = databasesForSpec();

  it.each(KINDS)(
    'that is cut off anywhere is refused on %s, and nothing is written',
    async (to) => {
      const dump = await dumpOf(await filled('sqlite'));
      const url = await empty[to]();
      const ends = [0, 1, 100, dump.indexOf('\n') + 1, dump.lastIndexOf('\n', dump.length - 2) + 1];
      for (let n = 1; n < 20; n++) ends.push(Math.floor((dump.length * n) / 20));
      for (const end of [...ends, dump.length - 2]) {
        writeFileSync(file('cut'), dump.slice(0, end));
        await expect(restore(url, MIGRATIONS, file('cut'))).rejects.toThrow(DumpError);
      }
      if (to === 'sqlite') expect(existsSync(url.slice('sqlite:'.length))).toBe(false);
      else expect(await ask(url, TABLES.postgres)).toEqual([]);
    },
  );

  it('that was changed is refused, wherever that was', async () => {
    const dump = await dumpOf(await filled('sqlite'));
    const url = await empty.sqlite();
    const changed = [
      dump.replace('10.128.6.0/24', '10.128.7.0/24'),
      dump.replace(/\n\["ada".*\n/, '\n'),
      dump.replace('"product":"0.0.0"', '"product":"0.0.1"'),
      dump.replace(/,"columns":\[.*?\]/, ''),
      `${dump}[]\n`,
      dump.replace('"pool":3', '"pool":4'),
      dump.replace(/"sha256":"../, '"sha256":"zz'),
      'SQLite format 3\0 and so on',
      'PGDMP and so on',
      '{"format":"other"}\n',
    ];
    for (const text of changed) {
      expect(text).not.toBe(dump);
      writeFileSync(file('changed'), text);
      await expect(restore(url, MIGRATIONS, file('changed'))).rejects.toThrow(DumpError);
    }
    writeFileSync(file('good'), dump);
    await restore(url, MIGRATIONS, file('good'));
  });

  it('that is packed is refused when it is cut off', async () => {
    const path = file('packed.gz');
    await backup(await filled('sqlite'), MIGRATIONS, path, MADE, { mayReplace: false });
    const bytes = readFileSync(path);
    expect(gunzipSync(bytes).toString()).toContain('"cloudpam-dump"');
    writeFileSync(path, bytes.subarray(0, bytes.length / 2));
    await expect(restore(await empty.sqlite(), MIGRATIONS, path)).rejects.toThrow('cut off');
  });

  it.each(KINDS)('is refused by a database on %s that has anything in it', async (to) => {
    const [from, url] = [await filled('sqlite'), await empty[to]()];
    await using(url, ({ unitOfWork }) =>
      unitOfWork.run(({ pools }) => pools.insert([samplePool({ id: 1, cidr: '10.0.0.0/8' })])),
    );
    await expect(move(from, url, MIGRATIONS, MADE)).rejects.toThrow(
      'not empty: there are rows in pool',
    );
    expect(await ask(url, 'select id from pool')).toHaveLength(1);
  });

  it.each(KINDS)(
    'fills a database on %s that a migration alone was run on, or takes back what it has written',
    async (to) => {
      const url = await empty[to]();
      await using(url, async () => undefined);
      const dump = await dumpOf(await filled('sqlite'));
      const lines = dump.split('\n');
      const at = lines.findIndex((line) => line.includes('2001:db8::/48'));
      // The address is another one, and the hash is right: the database itself refuses it, in the middle.
      lines[at] = (lines[at] ?? '').replace(/"2001(0db8)?[0-9a-f]{24,}"/g, '"20"');
      writeFileSync(file('wrong'), withHash(lines));
      await expect(restore(url, MIGRATIONS, file('wrong'))).rejects.toThrow('of pool are refused');
      expect(await ask(url, 'select id from account')).toEqual([]);
      writeFileSync(file('right'), dump);
      await restore(url, MIGRATIONS, file('right'));
      expect(body(await dumpOf(url))).toBe(body(dump));
    },
  );

  it.each(KINDS)('of an older version is restored on %s and brought up to date', async (to) => {
    const older = file('older');
    cpSync(MIGRATIONS, older, { recursive: true });
    for (const kind of ['sqlite', 'postgres'])
      for (const name of readdirSync(join(older, kind)))
        if (name > '0024') rmSync(join(older, kind, name));
    const [from, url] = [await empty.sqlite(), await empty[to]()];
    await (await open(from, older)).close();
    await move(from, url, MIGRATIONS, MADE);
    await using(url, async (storage) => {
      expect(await storage.pendingMigrations()).toEqual([]);
      expect(await verify(storage)).toMatchObject({ broken: null });
    });
    await using(await empty[to](), async () => undefined);
    const newer = await empty[to]();
    await using(newer, async () => undefined);
    await expect(move(from, newer, MIGRATIONS, MADE)).rejects.toThrow(
      'restore into a database without tables',
    );
    const newDump = await filled('sqlite');
    writeFileSync(file('new'), await dumpOf(newDump));
    await expect(restore(await empty[to](), older, file('new'))).rejects.toThrow(
      'has the migration 0024-subscribers, which this version does not know',
    );
    await expect(dumpOf(newDump, older)).rejects.toThrow('migrated by a newer version');
  });
});

/** The lines, with a last one that fits them. */
function withHash(lines: readonly string[]): string {
  const end = lines.findLastIndex((line) => line.startsWith('{"end"'));
  const text = lines
    .slice(0, end)
    .map((line) => `${line}\n`)
    .join('');
  const hash = createHash('sha256').update(text).digest('hex');
  return `${text}${(lines[end] ?? '').replace(/"sha256":".*"/, `"sha256":"${hash}"`)}\n`;
}
