import * as fc from 'fast-check';
import { contains, formatCidr, nthSubnet, parseCidr, type Cidr } from '@cloudpam/cidr';
import { blocksOf, utilizationOf, type Block, type BlockStatus } from './index';
import { created, planning, type Planning } from './testing';

const SPACE = parseCidr('10.0.0.0/24');
const CHILDREN = Array.from({ length: 32 }, (_, index) => nthSubnet(SPACE, 29, BigInt(index)));

async function pages(
  plan: Planning,
  id: number,
  prefixLength: number,
  status: BlockStatus,
  size: number,
): Promise<Block[]> {
  const blocks: Block[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await plan.unitOfWork.read((stores) =>
      blocksOf(stores, id, prefixLength, status, size, { cursor }),
    );
    expect(page.items.length).toBeLessThanOrEqual(size);
    expect(page.total).toBe(2n ** BigInt(prefixLength - SPACE.prefixLength));
    blocks.push(...page.items);
    if (page.nextCursor === null) return blocks;
    expect(page.nextCursor).not.toBe(cursor);
    cursor = page.nextCursor;
  }
}

function touches(a: Cidr, b: Cidr): boolean {
  return contains(a, b) || contains(b, a);
}

describe('blocksOf', () => {
  it(
    'gives page by page the blocks of every status that brute force finds, each with a pool ' +
      'that takes it',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.subarray(CHILDREN),
          fc.boolean(),
          fc.integer({ min: 24, max: 31 }),
          fc.integer({ min: 1, max: 40 }),
          fc.constantFrom('free' as const, 'used' as const, 'all' as const),
          async (chosen, wide, prefixLength, size, status) => {
            const plan = planning();
            const taken = wide
              ? [
                  ...chosen.filter((each) => !contains(parseCidr('10.0.0.64/26'), each)),
                  parseCidr('10.0.0.64/26'),
                ]
              : chosen;
            const [root] = await created(plan, '10.0.0.0/24', ...taken.map(formatCidr));
            const expected = Array.from({ length: 2 ** (prefixLength - 24) }, (_, index) =>
              nthSubnet(SPACE, prefixLength, BigInt(index)),
            )
              .map((each) => ({ each, free: !taken.some((other) => touches(other, each)) }))
              .filter(({ free }) => status === 'all' || free === (status === 'free'));
            const blocks = await pages(plan, root?.id ?? 0, prefixLength, status, size);
            expect(blocks.map(({ cidr, free }) => [formatCidr(cidr), free])).toEqual(
              expected.map(({ each, free }) => [formatCidr(each), free]),
            );
            const { items: second } = await plan.unitOfWork.read((stores) =>
              blocksOf(stores, root?.id ?? 0, prefixLength, status, size, { page: 2 }),
            );
            expect(second).toEqual(blocks.slice(size, 2 * size));
            for (const { cidr, free, pool } of blocks)
              expect(pool === null ? free : !free && touches(pool.cidr, cidr)).toBe(true);
          },
        ),
        { numRuns: 200 },
      );
    },
  );

  it('pages through a space too large to build', async () => {
    const plan = planning();
    const [root] = await created(plan, '2001:db8::/32', '2001:db8:0:2::/64');
    const page = await plan.unitOfWork.read((stores) =>
      blocksOf(stores, root?.id ?? 0, 64, 'free', 3),
    );
    expect(page.items.map(({ cidr }) => formatCidr(cidr))).toEqual([
      '2001:db8::/64',
      '2001:db8:0:1::/64',
      '2001:db8:0:3::/64',
    ]);
    expect(page.total).toBe(2n ** 32n);
  });

  it('refuses a cursor that no page gave, and a length that is none of the pool', async () => {
    const plan = planning();
    const [root] = await created(plan, '10.0.0.0/24');
    const ask = (prefixLength: number, cursor?: string) =>
      plan.unitOfWork.read((stores) =>
        blocksOf(stores, root?.id ?? 0, prefixLength, 'all', 5, { cursor }),
      );
    await expect(ask(26, 'x')).rejects.toMatchObject({ code: 'invalid_field' });
    await expect(ask(23)).rejects.toMatchObject({ code: 'invalid_prefix_length' });
  });
});

describe('utilizationOf', () => {
  it.each([
    ['an AWS subnet', 'subnet', 'aws', '10.0.0.0/24', 0n, 5n, 5n],
    ['a GCP subnet', 'subnet', 'gcp', '10.0.0.0/24', 0n, 4n, 4n],
    ['an AWS IPv6 subnet', 'subnet', 'aws', '2001:db8::/64', 0n, 5n, 5n],
    ['a GCP IPv6 subnet', 'subnet', 'gcp', '2001:db8::/64', 0n, 0n, 0n],
    ['an AWS VPC', 'vpc', 'aws', '10.0.0.0/24', 64n, 64n, 0n],
    ['a subnet on premises', 'subnet', 'onprem', '10.0.0.0/24', 0n, 0n, 0n],
    ['a subnet with children almost to the end', 'subnet', 'aws', '10.0.0.0/29', 6n, 8n, 2n],
    ['a tiny subnet', 'subnet', 'aws', '10.0.0.0/30', 0n, 4n, 4n],
  ] as const)(
    'counts what the cloud keeps of %s',
    (_, kind, provider, cidr, childUsed, used, reserved) => {
      expect(utilizationOf({ cidr: parseCidr(cidr), kind, provider, childUsed })).toMatchObject({
        used,
        reserved,
      });
    },
  );

  it('gives a ratio from 0 to 1, exact beyond 2^53 addresses', () => {
    const ratioOf = (cidr: string, childUsed: bigint): number =>
      utilizationOf({ cidr: parseCidr(cidr), kind: 'container', provider: null, childUsed }).ratio;
    expect(ratioOf('2001:db8::/32', 2n ** 95n)).toBe(0.5);
    expect(ratioOf('10.0.0.0/24', 256n)).toBe(1);
  });
});
