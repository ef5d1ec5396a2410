import { formatCidr, parseCidr } from '@cloudpam/cidr';
import type { Pool } from '@cloudpam/pools';
import { only, insertTree, range } from './planted';
import type { AllStores } from './stores';

describe('planted trees', () => {
  it('have the parents and the usage that their CIDRs give, in the order asked', async () => {
    const inserted: Pool[] = [];
    // Planting needs no more of a store than this.
    const pools = {
      reserveIds: async (count: number) => Array.from({ length: count }, (_, at) => at + 1),
      insert: async (rows: readonly Pool[]) => void inserted.push(...rows),
    } as Partial<AllStores['pools']> as AllStores['pools'];
    const planted = await insertTree({ pools }, [
      '10.0.1.0/24',
      '10.0.0.0/8',
      { cidr: '10.0.0.0/16', kind: 'subnet' },
      { cidr: '10.0.0.0/16', kind: 'vpc' },
      '11.0.0.0/8',
    ]);
    expect(planted).toEqual(inserted);
    expect(planted.map((pool) => [formatCidr(pool.cidr), pool.parentId, pool.childUsed])).toEqual([
      ['10.0.1.0/24', 3, 0n],
      ['10.0.0.0/8', null, 65536n],
      ['10.0.0.0/16', 4, 256n],
      ['10.0.0.0/16', 2, 65536n],
      ['11.0.0.0/8', null, 0n],
    ]);
  });

  it('reads ranges of addresses, single ones and blocks', () => {
    const block = parseCidr('10.0.0.0/30');
    expect(range('10.0.0.0-10.0.0.3')).toEqual({ family: 4, first: block.first, last: block.last });
    expect(range('10.0.0.0/30')).toEqual(range('10.0.0.0-10.0.0.3'));
    expect(range('2001:db8::1').first).toBe(range('2001:db8::1').last);
  });

  it('takes the only element, and refuses none or two', () => {
    expect(only([7])).toBe(7);
    expect(() => only([])).toThrow('got 0');
    expect(() => only([1, 2])).toThrow('got 2');
  });
});
