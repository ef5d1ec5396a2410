import { cidrAt, formatCidr, freeBlocks, overlaps, parseCidr, type Cidr } from '@cloudpam/cidr';
import type { Pool } from '@cloudpam/pools';
import type { DiscoveredResource } from '@cloudpam/reconciliation';
import { samplePool, sampleResource } from '@cloudpam/storage-contract';
import fc from 'fast-check';
import { FreeSpace } from './free-space';
import { PoolTree } from './pool-tree';
import { UnpooledResources } from './unpooled-resources';

const PARENT = parseCidr('10.0.0.0/26');
const EVERYTHING = { order: 'address', limit: 1000 } as const;

const block = fc
  .tuple(fc.integer({ min: 27, max: 32 }), fc.nat(63))
  .map(([prefixLength, address]): Cidr => {
    const size = 2 ** (32 - prefixLength);
    return cidrAt(4, PARENT.first + BigInt(address - (address % size)), prefixLength);
  });
const resourceBlock = fc.oneof(
  block,
  fc.constant(parseCidr('10.0.0.0/25')),
  fc.constant(parseCidr('10.0.1.0/24')),
);
const write = fc.oneof(
  fc.record({ type: fc.constant('add' as const), cidr: block }),
  fc.record({ type: fc.constant('drop' as const), at: fc.nat(20) }),
  fc.record({ type: fc.constant('see' as const), cidr: resourceBlock }),
  fc.record({ type: fc.constant('adopt' as const), at: fc.nat(20) }),
);

function pool(id: number, cidr: Cidr, parentId: number | null): Pool {
  return samplePool({ id, cidr: formatCidr(cidr), parentId });
}

function resource(id: number, cidr: Cidr): DiscoveredResource {
  return sampleResource({ id, networkId: 1, scopeId: 1, accountId: 1, cidr: formatCidr(cidr) });
}

describe('FreeSpace', () => {
  it('knows what is free after every change, as if it were computed anew', () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 30 }), (writes) => {
        const tree = new PoolTree();
        const unpooled = new UnpooledResources();
        const space = new FreeSpace(tree, [unpooled], () => []);
        const parent = pool(1, PARENT, null);
        const children: Pool[] = [];
        const seen: DiscoveredResource[] = [];
        let nextId = 2;
        const change = (before: Pool | undefined, after: Pool | undefined): void => {
          tree.changed(before, after);
          space.changed(before, after);
        };
        const discover = (
          before: DiscoveredResource | undefined,
          after: DiscoveredResource | undefined,
        ): void => {
          unpooled.changed(before, after);
          space.resourceChanged(before, after);
        };
        change(undefined, parent);
        for (const each of writes) {
          if (each.type === 'add' && !children.some(({ cidr }) => overlaps(cidr, each.cidr))) {
            const child = pool(nextId++, each.cidr, 1);
            children.push(child);
            change(undefined, child);
          }
          if (each.type === 'drop')
            for (const child of children.splice(each.at, 1)) change(child, undefined);
          if (each.type === 'see') {
            const found = resource(nextId++, each.cidr);
            seen.push(found);
            discover(undefined, found);
          }
          if (each.type === 'adopt')
            for (const found of seen.splice(each.at, 1)) discover(found, { ...found, poolId: 1 });
          expect(space.blocks(parent, EVERYTHING)).toEqual(
            freeBlocks(
              PARENT,
              [...children, ...seen].map(({ cidr }) => cidr),
            ),
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
