import { startServer, type Server } from './start-server';
import { POSTGRES, SQLITE, type Database } from './storages';

/** The databases on which clients race, each with as many servers as it takes. */
export const GROUPS = [
  { ...POSTGRES, processes: 2 },
  { ...SQLITE, processes: 1 },
] as const;

/**
 * Starts server processes over one new database before the tests of a block, and stops them after.
 * @returns the server that a client asks, by the number of the client
 */
export function serverGroup({
  open,
  processes,
}: (typeof GROUPS)[number]): (client: number) => Server {
  let database: Database;
  let servers: Server[];
  beforeAll(async () => {
    database = await open();
    servers = await Promise.all(Array.from({ length: processes }, () => startServer(database.url)));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await database.remove();
  });
  return (client) => {
    const server = servers[client % servers.length];
    if (!server) throw new Error('no server was started');
    return server;
  };
}
