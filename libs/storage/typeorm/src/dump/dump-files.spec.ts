import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { MIGRATIONS } from '../testing/storages';
import { backup, nativeBackup, restore } from '.';
import { body, databasesForSpec, MADE } from './databases.fixture';
import { newFile } from './new-file';

const FORCE = { mayReplace: true };

describe('the file of a backup', () => {
  const { dumpOf, empty, file, filled } = databasesForSpec();

  it('never takes the place of the database, by whatever name, nor of what is no file', async () => {
    const url = await filled('sqlite');
    const path = url.slice('sqlite:'.length);
    const before = await dumpOf(url);
    symlinkSync(path, file('link'));
    for (const name of [path, file('link')])
      for (const from of [url, `sqlite:${file('link')}`]) {
        await expect(backup(from, MIGRATIONS, name, MADE, FORCE)).rejects.toThrow('itself');
        await expect(nativeBackup(from, name, true)).rejects.toThrow('itself');
      }
    writeFileSync(`${path}-wal`, '');
    await expect(nativeBackup(url, `${path}-wal`, true)).rejects.toThrow('itself');
    mkdirSync(file('folder'));
    await expect(nativeBackup(url, file('folder'), true)).rejects.toThrow('is no file');
    await expect(backup(url, MIGRATIONS, '/dev/null', MADE, FORCE)).rejects.toThrow('is no file');
    expect(body(await dumpOf(url))).toBe(body(before));
  });

  it('is made beside what a process of the same id has left, or still writes', async () => {
    const left = file(`.a.${process.pid}.part`);
    writeFileSync(left, 'of another one');
    await newFile(file('a'), { mayReplace: false }, async (part) => {
      await newFile(file('a'), { mayReplace: false }, async (other) => writeFileSync(other, '1'));
      writeFileSync(part, '2');
    }).catch((error: unknown) => expect(String(error)).toContain('--force'));
    expect([readFileSync(file('a'), 'utf8'), readFileSync(left, 'utf8')]).toEqual([
      '1',
      'of another one',
    ]);
  });

  it('leaves nothing beside it when it cannot be written', async () => {
    const failed = newFile(file('a'), { mayReplace: false }, async (part) => {
      writeFileSync(`${part}-journal`, '');
      throw new Error('the disk is full');
    });
    await expect(failed).rejects.toThrow('full');
    expect(readdirSync(file('.'))).toEqual([]);
  });

  it('that is none is refused before it is in memory, and so is what cannot be read twice', async () => {
    const url = await empty.sqlite();
    const zeros = openSync(file('zeros'), 'w');
    ftruncateSync(zeros, 8 * 2 ** 30);
    closeSync(zeros);
    await expect(restore(url, MIGRATIONS, file('zeros'))).rejects.toThrow('is no dump');
    await expect(restore(url, MIGRATIONS, file('.'))).rejects.toThrow('is no file');
    await expect(restore(url, MIGRATIONS, file('none'))).rejects.toThrow('there is no file');
    spawnSync('mkfifo', [file('pipe')]);
    await expect(restore(url, MIGRATIONS, file('pipe'))).rejects.toThrow('is no file');
    expect(existsSync(url.slice('sqlite:'.length))).toBe(false);
  });

  it('of pg_dump is asked for in its words, and the password is in none of them', async () => {
    const program = file('pg_dump');
    // Tells what it was given, in place of a dump.
    writeFileSync(
      program,
      '#!/bin/sh\nfor a; do case $a in --file=*) f=${a#--file=};; esac; done\n' +
        'echo "$*|$PGUSER|$PGPASSWORD|$PGHOST|$PGPORT|$PGDATABASE" >"$f"\n',
    );
    chmodSync(program, 0o700);
    const path = process.env['PATH'];
    process.env['PATH'] = `${file('.')}:${path}`;
    try {
      for (const [at, [url, given]] of [
        [
          'postgres://u:hunter%402@db:6432/x?uselibpqcompat=true&sslmode=require',
          'u|hunter@2|db|6432|x',
        ],
        ['postgres://db/x?user=u&password=hunter@2&sslmode=no-verify', 'u|hunter@2|db|5432|x'],
        ['postgres://u:hunter%402@/x?host=/run/sql&sslmode=require', 'u|hunter@2|/run/sql|5432|x'],
      ].entries()) {
        await nativeBackup(url ?? '', file(`native-${at}`), false);
        const [words = '', ...rest] = readFileSync(file(`native-${at}`), 'utf8')
          .trim()
          .split('|');
        expect(words).toMatch(/ --dbname=postgres:\/\/\/\?sslmode=require$/);
        expect(rest.join('|')).toBe(given);
      }
    } finally {
      process.env['PATH'] = path;
    }
  });
});
