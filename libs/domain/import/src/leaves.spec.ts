import { addressCount, formatCidr, parseCidr } from '@cloudpam/cidr';
import { formatSpan, KeepAddresses, KeepRanges, type AddressRecord } from '@cloudpam/pools';
import {
  allAudit,
  allPools,
  change,
  created,
  createdOne,
  planning,
  type Planning,
} from '@cloudpam/pools/testing';
import {
  address,
  apply,
  netbox,
  planOf,
  pool,
  range,
  source,
  told,
  vrf,
} from './importing.fixture';
import type { ImportRow } from './index';

/** The addresses and ranges, in address order: `10.0.0.5 pool=1 range=- name`. */
async function leaves({ unitOfWork }: Planning): Promise<string[]> {
  const page = { size: 100 };
  return unitOfWork.read(async ({ addresses, ranges }) => [
    ...(await addresses.list({}, page)).items.map(({ cidr, poolId, rangeId, name }) =>
      `${formatCidr(cidr)} pool=${poolId ?? '-'} range=${rangeId ?? '-'} ${name}`.trim(),
    ),
    ...(await ranges.list({}, page)).items.map(({ span, poolId, purpose, name }) =>
      `${formatSpan(span)} pool=${poolId ?? '-'} ${purpose} ${name}`.trim(),
    ),
  ]);
}

/** What becomes of the rows, and why those that are wrong are. */
async function refused(
  storage: Planning,
  ...items: readonly ImportRow['item'][]
): Promise<string[]> {
  const { rows } = await planOf(storage, source(...items));
  return rows.map(({ action, code, detail, field }) =>
    action === 'error' ? `${code ?? ''} ${field ?? ''}: ${detail ?? ''}` : action,
  );
}

