import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backup } from '@cloudpam/storage-typeorm';
import { MIGRATIONS } from '../../storage/storage';
import { exitCode } from './diagnosis';
import { examined, Examined, plant, wrongIn } from './examined.fixture';

describe('an examination of a database', () => {
  const databases = new Examined();

  it.each(['SQLite', 'PostgreSQL'] as const)(
    'finds nothing wrong with a database on %s, and changes nothing of it',
    async (kind) => {
      const url = databases.urls[kind];
      const dump = async (name: string): Promise<string> => {
        await backup(
          url,
          MIGRATIONS,
          join(databases.folder, name),
          { product: '', at: new Date(0) },
          { mayReplace: false },
        );
        return readFileSync(join(databases.folder, name), 'utf8');
      };
      const before = await dump('before');
      const found = await examined(url);
      expect(wrongIn(found)).toEqual([]);
      expect(exitCode(Object.values(found))).toBe(0);
      expect(Object.keys(found)).toEqual([
        'settings',
        'database',
        ...(kind === 'SQLite' ? ['disk'] : []),
        'migrations',
        'clock',
        'audit log',
        'references',
        'tree',
        'free blocks',
        'search',
      ]);
      expect(await dump('after')).toBe(before);
    },
  );

  // Nobody refuses what is planted here: the rows of PostgreSQL are written as its replication writes them.
  it.each<[string, string, string, RegExp]>([
    [
      'a pool outside its parent',
      'tree',
      `update pool set lo = (select lo from pool where cidr = '192.168.0.0/16'), hi = (select hi from pool
        where cidr = '192.168.0.0/16'), plen = 116, cidr = '192.168.0.0/20' where cidr = '10.128.6.0/24'`,
      /has the parent \d+, and the smallest pool around it is \d+/,
    ],
    [
      'a pool whose columns do not agree',
      'tree',
      `update pool set cidr = '10.128.7.0/24' where cidr = '10.128.6.0/24'`,
      /pool \d+ is 10\.128\.6\.0\/24 by one column and 10\.128\.7\.0\/24 by another/,
    ],
    [
      'a wrong utilization',
      'tree',
      `update pool set child_used = '257' where cidr = '10.128.0.0/12'`,
      /pool \d+ \(10\.128\.0\.0\/12 in VRF 1\) counts 257 addresses of its children, and they have 51200/,
    ],
    [
      'a free block that is lost',
      'free blocks',
      `delete from free_block where bits = (select max(bits) from free_block)`,
      /the free blocks of pool 4 \(10\.0\.0\.0\/8\) are not what its children leave/,
    ],
    [
      'a row whose VRF is gone',
      'references',
      `delete from vrf where name = 'läb'`,
      /2 rows of pool name in vrf_id a row of vrf that is gone/,
    ],
    [
      'an agent whose token is gone',
      'references',
      'delete from token',
      /1 rows of agent name in token_id a row of token that is gone/,
    ],
    [
      'an unknown migration',
      'migrations',
      `insert into schema_migration (timestamp, name) values (1000000009999, '9999-tomorrow-1000000009999')`,
      /does not know 9999-tomorrow/,
    ],
  ])('finds %s, and names it', async (_, check, statement, message) => {
    for (const url of Object.values(databases.urls)) {
      await plant(url, statement);
      const found = await examined(url);
      expect(found[check]).toMatchObject({ level: 'fault', found: expect.stringMatching(message) });
      expect(found[check]?.advice).toBeDefined();
      expect(exitCode(Object.values(found))).toBe(1);
    }
  });

  it.each(['SQLite', 'PostgreSQL'] as const)('finds a log on %s that was changed', async (kind) => {
    await plant(
      databases.urls[kind],
      `${kind === 'SQLite' ? 'drop trigger audit_entry_no_update;' : ''}
        update audit_entry set actor_name = 'Eve' where id = 3`,
    );
    expect((await examined(databases.urls[kind]))['audit log']).toMatchObject({
      level: 'fault',
      found: expect.stringContaining('broken at seq 3'),
    });
  });

  it('tells of migrations that did not run yet, and runs none', async () => {
    for (const url of Object.values(databases.urls)) {
      await plant(url, `delete from schema_migration where name like '0026%'`);
      for (let time = 1; time < 3; time++)
        expect((await examined(url))['migrations']).toMatchObject({
          level: 'warning',
          found: '0026-text-search did not run yet',
        });
    }
  });

  it.each([
    [
      `drop trigger pool_text_update; update pool set name = 'other' where cidr = '10.0.0.0/8'`,
      'is gone; pool 4, ',
    ],
    [
      'drop trigger pool_text_delete; delete from pool where vrf_id = 2',
      '2 rows of the index of names are of no pool',
    ],
    [
      `delete from pool_tag where key = 'z'`,
      'the index of tags has 2, the pools have 3, and 1 of them are not there',
    ],
  ])(
    'finds an index for searching on SQLite that is not in step: %s',
    async (statement, message) => {
      await plant(databases.urls.SQLite, statement);
      expect((await examined(databases.urls.SQLite))['search']).toMatchObject({
        level: 'fault',
        found: expect.stringContaining(message),
      });
    },
  );

  it('tells of indexes for searching that PostgreSQL has not', async () => {
    await plant(databases.urls.PostgreSQL, 'drop index pool_name_part');
    expect((await examined(databases.urls.PostgreSQL))['search']).toMatchObject({
      level: 'warning',
    });
  });
});
