import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Api, type List, type Pool } from './api';
import { entriesAsked } from './entries-asked';
import { eventually } from './eventually';
import { ROOT, startServer, TOKEN, type Server } from './start-server';
import { LASTING, type Database } from './storages';
import { treeFaults } from './tree-faults';

const ENDING = '.cloudpam';

function run(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(
    process.execPath,
    [path.join(ROOT, `apps/${program}/dist/main.js`), ...args],
    { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

/** The collector writes what it sees of the demo estate into a folder. */
const collect = (folder: string, token = TOKEN): Promise<{ code: number | null; output: string }> =>
  run(
    'collector',
    [
      'run',
      '--provider',
      'files',
      '--path',
      path.join(ROOT, 'examples/estate'),
      '--sink',
      `file:${folder}`,
    ],
    { CLOUDPAM_TOKEN: token },
  );
const filesIn = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith(ENDING)).sort();

describe.each(LASTING)(
  'snapshot files for a network without a route to the server, over $name',
  ({ open }) => {
    let database: Database;
    let server: Server;
    let folder: string;
    const api = (): Api => server.api;
    const importFiles = () =>
      run('api', ['import-snapshots', folder], { DATABASE_URL: database.url });
    const audits = (): Promise<number> => entriesAsked(api());
    const pools = async (): Promise<number> =>
      (await api().expect(200, api().get<List<Pool>>('/pools?page_size=1'))).total;

    beforeAll(async () => {
      database = await open();
      server = await startServer(database.url);
    });
    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-hand-over-'));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));
    afterAll(async () => {
      await server.stop();
      await database.remove();
    });

    it('are taken with everything in them, and change nothing the second time', async () => {
      expect((await collect(folder)).code).toBe(0);
      expect(filesIn(folder)).toHaveLength(11);
      const { code, output } = await importFiles();
      expect([code, output.trim().split('\n').at(-1)]).toEqual([0, '11 applied, 0 refused']);
      expect([filesIn(folder).length, filesIn(path.join(folder, 'applied')).length]).toEqual([
        0, 11,
      ]);
      expect(
        (await api().expect(200, api().get<List<unknown>>('/discovery/networks?page_size=1')))
          .total,
      ).toBe(31);
      expect(treeFaults(await api().all<Pool>('/pools'))).toEqual([]);
      const before = [await audits(), await pools()];
      await collect(folder);
      expect((await importFiles()).code).toBe(0);
      expect([await audits(), await pools()]).toEqual(before);
    });

    it('are refused, each with its reason, when they were changed, cut, or signed by someone who may not', async () => {
      const before = [await audits(), await pools()];
      const make = async (fields: object): Promise<string> =>
        (
          await api().expect(
            201,
            api().post<{ secret: string }>('/tokens', { name: 'writer', ...fields }),
          )
        ).secret;
      const tokens = {
        viewer: await make({ role: 'viewer' }),
        scoped: await make({ role: 'collector', accounts: ['aws:999999999999'] }),
        revoked: await make({ role: 'collector' }),
      };
      const list = await api().expect(200, api().get<List<{ id: number }>>('/tokens?page_size=1'));
      await api().expect(200, api().delete(`/tokens/${list.items[0]?.id ?? 0}`));
      const granted = await audits();
      for (const [kind, token] of Object.entries(tokens)) {
        const from = path.join(folder, kind);
        mkdirSync(from);
        expect((await collect(from, token)).code).toBe(0);
        const [file = ''] = filesIn(from);
        writeFileSync(path.join(folder, `${kind}${ENDING}`), readFileSync(path.join(from, file)));
      }
      const good = path.join(folder, 'good');
      mkdirSync(good);
      await collect(good);
      const bytes = readFileSync(path.join(good, filesIn(good)[0] ?? ''));
      const changed = Buffer.from(bytes);
      changed[changed.length - 20] = (changed[changed.length - 20] ?? 0) ^ 1;
      writeFileSync(path.join(folder, `changed${ENDING}`), changed);
      writeFileSync(
        path.join(folder, `renumbered${ENDING}`),
        bytes.toString('latin1').replace('"sequence":1', '"sequence":9'),
        'latin1',
      );
      writeFileSync(path.join(folder, `nonsense${ENDING}`), 'not a snapshot');
      const { code, output } = await importFiles();
      expect([code, output.trim().split('\n').at(-1)]).toEqual([1, '0 applied, 6 refused']);
      const reason = (kind: string): string =>
        readFileSync(path.join(folder, 'refused', `${kind}${ENDING}.reason.txt`), 'utf8');
      for (const kind of ['revoked', 'changed', 'renumbered'])
        expect(reason(kind)).toContain('unauthenticated');
      for (const kind of ['viewer', 'scoped']) expect(reason(kind)).toContain('forbidden');
      expect(reason('nonsense')).toContain('not_a_snapshot_file');
      expect([(await audits()) - granted, await pools()]).toEqual([0, before[1]]);
    });

    it('are taken from a folder that two servers watch, as they come', async () => {
      const watching = await Promise.all(
        [1, 2].map(() => startServer(database.url, { SNAPSHOT_DIR: folder })),
      );
      try {
        expect((await collect(folder)).code).toBe(0);
        await eventually(
          'all files to be taken',
          async () => filesIn(path.join(folder, 'applied')).length === 11,
        );
        expect(filesIn(folder)).toEqual([]);
        expect(existsSync(path.join(folder, 'refused'))).toBe(false);
        for (const each of watching) expect(each.output()).not.toContain('could not be read');
      } finally {
        for (const each of watching) await each.stop();
      }
    });
  },
);
