import { spawn } from 'node:child_process';
import { codeOf } from '../errors';
import { DumpError } from './dump-error';
import { newFile } from './new-file';
import { openSqliteFile } from './sqlite-file';
import { clientOf, databaseOf } from './urls';

/** As many pages as there are: writes between two pieces would have it begin again. */
const ALL = 0x7fff_ffff;
/** Parameters of a URL that pg_dump takes as the driver does. */
const SHARED = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'options'];

/**
 * Writes a copy of a database in its own format: an SQLite file, or an archive of pg_dump. Servers may go on writing.
 * @throws DumpError when pg_dump is missing or does not succeed
 */
export async function nativeBackup(url: string, path: string, mayReplace: boolean): Promise<void> {
  const { kind, file } = databaseOf(url);
  await newFile(path, { mayReplace, source: file }, (part) =>
    kind === 'sqlite' ? copySqlite(file, part) : dumpPostgres(url, part),
  );
}

async function copySqlite(file: string, part: string): Promise<void> {
  const connection = openSqliteFile(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    await connection.backup(part, { progress: () => ALL });
  } finally {
    connection.close();
  }
}

async function dumpPostgres(url: string, part: string): Promise<void> {
  // The password is nobody's business: neither of who lists processes, nor of who reads what pg_dump says.
  const { host, port, user, password, database } = clientOf(url);
  const asked = new URLSearchParams(url.split('?').slice(1).join('?'));
  for (const name of [...asked.keys()]) if (!SHARED.includes(name)) asked.delete(name);
  // The driver alone knows this one.
  if (asked.get('sslmode') === 'no-verify') asked.set('sslmode', 'require');
  const child = spawn(
    'pg_dump',
    [
      '--format=custom',
      '--no-owner',
      '--no-privileges',
      `--file=${part}`,
      `--dbname=postgres:///?${String(asked).replaceAll('+', '%20')}`,
    ],
    {
      env: {
        ...process.env,
        PGHOST: host,
        PGPORT: String(port),
        PGDATABASE: database,
        ...(user !== undefined && { PGUSER: user }),
        ...(password != null && { PGPASSWORD: password }),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', (error) =>
      reject(
        codeOf(error) === 'ENOENT'
          ? new DumpError(
              'pg_dump is not installed here; it comes with the client of PostgreSQL. ' +
                'Without --native a dump is made that needs nothing',
            )
          : error,
      ),
    );
  });
  if (code !== 0) throw new DumpError(`pg_dump did not succeed: ${said.trim()}`);
}
