import { STORAGES } from '../limits/storages.fixture';
import { Prepared, type Json } from '../prepared.fixture';

describe.each(STORAGES)('quarantine on $name', (kind) => {
  const open = kind.register();
  let server: Prepared;
  let owner: string;
  let other: string;

  const send = (...asked: Parameters<Prepared['send']>): ReturnType<Prepared['send']> =>
    server.send(...asked);
  const made = (url: string, payload: Json, token?: string): Promise<Json> =>
    server.posted(url, payload, token);
  const pool = async (cidr: string, more: Json = {}, token?: string): Promise<number> =>
    Number((await made('/pools', { name: cidr, cidr, kind: 'subnet', ...more }, token))['id']);
  const codeOf = (...asked: Parameters<Prepared['send']>): Promise<unknown[]> =>
    server.outcome(...asked);
  /** What is in quarantine within a CIDR, from where to where and in which pool. */
  const held = async (within: string): Promise<unknown[]> => {
    const url = `/ranges?purpose=quarantine&cidr_touching=${within}`;
    return ((await send('GET', url)).body['items'] as Json[]).map((range) => [
      `${String(range['start_address'])}-${String(range['end_address'])}`,
      range['pool_id'],
    ]);
  };
  const RULE = { kind: 'container', rules: { quarantine_days: 30 } };

  beforeAll(async () => {
    server = await Prepared.open(undefined, await open());
    const token = async (name: string): Promise<string> =>
      String((await made('/tokens', { name, role: 'editor' }))['secret']);
    owner = await token('owner');
    other = await token('other');
  });
  afterAll(() => server.close());

  it('holds what is below a deleted pool that has the rule', async () => {
    const top = await pool('10.4.0.0/16', { kind: 'container' });
    const middle = await pool('10.4.0.0/20', RULE);
    await pool('10.4.1.0/24', {}, owner);
    await made('/addresses', { address: '10.4.1.5' }, owner);
    await made('/addresses', { address: '10.4.2.5' }, owner);
    await send('DELETE', `/pools/${middle}?cascade=true`, undefined, owner);
    expect(await held('10.4.0.0/16')).toEqual([
      ['10.4.1.0-10.4.1.255', top],
      ['10.4.2.5-10.4.2.5', top],
    ]);
    const cidr = '10.4.1.0/24';
    expect(await codeOf('POST', '/pools', { name: 'x', cidr }, other)).toEqual([
      409,
      'quarantined',
    ]);
    expect(await codeOf('POST', '/addresses', { address: '10.4.2.5' }, other)).toEqual([
      409,
      'quarantined',
    ]);
    await pool(cidr, {}, owner);
  });

  it('holds it in no pool where a root is deleted, for the longest time that a rule says', async () => {
    const root = await pool('10.5.0.0/16', RULE);
    await pool('10.5.0.0/20', { kind: 'container', rules: { quarantine_days: 0 } });
    await pool('10.5.16.0/20', { kind: 'container', rules: { quarantine_days: 60 } });
    await pool('10.5.16.0/24');
    await pool('10.5.1.0/24');
    await send('DELETE', `/pools/${root}?cascade=true`, undefined, owner);
    expect(await held('10.5.0.0/16')).toEqual([
      ['10.5.0.0-10.5.15.255', null],
      ['10.5.16.0-10.5.16.255', null],
      ['10.5.17.0-10.5.31.255', null],
    ]);
    expect(await codeOf('POST', '/addresses', { address: '10.5.1.5' }, other)).toEqual([
      409,
      'quarantined',
    ]);
  });

  it('holds a CIDR against pools that shrink onto it', async () => {
    await pool('10.3.0.0/16', RULE);
    const gone = await pool('10.3.1.0/24', {}, owner);
    await send('DELETE', `/pools/${gone}`, undefined, owner);
    const around = await pool('10.3.0.0/23', { kind: 'container' }, other);
    for (const cidr of ['10.3.1.0/24', '10.3.1.128/25'])
      expect(await codeOf('PATCH', `/pools/${around}`, { cidr }, other)).toEqual([
        409,
        'quarantined',
      ]);
    expect(await codeOf('POST', `/pools/${around}/split`, { prefix_length: 24 }, other)).toEqual([
      409,
      'quarantined',
    ]);
    expect(await codeOf('PATCH', `/pools/${around}`, { cidr: '10.3.0.0/24' }, other)).toEqual([
      200,
    ]);
  });

  it('stays at its addresses when the pool around them moves', async () => {
    const top = await pool('10.8.0.0/16', RULE);
    const id = await pool('10.8.1.0/24');
    const host = await made('/addresses', { address: '10.8.1.5' }, owner);
    await send('DELETE', `/addresses/${String(host['id'])}`, undefined, owner);
    const move = { cidr: '10.8.2.0/24', with_children: true };
    expect(await codeOf('POST', `/pools/${id}/move`, move, other)).toEqual([200]);
    expect(await held('10.8.0.0/16')).toEqual([['10.8.1.5-10.8.1.5', top]]);
    await made('/addresses', { address: '10.8.2.5' }, other);
  });

  it('stays in its VRF when the pool around it goes to another one', async () => {
    const top = await pool('10.9.0.0/16', RULE);
    const vrf_id = (await made('/vrfs', { name: 'elsewhere' }))['id'];
    for (const [third, url, more] of [
      [1, '', {}],
      [2, '/move', { cidr: '10.9.2.0/24', with_children: true }],
    ] as const) {
      const id = await pool(`10.9.${third}.0/24`);
      const host = await made('/addresses', { address: `10.9.${third}.5` }, owner);
      await send('DELETE', `/addresses/${String(host['id'])}`, undefined, owner);
      const method = url === '' ? 'PATCH' : 'POST';
      expect(await codeOf(method, `/pools/${id}${url}`, { vrf_id, ...more }, other)).toEqual([200]);
    }
    expect(await held('10.9.0.0/16')).toEqual([
      ['10.9.1.5-10.9.1.5', top],
      ['10.9.2.5-10.9.2.5', top],
    ]);
  });

  it('holds the CIDR of a pool in which an address was left', async () => {
    await pool('10.6.0.0/16', RULE);
    const gone = await pool('10.6.1.0/24', {}, owner);
    await made('/addresses', { address: '10.6.1.5' }, owner);
    await send('DELETE', `/pools/${gone}`, undefined, owner);
    const again = { name: 'x', cidr: '10.6.1.0/24' };
    expect(await codeOf('POST', '/pools', again, other)).toEqual([409, 'quarantined']);
    await pool('10.6.0.0/23', { kind: 'container' }, other);
    expect(await codeOf('POST', '/pools', again, other)).toEqual([409, 'quarantined']);
    expect(await codeOf('POST', '/pools', again, owner)).toEqual([201]);
    expect(await held('10.6.0.0/16')).toEqual([]);
  });

  it('is given back by pools that are made, and not by those that are refused', async () => {
    await pool('10.7.0.0/16', RULE);
    for (const third of [1, 2]) {
      const gone = await pool(`10.7.${third}.0/24`, {}, owner);
      await send('DELETE', `/pools/${gone}`, undefined, owner);
    }
    const items = [
      { name: 'wrong', cidr: '10.7.1.0/24', parent_id: 1 },
      { name: 'right', cidr: '10.7.2.0/24' },
    ];
    const { body } = await send('POST', '/pools/bulk?mode=partial', { items }, owner);
    expect(body['created']).toBe(1);
    expect((await held('10.7.0.0/16')).map((each) => (each as unknown[])[0])).toEqual([
      '10.7.1.0-10.7.1.255',
    ]);
  });
});
