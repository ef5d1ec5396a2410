import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ROOT, startServer, type Server } from './start-server';
import { SQLITE, type Database } from './storages';

describe('events tail', () => {
  let database: Database;
  let server: Server;

  beforeAll(async () => {
    database = await SQLITE.open();
    server = await startServer(database.url);
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  const makes = (name: string): Promise<unknown> =>
    server.api.expect(201, server.api.post('/vrfs', { name }));

  it('ends without a word when nobody reads it any more', async () => {
    await makes('first');
    const cli = path.join(ROOT, 'apps/api/dist/cli.js');
    const tail = spawn(process.execPath, [cli, 'events', 'tail', '--after', '0'], {
      env: { PATH: process.env['PATH'], DATABASE_URL: database.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    tail.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString()));
    const ended = once(tail, 'close');
    const [chunk] = (await once(tail.stdout, 'data')) as [Buffer];
    expect(JSON.parse(chunk.toString().split('\n')[0] ?? '')).toMatchObject({ id: '1' });
    tail.stdout.destroy();
    await makes('second');
    expect([await ended, errors]).toEqual([[0, null], '']);
  });
});
