import { parseCidr } from '@cloudpam/cidr';
import { TreeCheck, type PoolInTree } from './tree-check';

const pool = (
  id: number,
  cidr: string,
  parentId: number | null,
  childUsed = 0n,
  fields: Partial<PoolInTree> = {},
): PoolInTree => ({
  id,
  vrfId: 1,
  parentId,
  cidr: parseCidr(cidr),
  kind: 'container',
  childUsed,
  leaves: 0n,
  ...fields,
});
const faultsOf = (...pools: readonly PoolInTree[]): string[] => {
  const check = new TreeCheck();
  return [...pools.flatMap((each) => check.next(each)), ...check.end()];
};

describe('a check of the tree', () => {
  it('finds nothing wrong with a tree of both families, several VRFs and a VPC that its subnet fills', () => {
    expect(
      faultsOf(
        pool(1, '::/1', null, 1n << 64n),
        pool(2, '10.0.0.0/8', null, 1n << 16n),
        pool(3, '10.0.0.0/16', 2, 1n << 16n, { kind: 'vpc' }),
        pool(4, '10.0.0.0/16', 3, 256n, { kind: 'subnet' }),
        pool(5, '10.0.1.0/24', 4),
        pool(6, '11.0.0.0/8', null),
        pool(7, '2001:db8::/64', 1),
        pool(8, '10.0.0.0/8', null, 0n, { vrfId: 2 }),
      ),
    ).toEqual([]);
  });

  it.each<[string, readonly PoolInTree[], string[]]>([
    [
      'outside of its parent',
      [pool(1, '10.0.0.0/8', null), pool(2, '11.0.0.0/16', 1)],
      ['pool 2 (11.0.0.0/16 in VRF 1) has the parent 1, and no pool lies around it'],
    ],
    [
      'under a pool that is not the smallest around it',
      [
        pool(1, '10.0.0.0/8', null, 65_536n),
        pool(2, '10.0.0.0/16', 1, 256n),
        pool(3, '10.0.0.0/24', 1),
      ],
      ['pool 3 (10.0.0.0/24 in VRF 1) has the parent 1, and the smallest pool around it is 2'],
    ],
    [
      'a root inside of another one',
      [pool(1, '10.0.0.0/8', null, 256n), pool(2, '10.0.0.0/24', null)],
      ['pool 2 (10.0.0.0/24 in VRF 1) has no parent, and the smallest pool around it is 1'],
    ],
    [
      'a CIDR that another one has',
      [pool(1, '10.0.0.0/8', null, 1n << 24n), pool(2, '10.0.0.0/8', 1)],
      ['pool 2 (10.0.0.0/8 in VRF 1) has the CIDR of pool 1'],
    ],
    [
      'in another VRF than its parent',
      [pool(1, '10.0.0.0/8', null), pool(2, '10.0.0.0/24', 1, 0n, { vrfId: 2 })],
      ['pool 2 (10.0.0.0/24 in VRF 2) has the parent 1, and no pool lies around it'],
    ],
    [
      'with a wrong sum of its children',
      [pool(1, '10.0.0.0/8', null, 257n), pool(2, '10.0.0.0/24', 1), pool(3, '11.0.0.0/8', null)],
      ['pool 1 (10.0.0.0/8 in VRF 1) counts 257 addresses of its children, and they have 256'],
    ],
  ])('finds a pool that is %s', (_, pools, faults) => {
    expect(faultsOf(...pools)).toEqual(faults);
  });
});
