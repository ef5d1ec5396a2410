import { createRequire } from 'node:module';
import type Sqlite from 'better-sqlite3';

const load = createRequire(__filename);
const [MAJOR = 0] = process.versions.node.split('.').map(Number);

const NAME = MAJOR >= 22 ? 'better-sqlite3-13' : 'better-sqlite3';

/**
 * better-sqlite3 for the Node that runs: 12 does not know its process any more from Node 24.19 on,
 * where it was compiled, and 13 does not run on Node 20.
 * @throws Error that says what to do where it could not be installed
 */
export function sqliteDriver(): typeof Sqlite {
  try {
    return load(NAME) as typeof Sqlite; // both have its types
  } catch (error) {
    throw new Error(
      `SQLite cannot be used: ${NAME} is not installed for Node ${process.versions.node}. ` +
        'Run npm ci with this Node; on Node 20 it needs a C++ compiler and Python where no ' +
        'binary can be fetched.',
      { cause: error },
    );
  }
}

/** Where it is, for a thread that loads it itself. */
export function sqliteDriverPath(): string {
  return load.resolve(NAME);
}