describe('addresses and ranges of an import', () => {
  it('lie in the pools of the same import, whatever order the rows have, and are unchanged the next time', async () => {
    const storage = planning();
    const given = source(
      address('10.0.0.5', { set: { name: 'db', role: 'gateway' } }),
      range('10.0.0.4-10.0.0.9', { set: { name: 'servers' } }),
      address('192.0.2.1', {
        vrf: { name: 'lab', rd: null },
        tags: { values: { a: 'b' }, are: 'these' },
      }),
      range('10.0.0.100-10.0.0.199', { set: { purpose: 'dhcp', countsAsUsed: true } }),
      pool('10.0.0.0/24'),
      pool('10.0.0.0/16'),
    );
    const plan = await planOf(storage, given);
    expect(told(plan)).toEqual([
      '2 create',
      '3 create',
      '4 create named_by_row',
      '4 create',
      '5 create',
      '6 create',
      '7 create',
    ]);
    const done = await apply(storage, given, { mode: 'all', plan: plan.hash });
    expect(told(done)).toEqual(told(plan));
    expect(done.rows.every(({ id }) => id !== null)).toBe(true);
    expect(await leaves(storage)).toEqual([
      '10.0.0.5/32 pool=1 range=1 db',
      '192.0.2.1/32 pool=- range=-',
      '10.0.0.4-10.0.0.9 pool=1 reserved servers',
      '10.0.0.100-10.0.0.199 pool=1 dhcp',
    ]);
    const pools = await allPools(storage);
    expect(pools.map(({ childUsed }) => childUsed)).toEqual([
      addressCount(parseCidr('10.0.0.0/24')),
      101n,
    ]);

    const entries = (await allAudit(storage)).length;
    const again = await apply(storage, given, { mode: 'all' }, 2);
    expect([...new Set(again.rows.map(({ action }) => action))]).toEqual(['unchanged']);
    expect((await allAudit(storage)).length).toBe(entries);
  });

  it('change what is there, each with an entry in the log', async () => {
    const storage = planning();
    await createdOne(storage, '10.0.0.0/24');
    await apply(storage, source(address('10.0.0.5'), range('10.0.0.8-10.0.0.9')));
    const given = source(
      address('10.0.0.5', { set: { name: 'db', status: 'deprecated' }, account: 'onprem:fra1' }),
      range('10.0.0.8-10.0.0.9', { set: { purpose: 'excluded', countsAsUsed: true } }),
    );
    const plan = await planOf(storage, given);
    expect(
      plan.rows.map(({ action, changes }) => [action, changes?.map(({ field }) => field)]),
    ).toEqual([
      ['create', undefined],
      ['update', ['name', 'status', 'account_id']],
      ['update', ['purpose', 'counts_as_used']],
    ]);
    await apply(storage, given, { mode: 'all', plan: plan.hash }, 2);
    expect(await leaves(storage)).toEqual([
      '10.0.0.5/32 pool=1 range=- db',
      '10.0.0.8-10.0.0.9 pool=1 excluded',
    ]);
    expect((await allPools(storage))[0]?.childUsed).toBe(3n);
    const events = (await allAudit(storage)).map(({ type }) => type);
    expect(events.slice(0, 2).sort()).toEqual(['address.update', 'range.update']);
    expect(told(await planOf(storage, given))).toEqual(['2 unchanged', '3 unchanged']);
  });

  it('name what is in their way, and what to do', async () => {
    const storage = planning();
    await created(storage, '10.0.0.0/24', '10.0.0.64/26');
    const ranges = new KeepRanges(storage.unitOfWork);
    const span = (text: string) => range(text).span;
    await ranges.create(change(), 1, {
      span: span('10.0.0.32-10.0.0.39'),
      name: 'kept',
      purpose: 'excluded',
    });
    expect(
      await refused(
        storage,
        address('10.0.0.0'),
        address('10.0.0.127'),
        address('10.0.0.33'),
        address('127.0.0.1'),
        address('10.0.0.7', { set: { dnsName: '-x' } }),
        address('10.0.0.8', { set: { name: 'a' } }),
        address('10.0.0.8', { set: { name: 'b' } }),
        address('10.0.0.9', { set: { name: 'a' }, isShared: true }),
        address('10.0.0.9', { set: { name: 'b' }, isShared: true }),
        address('10.0.0.10', { set: { name: 'a' } }),
        address('10.0.0.10'),
        range('10.0.0.39-10.0.0.41'),
        range('10.0.0.60-10.0.0.70'),
        range('10.0.0.200-10.0.1.3'),
        range('10.0.0.42-10.0.0.45'),
        range('10.0.0.43-10.0.0.46'),
      ),
    ).toEqual([
      'address_reserved address: 10.0.0.0 is its network address: pool 1, 10.0.0.0/24 (10.0.0.0/24). ' +
        'Choose another one.',
      'address_reserved address: 10.0.0.127 is its broadcast address: pool 2, 10.0.0.64/26 (10.0.0.64/26). ' +
        'Choose another one.',
      'range_taken address: 10.0.0.33 lies in range 1, kept (10.0.0.32-10.0.0.39), which is kept apart. ' +
        'Choose another one.',
      expect.stringContaining('refused_range address: 127.0.0.1'),
      expect.stringContaining('invalid_value dns_name'),
      'create',
      'duplicate_row address: 10.0.0.8 stands in line 7 of pools.csv already, with other values: ' +
        'a VRF has an address once.',
      'create',
      'skip',
      'create',
      'skip',
      expect.stringContaining(
        'range_taken start_address: 10.0.0.39-10.0.0.41 lies in range 1, kept',
      ),
      expect.stringContaining(
        'pool_overlap start_address: 10.0.0.60-10.0.0.70 is not free: pool 2',
      ),
      expect.stringContaining(
        'pool_overlap start_address: 10.0.0.200-10.0.1.3 is not free: pool 1',
      ),
      'create',
      expect.stringContaining('shares addresses with 10.0.0.42-10.0.0.45 of line 16'),
    ]);
  });

  it('are judged by the pools as the import leaves them', async () => {
    const storage = planning();
    await createdOne(storage, '10.0.0.0/24');
    expect(
      await refused(
        storage,
        address('10.0.0.128'),
        address('10.0.0.129'),
        address('10.0.1.4'),
        range('10.0.0.120-10.0.0.130'),
        range('10.0.0.132-10.0.0.140'),
        pool('10.0.0.128/25', { set: { name: 'new' } }),
        pool('10.0.1.0/24', { set: { kind: 'subnet' }, account: 'aws:1' }),
      ),
    ).toEqual([
      'address_reserved address: 10.0.0.128 is its network address: pool new (10.0.0.128/25). Choose another one.',
      'create',
      'create',
      expect.stringContaining('pool_overlap start_address'),
      'create',
      'create',
      'create',
      'create',
    ]);
    expect(
      await refused(
        storage,
        address('10.0.1.2'),
        pool('10.0.1.0/24', { set: { kind: 'subnet' }, account: 'aws:1' }),
      ),
    ).toEqual([
      'address_reserved address: 10.0.1.2 is kept by the cloud: pool 10.0.1.0/24 (10.0.1.0/24). Choose another one.',
      'create',
      'create',
    ]);
  });

  it('go with a pool that moves, and are judged where it is then', async () => {
    const storage = planning();
    await created(storage, { cidr: '10.0.0.0/24', tags: { 'netbox:id': '7' } });
    const moved = pool('10.9.0.0/24', { sourceId: { system: 'netbox', id: '7' } });
    const given = source(moved, address('10.9.0.1'), address('10.0.0.0'));
    expect(told(await planOf(storage, given))).toEqual(['2 update', '3 create', '4 create']);
    await apply(storage, given);
    expect(await leaves(storage)).toEqual([
      '10.0.0.0/32 pool=- range=-',
      '10.9.0.1/32 pool=1 range=-',
    ]);
    expect(await refused(storage, address('10.9.0.255'))).toEqual([
      expect.stringContaining('address_reserved'),
    ]);
  });

  it('that a pool leaves go with the one around it, and are in the way where that goes', async () => {
    const storage = planning();
    const lab = { vrf: { name: 'lab', rd: null } };
    const kept = range('10.0.0.27-10.0.0.64', lab);
    await apply(
      storage,
      source(vrf('lab'), netbox(1, '10.0.0.0/24', lab), netbox(2, '10.0.0.0/25', lab), kept),
    );
    const moved = [netbox(1, '10.0.0.0/24'), netbox(2, '10.0.0.128/26')];
    expect(await refused(storage, ...moved, pool('10.0.0.0/26'))).toEqual([
      'update',
      'update',
      'range_taken cidr: 10.0.0.0/26 lies in 10.0.0.27-10.0.0.64, a range that this import moves to the VRF along ' +
        'with its pool. Choose another one.',
    ]);
    await apply(storage, source(...moved), { mode: 'all' }, 2);
    expect(await leaves(storage)).toEqual(['10.0.0.27-10.0.0.64 pool=1 reserved']);
  });

  it('that a pool takes along to another VRF are in the way of nobody where they were', async () => {
    const storage = planning();
    await apply(storage, source(netbox(1, '10.0.0.0/24'), range('10.0.0.109-10.0.0.112')));
    const moved = netbox(1, '10.0.0.0/24', { vrf: { name: 'lab', rd: null } });
    const given = source(pool('10.0.0.96/28'), moved, vrf('lab'));
    expect(told(await planOf(storage, given))).toEqual(['2 create', '3 update', '4 create']);
    await apply(storage, given, { mode: 'all' }, 2);
    expect(await leaves(storage)).toEqual(['10.0.0.109-10.0.0.112 pool=1 reserved']);
  });

  it('are taken into a range that comes to lie around them', async () => {
    const storage = planning();
    await createdOne(storage, '10.0.0.0/24');
    await apply(storage, source(address('10.0.0.5')));
    await apply(
      storage,
      source(range('10.0.0.4-10.0.0.9', { set: { purpose: 'excluded', countsAsUsed: true } })),
    );
    expect(await leaves(storage)).toEqual([
      '10.0.0.5/32 pool=1 range=1',
      '10.0.0.4-10.0.0.9 pool=1 excluded',
    ]);
    expect((await allPools(storage))[0]?.childUsed).toBe(6n);
    expect(
      await refused(storage, address('10.0.0.6'), address('10.0.0.7', { isOfRange: true })),
    ).toEqual([expect.stringContaining('range_taken address'), 'create']);
  });

  it('of a pool row that a range is in the way of are an error that names it', async () => {
    const storage = planning();
    await createdOne(storage, '10.0.0.0/24');
    await apply(storage, source(range('10.0.0.60-10.0.0.70', { set: { name: 'clients' } })));
    expect(
      await refused(storage, pool('10.0.0.64/26'), pool('10.0.0.0/26'), pool('10.0.0.0/25')),
    ).toEqual([
      'range_taken cidr: 10.0.0.64/26 lies in range 1, clients (10.0.0.60-10.0.0.70), which is kept apart. ' +
        'Choose another one, or ask for an address of that range by range_id.',
      expect.stringContaining('range_taken cidr: 10.0.0.0/26'),
      'create',
    ]);
  });

  it('that a cloud has given to something are an error that says to what', async () => {
    const storage = planning();
    await createdOne(storage, '10.0.0.0/24');
    const use = {
      vrfId: 1,
      accountId: 1,
      cidr: parseCidr('10.0.0.9/32'),
      kind: 'interface',
      externalId: 'eni-1',
      attachedTo: 'i-1',
    };
    const { unitOfWork } = storage;
    const seen: Planning = {
      ...storage,
      unitOfWork: {
        ...unitOfWork,
        run: unitOfWork.run.bind(unitOfWork),
        read: (work) =>
          unitOfWork.read((stores) =>
            work({
              ...stores,
              observed: Object.assign(Object.create(stores.observed) as typeof stores.observed, {
                touching: () => Promise.resolve([use]),
              }),
            }),
          ),
      },
    };
    expect(await refused(seen, address('10.0.0.8'), address('10.0.0.9'))).toEqual([
      'create',
      expect.stringContaining(
        'address_in_use address: 10.0.0.9 is in use in a cloud: eni-1, of i-1.',
      ),
    ]);
  });

  it('in quarantine are an error that says until when', async () => {
    const storage = planning();
    await storage.create.execute(change(), [
      {
        name: 'a',
        cidr: parseCidr('10.0.0.0/24'),
        rules: {
          minPrefixLength: null,
          maxPrefixLength: null,
          defaultPrefixLength: null,
          requiredTags: [],
          quarantineDays: 7,
        },
      },
    ]);
    const keep = new KeepAddresses(storage.unitOfWork);
    const made: AddressRecord = await keep.create(change(), 1, parseCidr('10.0.0.5/32'), {});
    await keep.delete(change(1), made.id);
    expect(await refused(storage, address('10.0.0.5'), range('10.0.0.5-10.0.0.5'))).toEqual([
      expect.stringContaining('quarantined address'),
      expect.stringContaining('quarantined start_address'),
    ]);
    expect(await refused(storage, range('10.0.0.1-10.0.0.9'))).toEqual([
      expect.stringContaining('quarantined start_address'),
    ]);
  });

  it('that are changed between plan and import are not imported as planned', async () => {
    const storage = planning();
    await createdOne(storage, '10.0.0.0/24');
    const given = source(vrf('lab'), address('10.0.0.5', { set: { name: 'a' } }));
    const plan = await planOf(storage, given);
    await new KeepAddresses(storage.unitOfWork).create(change(), 1, parseCidr('10.0.0.5/32'), {});
    await expect(apply(storage, given, { mode: 'all', plan: plan.hash })).rejects.toMatchObject({
      code: 'plan_changed',
    });
    expect(await leaves(storage)).toEqual(['10.0.0.5/32 pool=1 range=-']);
  });
});
