import {
  closeSync,
  createReadStream,
  createWriteStream,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { codeOf } from '../errors';
import { DumpError } from './dump-error';
import { newFile, type Replacing } from './new-file';

/** Writes a dump to a new file, packed where the name ends in `.gz`. */
export function writeDumpFile(
  path: string,
  replacing: Replacing,
  lines: AsyncIterable<string>,
): Promise<void> {
  return newFile(path, replacing, async (part) => {
    const [text, file] = [Readable.from(lines), createWriteStream(part, { flags: 'r+' })];
    await (path.endsWith('.gz') ? pipeline(text, createGzip(), file) : pipeline(text, file));
  });
}

/** The bytes of a dump, unpacked. @throws DumpError for a file that is something else */
export async function* readDumpFile(path: string): AsyncGenerator<Buffer> {
  const there = statSync(path, { throwIfNoEntry: false });
  // It is read more than once, which no pipe can be.
  if (!there?.isFile())
    throw new DumpError(there ? `${path} is no file` : `there is no file ${path}`);
  const begin = beginOf(path);
  if (begin.toString('latin1').startsWith('SQLite format 3'))
    throw new DumpError(
      `${path} is an SQLite file. While no server runs, put it in the place of the one in DATABASE_URL, without ` +
        'the files -wal and -shm that are beside that one',
    );
  if (begin.toString('latin1').startsWith('PGDMP'))
    throw new DumpError(`${path} is a dump of pg_dump, which pg_restore takes`);
  const isPacked = begin[0] === 0x1f && begin[1] === 0x8b;
  const file = createReadStream(path);
  const bytes = isPacked ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => bytes.destroy(error));
  try {
    for await (const chunk of bytes) yield chunk as Buffer;
  } catch (error) {
    throw /^Z_/.test(codeOf(error)) || codeOf(error) === 'ERR_BUFFER_TOO_LARGE'
      ? new DumpError(`the dump is cut off or changed: ${path} cannot be unpacked`)
      : error;
  } finally {
    file.destroy();
  }
}

function beginOf(path: string): Buffer {
  const begin = Buffer.alloc(16);
  const file = openSync(path, 'r');
  readSync(file, begin, 0, begin.length, 0);
  closeSync(file);
  return begin;
}
