import { formatCidr } from '@cloudpam/cidr';
import { allPools, planning } from '@cloudpam/pools/testing';
import type { ImportRow } from './index';
import { apply, netbox, planOf, source, told, vrf } from './importing.fixture';

const A = { vrf: { name: 'A', rd: null } };
const B = { vrf: { name: 'B', rd: null } };

async function after(...items: readonly ImportRow['item'][]): Promise<ReturnType<typeof planning>> {
  const storage = planning();
  await apply(storage, source(...items));
  return storage;
}

describe('a later file of another system', () => {
  it('moves a pool to a VRF only where no other row means it, whatever the order of the rows', async () => {
    const rows = [netbox(1, '10.0.0.0/24', B), netbox(2, '10.0.0.0/24', A)];
    for (const later of [source(...rows), source(...rows.toReversed())]) {
      const storage = await after(netbox(1, '10.0.0.0/24', A), vrf('B'));
      await apply(storage, later);
      const pools = await allPools(storage);
      expect(pools.map(({ vrfId, tags }) => `${vrfId} ${tags['netbox:id'] ?? ''}`)).toEqual([
        '3 2',
        '2 1',
      ]);
      expect(told(await planOf(storage, later))).toEqual(['2 unchanged', '3 unchanged']);
    }
  });

  it('moves none of several pools that have the id', async () => {
    const storage = await after(netbox(1, '10.0.0.0/24'), netbox(2, '10.0.1.0/24'));
    await apply(storage, source(netbox(1, '10.0.1.0/24'), netbox(2, '10.0.2.0/24')));
    const plan = await planOf(storage, source(netbox(1, '10.0.5.0/24')));
    expect(told(plan)).toEqual(['2 error ambiguous_pool']);
    const cidrs = (await allPools(storage)).map(({ cidr }) => formatCidr(cidr));
    for (const cidr of cidrs.slice(0, 2)) expect(plan.rows[0]?.detail).toContain(cidr);
  });

  it('gives a VRF a name that another one loses, whatever the order of the rows', async () => {
    const rows = [vrf('A', '1:2'), vrf('C', '1:1')];
    for (const later of [source(...rows), source(...rows.toReversed())]) {
      const storage = await after(vrf('A', '1:1'), vrf('B', '1:2'));
      await apply(storage, later);
      const { items } = await storage.unitOfWork.read(({ vrfs }) => vrfs.list({}, 1, 10));
      expect(items.map(({ name, rd }) => `${name} ${rd ?? ''}`).sort()).toEqual([
        'A 1:2',
        'C 1:1',
        'global ',
      ]);
    }
    const storage = await after(vrf('A', '1:1'), vrf('B', '1:2'));
    const swapped = await planOf(storage, source(vrf('A', '1:2'), vrf('B', '1:1')));
    expect(told(swapped)).toEqual(['2 error vrf_taken', '3 error vrf_taken']);
  });
});
