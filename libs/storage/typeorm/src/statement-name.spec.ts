import { StatementNames } from './statement-name';
import { sql } from './sql';

const of = (text: string) => new StatementNames('sqlite').of([text]);

describe('the name of a statement', () => {
  it.each([
    ['select id from pool where id = ?', 'SELECT', 'pool'],
    [
      'select count(*) as n from\n  resource r where r.vrf_id = ? for update of r',
      'SELECT',
      'resource',
    ],
    ['insert into pool (id) values (?)', 'INSERT', 'pool'],
    ['insert into scope (id) select 1 on conflict (id) do update set n = 1', 'INSERT', 'scope'],
    [
      'update network set name = t.name from (select 1) as t where network.id = t.id',
      'UPDATE',
      'network',
    ],
    ['update pool as p set n = 1', 'UPDATE', 'pool'],
    ['delete from free_block where lo = ?', 'DELETE', 'free_block'],
    ['lock table token in share row exclusive mode', 'LOCK', 'token'],
    [
      'with asked as materialized (select 1), b as (select 2) select * from asked join vlan',
      'SELECT',
      'vlan',
    ],
    [
      'with recursive around (id, hi) as (select id from vrf union all select 1 from around) select 1 from around',
      'SELECT',
      'vrf',
    ],
    ['with gone as (delete from pool returning id) select id from gone', 'DELETE', 'pool'],
    [
      'select extract(epoch from case when p.at > ? then p.at end) from json_each(?) join unnest(?) as v join pool p',
      'SELECT',
      'pool',
    ],
    ["select 'it is from secret' from agent where a = 'insert into other'", 'SELECT', 'agent'],
    ['select 1', 'SELECT', undefined],
  ])('of %s', (text, operation, table) => {
    expect(of(text)).toEqual({ system: 'sqlite', operation, ...(table && { table }) });
  });

  it('is found once for a text, whatever its values are', () => {
    const names = new StatementNames('postgresql');
    const asked = (id: number, name: string) =>
      names.of(sql`select 1 from pool where id = ${id} and name = ${name}`.strings);
    expect(asked(1, 'from secret')).toBe(asked(2, 'insert into other'));
  });
});
