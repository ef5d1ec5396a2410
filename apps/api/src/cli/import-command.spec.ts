import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatCidr } from '@cloudpam/cidr';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { readConfig } from '../config/config';
import { STORAGE, type Storage } from '../storage/storage';
import { UsageError } from './command';
import { commandsOver } from './run-command';

const CSV = 'Network,Name,Ticket\n10.0.0.0/8,all,T-1\n10.1.0.0/16,berlin,T-2\n';

describe('the import command', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-import-'));
  let app: INestApplicationContext;
  let output: string;
  let code: number;

  beforeEach(async () => {
    app = await NestFactory.createApplicationContext(
      AppModule.over(readConfig({ DATABASE_URL: 'memory:' })),
      { logger: false },
    );
    output = '';
  });
  afterEach(() => app.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (name: string, content: string | Uint8Array): string => {
    const where = path.join(folder, name);
    writeFileSync(where, content);
    return where;
  };
  const run = async (...args: string[]): Promise<string> => {
    const say = (line: string): void => void (output += `${line}\n`);
    const write = async (text: string): Promise<void> => void (output += text);
    const commands = commandsOver(
      async (work) => {
        code = await work({ app, say, write });
      },
      () => Promise.reject(new Error('no such command here')),
      { writeErr: () => undefined },
    );
    output = '';
    await commands.parseAsync(['import', ...args], { from: 'user' });
    return output;
  };
  const pools = (): Promise<string[]> =>
    app
      .get<Storage>(STORAGE)
      .unitOfWork.read(async (stores) =>
        (
          await stores.pools.list({}, { sort: [{ field: 'cidr', descending: false }], size: 100 })
        ).items.map(({ cidr, name, tags }) =>
          [formatCidr(cidr), name, JSON.stringify(tags)].join(' '),
        ),
      );

  it('shows the plan of a dry run, does just that, and changes nothing the second time', async () => {
    const csv = file('a.csv', CSV);
    const shown = await run(csv, '--dry-run');
    expect(shown).toMatch(/^pool: 2 create\nnothing was imported; the plan is [0-9a-f]{64}\n$/);
    expect([code, await pools()]).toEqual([0, []]);
    const [plan = ''] = /[0-9a-f]{64}/.exec(shown) ?? [];
    expect(await run(csv, '--plan', plan)).toBe('pool: 2 create\nimported\n');
    expect(await pools()).toEqual(['10.0.0.0/8 all {}', '10.1.0.0/16 berlin {}']);
    expect(await run(csv)).toBe('pool: 2 unchanged\nimported\n');
    await expect(run(csv, '--plan', plan)).rejects.toThrow('The plan is another one by now');
  });

  it('reads workbooks, and columns as a map says', async () => {
    const { workbookOf } = await import('@cloudpam/workbook');
    const book = workbookOf([
      { name: 'Netze', columns: ['Netz', 'Ticket'], rows: [['10.2.0.0/16', 'Köln']] },
    ]);
    const map = file('map.json', JSON.stringify({ columns: { cidr: 'Netz' }, tags: ['Ticket'] }));
    await run(file('b.xlsx', await book), '--map', map);
    expect(await pools()).toEqual([expect.stringContaining('{"Ticket":"Köln"}')]);
  });

  it('writes nothing where a row is wrong, and the others when that is asked for', async () => {
    const csv = file('c.csv', `${CSV}10.1.0.1/16,x,y\n`);
    const told = await run(csv);
    expect(told).toContain('c.csv:4:Network: ');
    expect(told).toContain('10.1.0.0/16');
    expect([code, await pools()]).toEqual([1, []]);
    const report = path.join(folder, 'report.json');
    await run(csv, '--partial', '--report', report);
    expect([code, (await pools()).length]).toEqual([1, 2]);
    const { rows, applied } = JSON.parse(readFileSync(report, 'utf8')) as {
      applied: boolean;
      rows: { line: number; action: string; code: string | null; id: number | null }[];
    };
    expect(applied).toBe(true);
    expect(rows.map(({ line, action, code: why }) => [line, action, why])).toEqual([
      [2, 'create', null],
      [3, 'create', null],
      [4, 'error', 'host_bits'],
    ]);
    expect(rows[0]?.id).toBeGreaterThan(0);
  });

  it('says what it cannot read', async () => {
    for (const args of [
      [path.join(folder, 'nothing.csv')],
      [file('d.zip', 'PK\u0003\u0004no zip')],
      [file('e.xls', 'no workbook')],
      [file('a.csv', CSV), '--map', file('no.json', '{')],
      [file('a.csv', CSV), '--map', file('no.json', '{"colums":{}}')],
      [file('a.csv', CSV), '--format', 'phpipam'],
    ])
      await expect(run(...args)).rejects.toThrow(UsageError);
    expect(await pools()).toEqual([]);
  });
});
